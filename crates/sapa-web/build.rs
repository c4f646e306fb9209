//! Compiles the crate again when the web build wrote new files: the embedding alone notices changed files only.

fn main() {
    for folder in ["../../web/desk/dist", "../../web/widget/dist"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
