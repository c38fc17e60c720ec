//! `locksmith demo` in a pipe, as its users see it; `crates/serve/tests/browser` clicks through it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// Ends the program also where a test fails.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_demonstration_tells_its_story_and_answers() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_locksmith"));
    command.args(["demo", "--no-browser", "--port", "0", "--dir"]).arg(dir.path());
    let mut demo = Demo(command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap());
    let lines = BufReader::new(demo.0.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    let link = lines.map_while(Result::ok).find(|line| {
        said.push(line.clone());
        line.starts_with("http://127.0.0.1:")
    });
    let link = link.unwrap();
    // A pipe has 80 columns; what has no space, such as an ARN, is never broken.
    let fits = |line: &String| line.chars().count() <= 80 || !line.trim().contains(' ');
    assert!(said.iter().all(fits), "{said:#?}");
    let said = said.join("\n");
    for part in ["What happened", "GetObject", "Why", "kms:Decrypt", "The proposed change"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let (address, path) = link.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("set-cookie:"), "{answer}");
    assert!(dir.path().join("evidence/111111111111.json").exists(), "the folder is kept");
}
