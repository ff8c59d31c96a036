//! Any bytes as any layer of a bundle; see `redress_tests::hostile::fuzz_bundle`, which the suite drives too.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redress_tests::hostile::fuzz_bundle(data));
