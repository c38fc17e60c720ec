#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| locksmith_tests::fuzz_targets::simulate_line(data));
