use super::Filter;

/// What the viewer wants of the comments over the picture, beside the [`super::Stage`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// Whether comments may lie over each other. None is then dropped for want of a row: those that find none share the
    /// row that would be free first.
    pub overlap: bool,
    /// How many may be on the screen at once; without it, as many as find room. The viewer's own always fly.
    pub most: Option<u16>,
    /// What is not shown.
    pub filter: Filter,
}
