//! A file of products: what it would change, shown first; then done, if it is still that.

use crate::attempt::Attempt;
use crate::task::{Task, TaskError};
use crate::words::{Word, fill, lang, merchant, say};
use leptos::{html, prelude::*, task::spawn_local};
use overlay::api::{Api, ProductFile};
use protocol::{ImportChange, ImportRefusal, ImportReport};
use wasm_bindgen_futures::JsFuture;

/// Bytes of a file, as the server takes them.
const MOST_BYTES: f64 = 4.0 * 1024.0 * 1024.0;

/// Rows of a kind that are shown: more are a job for a spreadsheet.
const SHOWN: usize = 200;

/// The format that a file's name speaks of.
fn format_of(name: &str) -> Option<&'static str> {
    let (_, suffix) = name.rsplit_once('.')?;
    match suffix.to_ascii_lowercase().as_str() {
        "csv" => Some("csv"),
        "tsv" | "txt" => Some("tsv"),
        "xml" => Some("xml"),
        "json" | "jsonld" => Some("json"),
        _ => None,
    }
}

/// The text of a file, with its format.
async fn read(file: web_sys::File) -> Result<ProductFile, Word> {
    let format = format_of(&file.name()).ok_or(merchant::BAD_FORMAT)?;
    if file.size() > MOST_BYTES {
        return Err(merchant::FILE_TOO_LARGE);
    }
    let text = JsFuture::from(file.text()).await.map_err(|_| merchant::FILE_UNREADABLE)?;
    Ok(ProductFile { format, text: text.as_string().ok_or(merchant::FILE_UNREADABLE)? })
}

/// What is being imported.
#[derive(Clone, Copy)]
struct Importing {
    file: RwSignal<Option<ProductFile>>,
    report: RwSignal<Option<ImportReport>>,
    unread: RwSignal<Option<Word>>,
    look: Task,
    apply: Task,
}

impl Importing {
    fn new() -> Self {
        let (look, apply) = (Task::new(), Task::new());
        Self {
            file: RwSignal::new(None),
            report: RwSignal::new(None),
            unread: RwSignal::new(None),
            look,
            apply,
        }
    }
}

/// Chooses a file; `changed` hears that something was imported.
#[component]
pub(super) fn Import(room: String, changed: Callback<()>) -> impl IntoView {
    let (api, state) = (expect_context::<Api>(), Importing::new());
    let input = NodeRef::<html::Input>::new();
    let looking_room = room.clone();
    let choose = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let file = input.files().and_then(|files| files.get(0));
        // So that the same file can be chosen again after it was mended.
        input.set_value("");
        let Some(file) = file else { return };
        state.report.set(None);
        state.unread.set(None);
        let (api, room) = (api.clone(), looking_room.clone());
        spawn_local(async move {
            let file = match read(file).await {
                Ok(file) => file,
                Err(word) => {
                    state.unread.try_set(Some(word));
                    return;
                }
            };
            state.file.set(Some(file.clone()));
            let look = async move { api.look_at_import(&room, &file).await };
            state.look.run(look, move |report| state.report.set(Some(report)));
        });
    };
    let lang = lang();
    view! {
        <section class="panel import">
            <div class="import-head">
                <div><h2>{say(merchant::IMPORT)}</h2><p class="hint" id="import-hint">{say(merchant::IMPORT_HINT)}</p></div>
                <label class="button button-primary import-choose">
                    <input type="file" node_ref=input accept=".csv,.tsv,.txt,.xml,.json,.jsonld" aria-describedby="import-hint"
                        disabled=move || state.look.pending() || state.apply.pending() on:change=choose/>
                    {move || if state.look.pending() { merchant::IMPORT_LOOKING } else { merchant::IMPORT_FILE }.get(lang.get())}
                </label>
            </div>
            <p class="field-error" role="alert" hidden=move || state.unread.with(Option::is_none)>
                {move || state.unread.get().map(|word| word.get(lang.get()))}
            </p>
            <TaskError task=state.look/>
            {move || state.report.get().map(|report| view! { <Diff room=room.clone() report state changed/> })}
        </section>
    }
}

/// What the file changes, and the button that does it.
#[component]
fn Diff(room: String, report: ImportReport, state: Importing, changed: Callback<()>) -> impl IntoView {
    let (api, attempt, lang) = (expect_context::<Api>(), Attempt::new(), lang());
    let (new, old): (Vec<_>, Vec<_>) = report.changes.into_iter().partition(|change| change.new);
    let figures = [
        (merchant::IMPORT_NEW, new.len(), "import-new"),
        (merchant::IMPORT_CHANGED, old.len(), "import-changed"),
        (merchant::IMPORT_SAME, report.same, "import-same"),
        (merchant::IMPORT_REFUSED, report.refused.len(), "import-refused"),
    ];
    let figures = figures.map(|(word, count, class)| {
        view! { <div class=class class:figure-none=count == 0><dt>{say(word)}</dt><dd>{count}</dd></div> }
    });
    let nothing = new.is_empty() && old.is_empty();
    let (applied, plan) = (report.applied, report.plan);
    let close = move |_| {
        state.report.set(None);
        state.file.set(None);
    };
    let apply = move |_| {
        let Some(file) = state.file.get_untracked() else { return };
        let (api, room, plan, key) = (api.clone(), room.clone(), plan.clone(), attempt.key(&plan));
        let apply = async move { attempt.end(api.apply_import(&room, &file, &plan, &key).await) };
        state.apply.run(apply, move |report| {
            state.report.set(Some(report));
            changed.run(());
        });
    };
    let offer = (!applied && !nothing).then(|| view! {
        <button type="button" class="button button-primary" disabled=move || state.apply.pending() on:click=apply>
            {move || if state.apply.pending() { merchant::IMPORT_APPLYING } else { merchant::IMPORT_APPLY }.get(lang.get())}
        </button>
    });
    let told = match (applied, nothing) {
        (true, _) => Some(("import-told chip chip-good", merchant::IMPORT_DONE)),
        (false, true) => Some(("import-told chip", merchant::IMPORT_NOTHING)),
        (false, false) => None,
    };
    view! {
        <div class="diff">
            <dl class="figures-row">{figures.collect_view()}</dl>
            <p role="status">{told.map(|(class, word)| view! { <span class=class>{say(word)}</span> })}</p>
            <Refused refused=report.refused/>
            <Changes title=merchant::IMPORT_CHANGED changes=old/>
            <Changes title=merchant::IMPORT_NEW changes=new/>
            <TaskError task=state.apply/>
            <div class="form-actions">
                <button type="button" class="button button-quiet" on:click=close>{say(merchant::IMPORT_CLOSE)}</button>
                {offer}
            </div>
        </div>
    }
}

#[component]
fn Changes(title: Word, changes: Vec<ImportChange>) -> impl IntoView {
    let more = changes.len().saturating_sub(SHOWN);
    let rows =
        changes.into_iter().take(SHOWN).map(|change| view! { <li><Change change/></li> }).collect_view();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{say(title)}</h3>
            <ul class="changes">{rows}</ul>
            {(more > 0).then(|| view! { <p class="hint">{format!("+{more}")}</p> })}
        }
    })
}

#[component]
fn Change(change: ImportChange) -> impl IntoView {
    let lang = lang();
    let fields = change.fields.into_iter().map(|field| {
        let name = field.field;
        view! {
            <div><dt>{move || merchant::field(&name, lang.get())}</dt><dd>
                {(!field.from.is_empty()).then(|| view! { <del>{field.from.clone()}</del>" " })}<ins>{field.to}</ins>
            </dd></div>
        }
    });
    view! { <p><strong>{change.title}</strong>" "<code>{change.sku}</code></p><dl class="change">{fields.collect_view()}</dl> }
}

#[component]
fn Refused(refused: Vec<ImportRefusal>) -> impl IntoView {
    let more = refused.len().saturating_sub(SHOWN);
    let rows = refused.into_iter().take(SHOWN).map(|row| {
        view! { <li><span class="chip chip-bad">{fill(merchant::IMPORT_LINE, row.line)}</span><span>{row.reason}</span></li> }
    });
    let rows = rows.collect_view();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{say(merchant::IMPORT_REFUSED)}</h3>
            <ul class="refused">{rows}</ul>
            {(more > 0).then(|| view! { <p class="hint">{format!("+{more}")}</p> })}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_says_its_format() {
        assert_eq!(format_of("Autumn tea.CSV"), Some("csv"));
        assert_eq!(format_of("feed.tsv"), Some("tsv"));
        assert_eq!(format_of("feed.jsonld"), Some("json"));
        assert_eq!(format_of("feed.xlsx"), None);
        assert_eq!(format_of("csv"), None);
    }
}
