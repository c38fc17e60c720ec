//! The AWS emulator, `moto`, one for each test binary.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// A running emulator of AWS on loopback.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    // The process ends when this end of its input is closed, which also happens when the test
    // process is killed.
    _process: Child,
}

impl Emulator {
    /// The emulator of this test binary, started when it is first asked for.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Emulator> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    fn start() -> Self {
        let log = crate::binaries::target().join("wire");
        std::fs::create_dir_all(&log).unwrap();
        let log = log.join(format!("moto-{}.log", std::process::id()));
        let mut process = Command::new(python())
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/emulator.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .expect("the Python of the virtual environment starts");
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        let port: u16 = port.trim().parse().unwrap_or_else(|_| {
            panic!("the emulator did not start: {}", std::fs::read_to_string(&log).unwrap())
        });
        Self { address: SocketAddr::from(([127, 0, 0, 1], port)), _process: process }
    }
}

/// The Python that has `moto[server]`: in the virtual environment that `LOCKSMITH_PYTHON_VENV`
/// names, else in the one that `tests/python/venv` makes and prints.
fn python() -> PathBuf {
    let folder = std::env::var_os("LOCKSMITH_PYTHON_VENV").unwrap_or_else(|| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../python/venv");
        let made = Command::new(script)
            .stderr(Stdio::inherit())
            .output()
            .unwrap_or_else(|error| panic!("{script}: {error}"));
        assert!(made.status.success(), "{script} made no virtual environment");
        String::from_utf8(made.stdout).unwrap().trim().into()
    });
    PathBuf::from(folder).join("bin/python")
}
