//! A client that says exactly what it is told to.

use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A client with a cookie, once it has one.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) address: SocketAddr,
    pub(crate) cookie: Option<String>,
    /// Headers of every request, such as a proxy's.
    pub(crate) always: Vec<(String, String)>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What a form's hidden field holds, of the first form that has it.
    pub(crate) fn field(&self, name: &str) -> String {
        let before = format!("name=\"{name}\" value=\"");
        let (_, rest) =
            self.body.split_once(&before).unwrap_or_else(|| panic!("no `{name}`: {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, cookie: None, always: Vec::new() }
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    /// Sends a form as a browser does.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = self.origin();
        self.post_with(path, fields, &[("origin", origin.as_str())]).await
    }

    /// Sends a form with headers of one's own.
    pub(crate) async fn post_with(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let encode = |text: &str| -> String {
            let byte = |byte: &u8| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(*byte).to_string(),
                other => format!("%{other:02X}"),
            };
            text.as_bytes().iter().map(byte).collect()
        };
        let fields = fields.iter().map(|(name, value)| format!("{name}={}", encode(value)));
        let body = fields.collect::<Vec<_>>().join("&");
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers: Vec<_> = [kind].into_iter().chain(headers.iter().copied()).collect();
        self.send("POST", path, &headers, &body).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let host = ("host", self.address.to_string());
        let names_host = headers.iter().any(|(name, _)| *name == "host");
        let own = (!names_host).then_some(host).into_iter();
        let own = own.chain(self.cookie.iter().map(|cookie| ("cookie", cookie.clone())));
        let always = self.always.iter().map(|(name, value)| (name.as_str(), value.clone()));
        let given = headers.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let length = ("content-length", body.len().to_string());
        let lines = own.chain(always).chain(given).chain([length]);
        let lines: Vec<String> =
            lines.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let request =
            format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n{}\r\n", lines.concat());
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        // A server that refuses a large body may stop listening.
        let _ = stream.write_all(body.as_bytes()).await;
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) =
            text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text}"));
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        };
        Answer { status, headers: lines.map(header).collect(), body: body.to_owned() }
    }

    /// Opens a link as it was told, and keeps the cookie.
    pub(crate) async fn log_in(&mut self, link: &str) -> Answer {
        let path = link.strip_prefix(&self.origin()).unwrap();
        let answer = self.get(path).await;
        if let Some(cookie) = answer.header("set-cookie") {
            self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        }
        answer
    }
}
