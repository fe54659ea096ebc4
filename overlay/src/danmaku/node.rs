use timeline::Flight;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The node of a comment over the picture. Text goes in as text, never as markup.
pub(super) struct Node {
    pub(super) element: HtmlElement,
    count: u32,
    likes: u32,
}

impl Node {
    /// Says what `flight` says; where, is for its place to say.
    pub(super) fn new(sky: &Element, flight: &Flight) -> Option<Self> {
        let element: HtmlElement = sky.owner_document()?.create_element("div").ok()?.dyn_into().ok()?;
        element.set_class_name("fly");
        let marks = [
            ("data-own", flight.own),
            ("data-host", flight.host),
            ("data-moderator", flight.moderator),
            ("data-held", flight.held.is_some()),
        ];
        for (name, set) in marks {
            if set {
                // An attribute of that name is not refused.
                _ = element.set_attribute(name, "");
            }
        }
        _ = element.set_attribute("dir", "auto");
        element.set_text_content(Some(&flight.text));
        let mut node = Self { element, count: 1, likes: 0 };
        node.set_count(flight.count);
        node.set_likes(flight.likes);
        Some(node)
    }

    /// Lies so far from the left and the top edge of what it is in, in this colour.
    pub(super) fn lie(&self, left: f64, top: f64, color: u32) {
        let color = color & 0x00ff_ffff;
        // One call for all: it is made for each of a burst.
        self.element.style().set_css_text(&format!("left:{left:.1}px;top:{top}px;color:#{color:06x}"));
    }

    /// Says how many equal comments it stands for.
    pub(super) fn set_count(&mut self, count: u32) {
        if self.count != count {
            self.count = count;
            self.set_note("times", &format!("×{count}"));
        }
    }

    /// Says how many like it.
    pub(super) fn set_likes(&mut self, likes: u32) {
        if self.likes != likes {
            self.likes = likes;
            self.set_note("loved", &format!("♥{likes}"));
        }
    }

    /// Puts a note of this class after the text, in the place of the one before.
    fn set_note(&self, class: &str, text: &str) {
        let there = self.element.query_selector(&format!(".notes .{class}")).ok().flatten();
        if let Some(note) = there.or_else(|| self.add_note(class)) {
            note.set_text_content(Some(text));
        }
    }

    fn add_note(&self, class: &str) -> Option<Element> {
        let document = self.element.owner_document()?;
        let notes = self.element.query_selector(".notes").ok().flatten().or_else(|| {
            let notes = document.create_element("span").ok()?;
            notes.set_class_name("notes");
            _ = notes.set_attribute("dir", "ltr");
            self.element.append_child(&notes).ok()?;
            Some(notes)
        })?;
        let note = document.create_element("span").ok()?;
        note.set_class_name(class);
        notes.append_child(&note).ok()?;
        Some(note)
    }
}
