//! The migrations are embedded by their folder: a new file in it must make this crate anew.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
