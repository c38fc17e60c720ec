//! Documents in the accounts, read and replaced through the real adapter: what is written stands
//! there byte for byte, and what is deleted is gone.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

use locksmith_app::ports::{Documents as _, Slot, Work, WriteError};
use locksmith_aws::{AccountDocuments, Accounts, Waits};
use locksmith_core::arn::AccountId;
use locksmith_core::plan::ChangeKind::{self, *};
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::wire::{Answer, Fault};
use locksmith_wire_tests::world::{EXTERNAL_ID, REGION, WRITE_ROLE, World};
use serde_json::{Value, json};
use std::time::Duration;

const WORK: &str = "inc-0123456789abcdef";
/// The hub's role that the write roles trust.
const TRUSTED: &str = "locksmith-tests-operator";
const NAME: &str = "Locksmith-0123456789abcdef";
/// As people write policies: AWS keeps their spaces and lines, and so do we.
const POLICY: &str = "{\n  \"Version\" : \"2012-10-17\",\n\t\"Statement\": [{\"Sid\": \"a+b %20 é/'\", \
    \"Effect\": \"Allow\", \"Action\": \"kms:*\", \"Resource\": \"*\", \"Principal\": \"*\"}]\r\n}";

/// An organization, and what writes in it.
struct Scene {
    world: World,
    documents: AccountDocuments,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new(Emulator::shared()).await;
        let ids = world.accounts().map(|account| AccountId::parse(&account.id).unwrap());
        let role = format!("arn:aws:iam::{}:role/{TRUSTED}", world.hub.account.id);
        let trusted = world.hub.account.as_role(&world.wire, &role).await;
        let mut accounts = Accounts::new(trusted.sdk, ids);
        accounts.external_id = Some(EXTERNAL_ID.to_owned());
        WRITE_ROLE.clone_into(&mut accounts.write_role);
        let waits = Waits {
            new_principal: vec![Duration::from_millis(1); 3],
            busy: vec![Duration::from_millis(1); 3],
        };
        Self { world, documents: AccountDocuments::with_waits(accounts, waits) }
    }

    /// A document of the bucket's owner.
    fn slot(&self, kind: ChangeKind, target: &str) -> Slot {
        let named = matches!(kind, CreateGrant | PutRolePolicy | PutUserPolicy);
        let of_iam = matches!(kind, PutTrustPolicy | PutRolePolicy | PutUserPolicy);
        Slot {
            kind,
            account: AccountId::parse(&self.world.owner.id).unwrap(),
            target: target.to_owned(),
            region: (!of_iam).then(|| REGION.to_owned()),
            name: named.then(|| NAME.to_owned()),
        }
    }

    fn bucket(&self, kind: ChangeKind) -> Slot {
        self.slot(kind, &format!("arn:aws:s3:::{}", self.world.bucket))
    }

    async fn read(&self, slot: &Slot) -> Result<Option<String>, String> {
        let work = Work { name: WORK, slots: std::slice::from_ref(slot) };
        self.documents.read(work, slot).await
    }

    async fn write(&self, slot: &Slot, text: Option<&str>) -> Result<(), WriteError> {
        let work = Work { name: WORK, slots: std::slice::from_ref(slot) };
        self.documents.write(work, slot, text).await
    }

    async fn stands(&self, slot: &Slot, text: Option<&str>) {
        let found = self.read(slot).await;
        assert_eq!(found.as_ref().map(Option::as_deref), Ok(text), "{slot:?}");
    }

    /// Writes texts one after another, and reads each back.
    async fn round(&self, slot: &Slot, texts: &[&str]) {
        for text in texts {
            assert_eq!(self.write(slot, Some(text)).await, Ok(()), "{slot:?}");
            self.stands(slot, Some(text)).await;
        }
    }

    /// The same for a document that there need not be: it is made, and goes again.
    async fn comes_and_goes(&self, slot: &Slot, texts: &[&str]) {
        self.stands(slot, None).await;
        self.round(slot, texts).await;
        // What is gone already is deleted without a complaint.
        for _ in 0..2 {
            assert_eq!(self.write(slot, None).await, Ok(()), "{slot:?}");
            self.stands(slot, None).await;
        }
    }

    /// What a document that cannot be deleted says to that.
    async fn stays(&self, slot: &Slot) {
        let Err(WriteError::Refused(why)) = self.write(slot, None).await else {
            panic!("{slot:?} was deleted");
        };
        assert!(why.contains("cannot be deleted"), "{why}");
    }

    /// There is no such thing: nothing stands there, and deleting it succeeds.
    async fn is_not_there(&self, slot: &Slot) {
        self.stands(slot, None).await;
        assert_eq!(self.write(slot, None).await, Ok(()), "{slot:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_and_encryption_of_buckets() {
    let scene = Scene::new().await;
    let spaced = POLICY.replace("kms:*", "s3:*");
    scene.comes_and_goes(&scene.bucket(PutBucketPolicy), &[&spaced, POLICY]).await;

    let encryption = |algorithm: &str, key: Option<&str>| {
        let mut default = json!({ "SSEAlgorithm": algorithm });
        if let Some(key) = key {
            default["KMSMasterKeyID"] = key.into();
        }
        let rule = json!({
            "ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": key.is_some(),
        });
        json!({ "Rules": [rule] }).to_string()
    };
    let texts = [encryption("aws:kms", Some(&scene.world.key)), encryption("AES256", None)];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    scene.comes_and_goes(&scene.bucket(PutBucketEncryption), &texts).await;

    for kind in [PutBucketPolicy, PutBucketEncryption] {
        scene.is_not_there(&scene.slot(kind, "arn:aws:s3:::no-such-bucket-anywhere")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_of_access_points() {
    let scene = Scene::new().await;
    let owner = &scene.world.owner;
    let made = owner.s3control().create_access_point().account_id(&owner.id).name("reports");
    made.bucket(&scene.world.bucket).send().await.unwrap();
    let arn = |name: &str| format!("arn:aws:s3:{REGION}:{}:accesspoint/{name}", owner.id);
    let point = scene.slot(PutAccessPointPolicy, &arn("reports"));
    scene.comes_and_goes(&point, &[POLICY, &POLICY.replace(' ', "  ")]).await;
    scene.is_not_there(&scene.slot(PutAccessPointPolicy, &arn("nobody"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_and_grants_of_keys() {
    let scene = Scene::new().await;
    let key = &scene.world.key;
    let policy = scene.slot(PutKeyPolicy, key);
    assert!(scene.read(&policy).await.unwrap().is_some());
    scene.round(&policy, &[POLICY, &POLICY.replace(' ', "  ")]).await;
    scene.stays(&policy).await;

    let grant = |name: &str| {
        json!({
            "KeyId": key,
            "GranteePrincipal": format!("arn:aws:iam::{}:role/Etl", scene.world.caller.id),
            "Operations": ["Decrypt", "GenerateDataKey"],
            "Constraints": {"EncryptionContextSubset": {"aws:s3:arn": "arn:aws:s3:::b/k"}},
            "Name": name,
        })
        .to_string()
    };
    // A grant of another name is not ours, and stays.
    let theirs = Slot { name: Some("theirs".to_owned()), ..scene.slot(CreateGrant, key) };
    scene.round(&theirs, &[&grant("theirs")]).await;
    scene.comes_and_goes(&scene.slot(CreateGrant, key), &[&grant(NAME)]).await;
    scene.stands(&theirs, Some(&grant("theirs"))).await;

    let slot = scene.slot(CreateGrant, key);
    for text in ["{}", &grant("another"), &grant(NAME).replace(key, "arn:aws:kms:r:1:key/other")] {
        let written = scene.write(&slot, Some(text)).await;
        assert!(matches!(written, Err(WriteError::Refused(_))), "{text}: {written:?}");
    }
    scene.stands(&slot, None).await;

    let (arn, _) = key.rsplit_once('/').unwrap();
    let gone = format!("{arn}/5f0c61aa-93b2-47d7-8e1f-2f6d1f9a7c10");
    scene.is_not_there(&scene.slot(PutKeyPolicy, &gone)).await;
    // Here the emulator does not answer as AWS does.
    let body = r#"{"__type": "NotFoundException", "message": "there is no such key"}"#.to_owned();
    let answer = Fault::of("kms", Answer::Says { status: 400, body });
    scene.world.wire.inject(answer.operation("ListGrants"));
    scene.is_not_there(&scene.slot(CreateGrant, &gone)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_of_roles_and_users() {
    let scene = Scene::new().await;
    let owner = &scene.world.owner;
    let (role, _) = owner.create_role("/team/data/", "Etl", &trusting("*")).await;
    owner.iam().create_user().path("/team/").user_name("bob").send().await.unwrap();
    let user = format!("arn:aws:iam::{}:user/team/bob", owner.id);

    let trust = scene.slot(PutTrustPolicy, &role);
    scene.stands(&trust, Some(&trusting("*"))).await;
    let spaced = trusting(&owner.id).replace("\":", "\" :\n ");
    scene.round(&trust, &[&spaced, &trusting(&owner.id)]).await;
    scene.stays(&trust).await;

    let inline = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/a+b %20 é/*"
    }]})
    .to_string();
    let spaced = inline.replace(',', " ,\n\t");
    for (kind, target) in [(PutRolePolicy, &role), (PutUserPolicy, &user)] {
        scene.comes_and_goes(&scene.slot(kind, target), &[&inline, &spaced]).await;
    }
    for (kind, target) in [
        (PutTrustPolicy, "role/nobody"),
        (PutRolePolicy, "role/nobody"),
        (PutUserPolicy, "user/nobody"),
    ] {
        let target = format!("arn:aws:iam::{}:{target}", owner.id);
        scene.is_not_there(&scene.slot(kind, &target)).await;
    }
}

fn trusting(principal: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": principal},
    }]})
    .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_narrow_session_for_each_work() {
    let scene = Scene::new().await;
    let slot = scene.bucket(PutBucketPolicy);
    let mark = scene.world.wire.mark();
    for _ in 0..2 {
        scene.round(&slot, &[POLICY]).await;
    }
    let calls = scene.world.wire.calls_since(mark);
    let assumed: Vec<_> = calls.iter().filter(|call| call.service == "sts").collect();
    assert_eq!(assumed.len(), 1, "{calls:#?}");
    let said = |name: &str| assumed[0].parameter(name);
    let role = format!("arn:aws:iam::{}:role/{WRITE_ROLE}", scene.world.owner.id);
    assert_eq!(said("RoleArn"), Some(role));
    assert_eq!(said("RoleSessionName"), Some(format!("locksmith-{WORK}")));
    assert_eq!(said("ExternalId").as_deref(), Some(EXTERNAL_ID));
    assert_eq!(said("Tags.member.1.Key").as_deref(), Some("locksmith-incident"));
    assert_eq!(said("Tags.member.1.Value").as_deref(), Some(WORK));
    assert_eq!(said("Tags.member.2.Key"), None);
    let policy: Value = serde_json::from_str(&said("Policy").unwrap()).unwrap();
    let expected = json!([{
        "Effect": "Allow",
        "Action": ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        "Resource": [slot.target],
    }]);
    assert_eq!(policy["Statement"], expected);

    // A document that is not of the work, or in an account that is not configured, is not touched.
    let mark = scene.world.wire.mark();
    let other = scene.bucket(PutBucketEncryption);
    let work = Work { name: WORK, slots: std::slice::from_ref(&slot) };
    let why = scene.documents.read(work, &other).await.unwrap_err();
    assert!(why.contains(&format!("is not what {WORK} may touch")), "{why}");
    let stranger = Slot { account: AccountId::parse("999999999999").unwrap(), ..slot };
    let written = scene.write(&stranger, Some(POLICY)).await;
    assert!(matches!(written, Err(WriteError::Refused(_))), "{written:?}");
    assert!(scene.world.wire.calls_since(mark).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_on_the_way() {
    let scene = Scene::new().await;
    let slot = scene.bucket(PutBucketPolicy);
    let put = |answer| Fault::of("s3", answer).operation("PutBucketPolicy");
    let says = |code: &str, message: &str| Answer::Says {
        status: 400,
        body: format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>"),
    };

    // A principal that becomes known after a while.
    let unknown = || says("MalformedPolicy", "Invalid principal in policy");
    scene.world.wire.inject(put(unknown()).times(2));
    scene.round(&slot, &[POLICY]).await;
    // One that never does.
    scene.world.wire.inject(put(unknown()));
    let written = scene.write(&slot, Some(POLICY)).await;
    let why = "PutBucketPolicy: MalformedPolicy: Invalid principal in policy";
    assert_eq!(written, Err(WriteError::Refused(why.to_owned())));
    scene.world.wire.heal();

    scene.world.wire.inject(put(Answer::AccessDenied));
    let mark = scene.world.wire.mark();
    let written = scene.write(&slot, Some(POLICY)).await;
    let why = "PutBucketPolicy: AccessDenied: Access Denied";
    assert_eq!(written, Err(WriteError::Refused(why.to_owned())));
    assert_eq!(scene.world.wire.calls_since(mark).len(), 1);
    scene.world.wire.heal();

    // The answer is lost once: the same again says that it stands.
    scene.world.wire.inject(put(Answer::Lost).times(1));
    let other = POLICY.replace("kms", "s3");
    scene.round(&slot, &[&other]).await;
    // It is lost each time: it may stand there, and in this case does.
    for answer in [Answer::Lost, Answer::Unavailable] {
        scene.world.wire.inject(put(answer));
        let written = scene.write(&slot, Some(POLICY)).await;
        assert!(matches!(written, Err(WriteError::Unclear(_))), "{written:?}");
        scene.world.wire.heal();
    }
    scene.stands(&slot, Some(POLICY)).await;

    // Nobody was entered, so nothing was written.
    let work = Work { name: "another", slots: std::slice::from_ref(&slot) };
    scene.world.wire.inject(Fault::of("sts", Answer::AccessDenied));
    let written = scene.documents.write(work, &slot, None).await;
    let why = "AssumeRole: AccessDenied: Access Denied";
    assert_eq!(written, Err(WriteError::Refused(why.to_owned())));
}
