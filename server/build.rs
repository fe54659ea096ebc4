//! Has the server built anew when the pages that a release carries inside have changed; cargo sees changed files by
//! itself, but not new ones.

fn main() {
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    // In debug the pages are read from disk.
    println!("cargo::rerun-if-changed={}", if release { "../www/dist" } else { "build.rs" });
}
