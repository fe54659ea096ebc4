//! Where the picture lies beside the sky: zones that comments keep off are told in parts of the picture.

use crate::show::{Core, Show};
use gloo::events::EventListener;
use std::rc::Rc;
use timeline::Picture;

/// What of the video changes the picture's shape.
const RESHAPES: [&str; 2] = ["resize", "loadedmetadata"];

/// Tells the timeline whenever the picture takes another shape, as long as the listeners are held.
pub(crate) fn watch(show: Show, core: &Rc<Core>) -> Vec<EventListener> {
    let Some(element) = core.page.element.as_ref() else { return Vec::new() };
    let listen = |name| {
        let core = Rc::downgrade(core);
        EventListener::new(element, name, move |_| {
            if let Some(core) = core.upgrade() {
                tell(&core);
                show.redraw(&core);
            }
        })
    };
    RESHAPES.into_iter().map(listen).collect()
}

/// Tells the timeline where the picture is now, once there is one.
pub(crate) fn tell(core: &Core) {
    let (sky, row) = (core.sky.borrow(), core.row.get());
    let (Some(sky), Some(picture)) = (sky.as_ref(), core.page.picture()) else { return };
    let sky = sky.get_bounding_client_rect();
    if row > 0.0 && picture.width > 0.0 && picture.height > 0.0 {
        core.timeline.borrow_mut().set_picture(Picture {
            left: picture.left - sky.left(),
            width: picture.width,
            top: (picture.top - sky.top()) / row,
            height: picture.height / row,
        });
    }
}
