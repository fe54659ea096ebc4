//! `cargo xtask test`: format, lints, then every test; ends with the test runner's own summary.

use crate::{
    run::{cargo, output, step},
    setup::{self, Wanted},
    web,
};
use anyhow::Result;
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Leave out what needs a browser or a peer.
    #[arg(long)]
    fast: bool,
}

/// The tests in `tests/tests/browser_*.rs` drive a real browser, those in `peer_*.rs` a peer from npm.
const WITHOUT_BROWSER: &str = "not binary(/^(browser|peer)_/)";

pub(crate) fn run(options: &Options) -> Result<()> {
    let browser = !options.fast;
    let tools = setup::get(Wanted { web: browser, stream: true, browser, lints: true, peers: browser })?;
    step("checking the format", cargo().args(["fmt", "--all", "--check"]))?;
    step(
        "linting",
        cargo().args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"]),
    )?;
    if browser {
        web::build(&tools)?;
    }
    // The tests start the program itself, as its users do.
    step("building the server", cargo().args(["build", "--quiet", "--package", "livestall"]))?;
    let mut tests = runner(options.fast);
    // An error's own words say enough.
    if browser {
        tests.env("LIVESTALL_HLS_JS", setup::hls_js()?);
    }
    tests.env("PATH", tools.path()?).env("RUST_LIB_BACKTRACE", "0");
    step("testing", &mut tests)
}

fn runner(fast: bool) -> Command {
    let mut tests = cargo();
    if output(cargo().args(["nextest", "--version"])).is_some() {
        tests.args(["nextest", "run", "--workspace"]);
        if fast {
            tests.args(["--filterset", WITHOUT_BROWSER]);
        }
    } else {
        // Slower and less tidy, but it spares a fresh machine ten minutes of building the runner.
        tests.args(["test", "--workspace", "--no-fail-fast"]);
        let skip = ["--", "--test-threads", "1", "--skip", "browser::", "--skip", "hls_js_"];
        tests.args(if fast { &skip[..] } else { &skip[..3] });
    }
    tests
}
