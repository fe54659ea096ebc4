use crate::api::ApiError;
use protocol::Command;

/// What becomes of a command: its event's number in the log, or why there is none.
pub(super) type Answer = Box<dyn FnOnce(Result<u64, ApiError>)>;

/// Commands that wait at once; more are refused, as nobody types that fast.
const MOST: usize = 32;

/// Commands that were given and not yet answered, oldest first.
#[derive(Default)]
pub(super) struct Pending {
    next: u64,
    waiting: Vec<(u64, Command, Answer)>,
}

impl Pending {
    /// Takes a command, and gives it the number under which it is sent; hands the answer back when too many wait.
    pub(super) fn add(&mut self, command: Command, answer: Answer) -> Result<u64, Answer> {
        if self.waiting.len() >= MOST {
            return Err(answer);
        }
        self.next += 1;
        self.waiting.push((self.next, command, answer));
        Ok(self.next)
    }

    /// The one who waits for the answer to number `id`.
    pub(super) fn take(&mut self, id: u64) -> Option<Answer> {
        let index = self.waiting.iter().position(|(waiting, ..)| *waiting == id)?;
        Some(self.waiting.remove(index).2)
    }

    /// Takes out those that may not be sent twice.
    pub(super) fn take_unrepeatable(&mut self) -> Vec<Answer> {
        let (repeatable, rest) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|(_, command, _)| matches!(command, Command::Say(_) | Command::SendGift(_)));
        self.waiting = repeatable;
        Vec::into_iter(rest).map(|(.., answer)| answer).collect()
    }

    /// What to send again.
    pub(super) fn again(&self) -> impl Iterator<Item = (u64, &Command)> {
        self.waiting.iter().map(|(id, command, _)| (*id, command))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Say;

    fn say() -> Command {
        let client_id = "1".to_owned();
        Command::Say(Say {
            client_id,
            text: "hi".to_owned(),
            at: None,
            mode: Default::default(),
            color: None,
        })
    }

    #[test]
    fn after_a_break_comments_wait_and_other_commands_are_given_back() {
        let mut pending = Pending::default();
        let said = pending.add(say(), Box::new(drop)).ok().unwrap();
        let ended = pending.add(Command::EndShow, Box::new(drop)).ok().unwrap();
        assert_eq!(pending.take_unrepeatable().len(), 1);
        assert_eq!(pending.again().map(|(id, _)| id).collect::<Vec<_>>(), [said]);
        assert!(pending.take(ended).is_none());
        assert!(pending.take(said).is_some());
        assert!(pending.take(said).is_none());
    }

    #[test]
    fn too_many_waiting_commands_are_refused() {
        let mut pending = Pending::default();
        for _ in 0..MOST {
            assert!(pending.add(say(), Box::new(drop)).is_ok());
        }
        assert!(pending.add(say(), Box::new(drop)).is_err());
    }
}
