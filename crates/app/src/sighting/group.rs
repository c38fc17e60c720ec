//! Which denials belong together: those of one caller, of one kind, at one resource.

use core::fmt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The kind of an operation: calls of one kind need the same permissions, more or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Reads objects; forwarded to KMS, decrypts them.
    Read,
    /// Writes objects; forwarded to KMS, makes data keys.
    Write,
    /// Deletes objects.
    Delete,
    /// Lists.
    List,
    /// Reads or changes settings.
    Configure,
    /// Assumes a role.
    Assume,
    /// Decrypts by a call to KMS itself.
    Decrypt,
    /// Encrypts or makes data keys by a call to KMS itself.
    Encrypt,
}

impl Class {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Delete => "delete",
            Self::List => "list",
            Self::Configure => "configure",
            Self::Assume => "assume",
            Self::Decrypt => "decrypt",
            Self::Encrypt => "encrypt",
        }
    }
}

/// Denials of one caller, of one kind, at one resource: 64 bits of their SHA-256, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKey(String);

impl GroupKey {
    /// The group of a caller (its unique id, so that all sessions and both copies of an event
    /// agree), a kind and a resource.
    pub fn new(principal: &str, class: Class, resource: &str) -> Self {
        Self(format!("{:016x}", hash(&[principal, class.name(), resource])))
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 16 && text.as_bytes().iter().all(is_hex)).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for GroupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Stable over versions and machines, unlike the standard library's.
pub(super) fn hash(parts: &[&str]) -> u64 {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
        digest.update([0]);
    }
    let digest = <[u8; 32]>::from(digest.finalize());
    digest.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}
