//! Secrets on the emulator: read once, kept for a while, read anew when they were rotated, and none of
//! them in the way of another.

#![expect(clippy::unwrap_used, reason = "a test")]

use core::pin::pin;
use futures_util::future::{Either, join_all, select};
use locksmith_app::ports::Secrets as _;
use locksmith_aws::SecretsManager;
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::plain;
use locksmith_wire_tests::wire::{Answer, Fault};
use locksmith_wire_tests::world::World;
use serde_json::{Value, json};
use std::time::Duration;

/// A hub with secrets, and the role of `notify` that reads them.
struct Vault {
    world: World,
}

impl Vault {
    async fn new() -> Self {
        Self { world: World::new(Emulator::shared()).await }
    }

    /// A process that has not read anything yet.
    async fn reader(&self) -> SecretsManager {
        let hub = &self.world.hub.account;
        let role = format!("arn:aws:iam::{}:role/locksmith-tests-notify-role", hub.id);
        SecretsManager::new(hub.as_role(&self.world.wire, &role).await.sdk)
    }

    async fn call(&self, operation: &str, body: Value) {
        let target = format!("secretsmanager.{operation}");
        plain::call(&self.world.hub.account, "secretsmanager", &target, &body).await;
    }

    async fn create(&self, name: &str, token: &str) {
        let text = json!({"token": token}).to_string();
        self.call("CreateSecret", json!({"Name": name, "SecretString": text})).await;
    }

    async fn rotate(&self, name: &str, token: &str) {
        let text = json!({"token": token}).to_string();
        self.call("PutSecretValue", json!({"SecretId": name, "SecretString": text})).await;
    }

    /// How often a secret was asked for; nothing but its name is sent.
    fn reads(&self, name: &str) -> usize {
        let calls = self.world.wire.calls();
        let own = calls.iter().filter(|call| !call.is_administrators());
        let reads = own.filter(|call| call.operation == "GetSecretValue");
        let bodies = reads.map(|call| serde_json::from_slice::<Value>(&call.body).unwrap());
        bodies.filter(|body| *body == json!({"SecretId": name})).count()
    }
}

async fn token(reader: &SecretsManager, name: &str, fresh: bool) -> String {
    reader.secret(name, fresh).await.unwrap().field("token").unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn read_kept_and_rotated() {
    let vault = Vault::new().await;
    let name = "locksmith-tests/chat";
    vault.create(name, "first").await;

    // Whoever asks in the same moment waits for one call.
    let reader = vault.reader().await;
    let tokens = join_all((0..5).map(|_| token(&reader, name, false))).await;
    assert_eq!((tokens, vault.reads(name)), (vec!["first".to_owned(); 5], 1));

    // It is kept, until somebody says that it was refused; and then the new one is.
    let reader = vault.reader().await.believing(Duration::MAX, Duration::ZERO);
    assert_eq!(token(&reader, name, false).await, "first");
    vault.rotate(name, "second").await;
    assert_eq!((token(&reader, name, false).await.as_str(), vault.reads(name)), ("first", 2));
    assert_eq!((token(&reader, name, true).await.as_str(), vault.reads(name)), ("second", 3));
    assert_eq!((token(&reader, name, false).await.as_str(), vault.reads(name)), ("second", 3));

    // One that was just read is not read again, although it was refused.
    let reader = vault.reader().await.believing(Duration::MAX, Duration::MAX);
    assert_eq!(token(&reader, name, false).await, "second");
    vault.rotate(name, "third").await;
    assert_eq!((token(&reader, name, true).await.as_str(), vault.reads(name)), ("second", 4));

    // Its time over, it is read anew without a word.
    let reader = vault.reader().await.believing(Duration::ZERO, Duration::ZERO);
    assert_eq!(token(&reader, name, false).await, "third");
    vault.rotate(name, "fourth").await;
    assert_eq!((token(&reader, name, false).await.as_str(), vault.reads(name)), ("fourth", 6));
}

/// Nobody waits for a secret that hangs but who asked for it; what went wrong is not kept.
#[tokio::test(flavor = "multi_thread")]
async fn one_hangs() {
    let vault = Vault::new().await;
    let (hangs, other) = ("locksmith-tests/hangs", "locksmith-tests/other");
    vault.create(hangs, "slow").await;
    vault.create(other, "fast").await;
    vault.world.wire.inject(Fault::of("secretsmanager", Answer::Hang).containing(hangs));
    let reader = vault.reader().await;
    let first = pin!(reader.secret(hangs, false));
    let error = match select(first, pin!(reader.secret(other, false))).await {
        Either::Right((quick, first)) => {
            assert_eq!(quick.unwrap().field("token"), Ok("fast"));
            first.await.unwrap_err()
        }
        Either::Left((first, _)) => panic!("the other one waited for it: {first:?}"),
    };
    assert!(error.starts_with("secret locksmith-tests/hangs: "), "{error}");
    assert!(vault.reads(hangs) > 1, "an attempt that hangs is given up and made again");
    vault.world.wire.heal();
    assert_eq!(token(&reader, hangs, false).await, "slow");
}

/// What is not there or no object of texts is told by its name, and never with its content.
#[tokio::test(flavor = "multi_thread")]
async fn unreadable() {
    let vault = Vault::new().await;
    let reader = vault.reader().await;
    let error = reader.secret("locksmith-tests/none", false).await.unwrap_err();
    assert!(error.contains("locksmith-tests/none"), "{error}");
    assert!(error.contains("ResourceNotFoundException"), "{error}");
    for (name, content) in [
        ("locksmith-tests/text", json!({"SecretString": "hush"})),
        ("locksmith-tests/bytes", json!({"SecretBinary": "aHVzaA=="})),
    ] {
        let mut body = content;
        body["Name"] = name.into();
        vault.call("CreateSecret", body).await;
        let error = reader.secret(name, false).await.unwrap_err();
        assert!(error.contains(name), "{error}");
        assert!(!error.contains("hush") && !error.contains("aHVz"), "{error}");
    }
    // Too many calls are made again; a refusal is told.
    let throttled = Fault::of("secretsmanager", Answer::Throttled).operation("GetSecretValue");
    vault.create("locksmith-tests/chat", "token").await;
    vault.world.wire.inject(throttled.times(2));
    assert_eq!(token(&reader, "locksmith-tests/chat", false).await, "token");
    let denied = Fault::of("secretsmanager", Answer::AccessDenied).operation("GetSecretValue");
    vault.world.wire.inject(denied);
    let error = reader.secret("locksmith-tests/other", false).await.unwrap_err();
    assert!(error.contains("AccessDeniedException"), "{error}");
}
