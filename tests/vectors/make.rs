//! Makes the hostile vectors that are not there yet, with the keys that stand beside them: `cargo run -p redress-tests --bin
//! vectors`. What is there is never made anew.

use redress_tests::hostile::{Forger, faults};

fn main() -> std::io::Result<()> {
    let (forger, _) = Forger::of_vectors();
    for fault in faults().filter(|fault| fault.stored && !fault.path().exists()) {
        let path = fault.path();
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(&path, (fault.make)(&forger))?;
        println!("{}", path.display());
    }
    Ok(())
}
