use protocol::ServerFrame;

/// Where in the room's log a client stands: tells new events from old ones and from ones that miss their predecessor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    after: Option<u64>,
}

/// What to do with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is the next one, or not part of the log.
    Pass,
    /// It was seen before.
    Repeated,
    /// Something before it is missing: connect anew, which resumes where the cursor stands.
    Gap,
}

impl Cursor {
    pub(super) const fn new(after: Option<u64>) -> Self {
        Self { after }
    }

    /// The `?after=` to ask for.
    pub(super) const fn after(self) -> Option<u64> {
        self.after
    }

    /// Judges a frame, and moves on when it passes.
    pub(super) fn judge(&mut self, frame: &ServerFrame) -> Verdict {
        match frame {
            ServerFrame::Welcome { snapshot: Some(snapshot), .. } => {
                self.after = Some(snapshot.seq);
                Verdict::Pass
            }
            ServerFrame::Event(event) => match self.after {
                Some(after) if event.seq <= after => Verdict::Repeated,
                Some(after) if event.seq > after + 1 => Verdict::Gap,
                _ => {
                    self.after = Some(event.seq);
                    Verdict::Pass
                }
            },
            _ => Verdict::Pass,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Event, EventBody, Room, RoomStatus, ServerTime, Snapshot, StreamTime, User};

    fn event(seq: u64) -> ServerFrame {
        let (time, at) = (ServerTime(0), StreamTime(0));
        ServerFrame::Event(Event { seq, time, at, body: EventBody::PublisherOn })
    }

    fn welcome(snapshot: Option<u64>) -> ServerFrame {
        let host = User { id: 1, name: "h".to_owned(), role: protocol::Role::Host };
        let (id, title, cover) = ("r".to_owned(), String::new(), String::new());
        let room = Room { id, title, host, status: RoomStatus::Live, viewers: 1, cover };
        let snapshot = snapshot.map(|seq| Snapshot { seq, ..Snapshot::default() });
        ServerFrame::Welcome { room, user: None, time: ServerTime(0), seq: 9, gifts: 0, snapshot }
    }

    #[test]
    fn events_pass_once_and_in_order() {
        let mut cursor = Cursor::default();
        assert_eq!(cursor.judge(&welcome(Some(4))), Verdict::Pass);
        assert_eq!(cursor.judge(&event(4)), Verdict::Repeated);
        assert_eq!(cursor.judge(&event(5)), Verdict::Pass);
        assert_eq!(cursor.judge(&event(5)), Verdict::Repeated);
        assert_eq!(cursor.judge(&event(7)), Verdict::Gap);
        assert_eq!(cursor.after(), Some(5));
    }

    #[test]
    fn a_resumed_connection_goes_on_and_a_fresh_snapshot_starts_over() {
        let mut cursor = Cursor::new(Some(5));
        cursor.judge(&welcome(None));
        assert_eq!(cursor.judge(&event(6)), Verdict::Pass);
        cursor.judge(&welcome(Some(2)));
        assert_eq!(cursor.judge(&event(3)), Verdict::Pass);
    }
}
