//! Build step of the desktop shell: capabilities, icons, and a rebuild when the pages changed.

fn main() {
    // The pages are embedded in the program; without this line a new `ui/dist` would not reach it.
    println!("cargo:rerun-if-changed=../ui/dist");
    tauri_build::build();
}
