//! `cargo xtask test`: format, lints, then every test; ends with the test runner's own summary.

use crate::{
    postgres::{Durability, Postgres},
    run::{cargo, output, step, which},
    setup::{self, Tools, WASM, Wanted},
    web,
};
use anyhow::{Context, Result};
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Leave out what needs a browser, a peer or PostgreSQL.
    #[arg(long)]
    fast: bool,
}

/// The tests in `tests/tests/browser_*.rs` drive a real browser, those in `peer_*.rs` a peer from npm.
const WITHOUT_BROWSER: &str = "not binary(/^(browser|peer)_/)";
/// Seconds for all of them, the browser's start included; the runner's own 20 are few on a busy machine.
const IN_BROWSER_SECONDS: &str = "120";

pub(crate) fn run(options: &Options) -> Result<()> {
    let browser = !options.fast;
    let tools = setup::get(if options.fast {
        Wanted { stream: true, lints: true, ..Wanted::default() }
    } else {
        Wanted::everything()
    })?;
    step("checking the format", cargo().args(["fmt", "--all", "--check"]))?;
    step(
        "linting",
        cargo().args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"]),
    )?;
    if browser {
        web::build(&tools)?;
        step("testing the overlay in a browser", &mut overlay_in_browser(&tools)?)?;
    }
    // The tests start the program itself, as its users do.
    step("building the server", cargo().args(["build", "--quiet", "--package", "livestall"]))?;
    for mut tests in runners(options.fast)? {
        if browser {
            tests.env("LIVESTALL_HLS_JS", setup::hls_js()?);
            tests.env("LIVESTALL_MEDIA_CHROME", setup::media_chrome()?);
            tests.env("LIVESTALL_AXE_CORE", setup::axe_core()?);
        }
        // An error's own words say enough.
        tests.env("PATH", tools.path()?).env("RUST_LIB_BACKTRACE", "0");
        step("testing", &mut tests)?;
    }
    if options.fast { Ok(()) } else { on_postgres() }
}

/// The tests of what is stored, once more, on PostgreSQL.
fn on_postgres() -> Result<()> {
    let server = Postgres::start(Durability::None)?;
    let whole = ["api", "orders", "ledger", "crash_loop"];
    let mut tests = cargo();
    if has_nextest() {
        let chosen = format!("binary(/^({})$/) + test(/^store::group/)", whole.join("|"));
        tests.args([
            "nextest",
            "run",
            "--package",
            "livestall",
            "--package",
            "tests",
            "--run-ignored",
            "all",
            "--filterset",
            &chosen,
        ]);
    } else {
        tests.args(["test", "--package", "livestall", "--package", "tests", "--lib"]);
        tests.args(whole.iter().flat_map(|name| ["--test", name])).args([
            "--",
            "--test-threads",
            "1",
            "--include-ignored",
        ]);
    }
    tests.env("LIVESTALL_SCRATCH_POSTGRES", server.address()).env("RUST_LIB_BACKTRACE", "0");
    step("testing the store on PostgreSQL", &mut tests)
}

fn has_nextest() -> bool {
    output(cargo().args(["nextest", "--version"])).is_some()
}

/// The overlay's own tests, which run inside the browser, by wasm-bindgen's runner.
fn overlay_in_browser(tools: &Tools) -> Result<Command> {
    let driver = which("chromedriver").context("chromedriver is not on PATH")?;
    let mut tests = cargo();
    tests.args(["test", "--package", "overlay", "--target", WASM, "--test", "browser"]);
    tests
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("WASM_BINDGEN_TEST_TIMEOUT", IN_BROWSER_SECONDS)
        .env("CHROMEDRIVER", driver)
        .env("PATH", tools.path()?);
    Ok(tests)
}

/// What runs the tests: nextest where it is, else cargo's own runner, slower and less tidy, but it spares a fresh
/// machine ten minutes of building the other.
fn runners(fast: bool) -> Result<Vec<Command>> {
    let mut tests = cargo();
    if has_nextest() {
        tests.args(["nextest", "run", "--workspace"]);
        if fast {
            tests.args(["--filterset", WITHOUT_BROWSER]);
        }
        return Ok(vec![tests]);
    }
    let one_by_one = ["--no-fail-fast", "--", "--test-threads", "1"];
    if !fast {
        tests.args(["test", "--workspace"]).args(one_by_one);
        return Ok(vec![tests]);
    }
    tests.args(["test", "--workspace", "--exclude", "tests"]).args(one_by_one);
    let mut whole = cargo();
    whole.args(["test", "--package", "tests", "--lib"]);
    for file in std::fs::read_dir("tests/tests").context("cannot list tests/tests")? {
        let name = file?.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".rs")
            && !["browser_", "peer_"].iter().any(|prefix| name.starts_with(prefix))
        {
            whole.args(["--test", name]);
        }
    }
    whole.args(one_by_one);
    Ok(vec![tests, whole])
}
