//! Has the server built anew when the pages that a release carries inside have changed; cargo sees changed files by
//! itself, but not new ones.

fn main() {
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    // In debug the pages are read from disk, wherever the folder was when this was built: a server that was built before
    // the first pages must find them too.
    if let Err(error) = std::fs::create_dir_all("../www/dist") {
        println!("cargo::warning=cannot make www/dist, so there will be no pages: {error}");
    }
    println!("cargo::rerun-if-changed={}", if release { "../www/dist" } else { "build.rs" });
}
