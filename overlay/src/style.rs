//! The overlay's style sheets, one a part. Colours and sizes come from the element's `--stall-…` properties; every one
//! has a fallback here, so that the overlay looks right wherever it is mounted.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Element, HtmlElement, Node};

/// All of them.
const STYLE: &str = concat!(
    include_str!("style/frame.css"),
    include_str!("style/controls.css"),
    include_str!("style/replay.css"),
    include_str!("style/chat.css"),
    include_str!("style/danmaku.css"),
    include_str!("style/cards.css"),
    include_str!("style/gifts.css"),
    include_str!("style/sheet.css"),
    include_str!("style/wallet.css"),
    include_str!("style/packets.css"),
    include_str!("style/settings.css"),
    include_str!("style/wide.css"),
    include_str!("style/prefers.css"),
);

/// The field of a document or shadow root that holds its constructed sheets (CSSOM §6.2.3).
const ADOPTED: &str = "adoptedStyleSheets";

/// The sheets, in force where the overlay stands; dropping it takes them away.
pub(crate) enum Worn {
    /// No `style-src` of the merchant's page is in the way of a constructed sheet.
    Sheet { tree: Node, sheet: CssStyleSheet },
    /// Browsers that cannot construct sheets (Safari before 16.4).
    Element(Element),
}

impl Worn {
    /// Puts the sheets on what is inside `root`.
    pub(crate) fn by(root: &HtmlElement) -> Result<Self, JsValue> {
        let tree = root.get_root_node();
        let constructed = CssStyleSheet::new().and_then(|sheet| {
            sheet.replace_sync(STYLE)?;
            let all: Array = Reflect::get(&tree, &ADOPTED.into())?.dyn_into()?;
            set(&tree, &all.concat(&Array::of1(&sheet)))?;
            Ok(sheet)
        });
        if let Ok(sheet) = constructed {
            return Ok(Self::Sheet { tree, sheet });
        }
        let document = root.owner_document().ok_or(JsValue::UNDEFINED)?;
        let element = document.create_element("style")?;
        element.set_text_content(Some(STYLE));
        root.append_child(&element)?;
        Ok(Self::Element(element))
    }
}

impl Drop for Worn {
    fn drop(&mut self) {
        match self {
            Self::Element(element) => element.remove(),
            Self::Sheet { tree, sheet } => {
                let all = Reflect::get(tree, &ADOPTED.into()).unwrap_or_default();
                let others =
                    Array::from(&all).filter(&mut |other, _, _| &other != AsRef::<JsValue>::as_ref(sheet));
                // What could be set once can be set again.
                _ = set(tree, &others);
            }
        }
    }
}

fn set(tree: &Node, sheets: &Array) -> Result<bool, JsValue> {
    Reflect::set(tree, &ADOPTED.into(), sheets)
}
