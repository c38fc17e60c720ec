//! What AWS's own advisers say of a change, and what it weighs.

use crate::scene::{BUCKET, OBJECTS, OWNED, Scene};
use jiff::SignedDuration;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::operations::{Undone, Verified};
use locksmith_app::ports::{Adviser, Opinion, Says};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn opinion(of: Adviser, says: Says) -> Opinion {
    Opinion { of, about: format!("put_bucket_policy on {BUCKET}"), says }
}

fn objects() -> Says {
    Says::Objects("it is not as it should be".to_owned())
}

fn not_available() -> Says {
    Says::NotAvailable("AccessDenied".to_owned())
}

/// A change was made; the advisers say this of it, and a success is seen or not.
async fn looked_at(opinions: &[Opinion], success: bool) -> (Scene, IncidentId, Verified) {
    let (scene, id) = Scene::applied(OWNED).await;
    *scene.opinions.lock().unwrap() = opinions.to_vec();
    if success {
        *scene.success.lock().unwrap() = Some(scene.now() + MINUTE);
    }
    scene.pass(MINUTE * 6);
    let verified = scene.verify(&id).await.unwrap();
    (scene, id, verified)
}

/// What is said, and whether the call was seen to succeed: the state afterwards, and words of the
/// remark.
#[tokio::test]
async fn what_an_opinion_weighs() {
    use Adviser::{PolicyValidation, PublicAccess, Simulator};
    let (kept, verified, failed) = (State::Applied, State::Verified, State::Failed);
    for (of, says, success, state, told) in [
        (Simulator, Says::Agrees, false, kept, "no later success was seen"),
        (PolicyValidation, Says::Agrees, true, verified, "the call succeeded at"),
        (PublicAccess, not_available(), false, kept, "no later success was seen"),
        (PublicAccess, not_available(), true, verified, "the call succeeded at"),
        (Simulator, objects(), false, kept, "IAM's policy simulator objects to put_bucket_policy"),
        (Simulator, objects(), true, verified, "the call succeeded at"),
        (PolicyValidation, objects(), false, kept, "was seen – IAM Access Analyzer's policy valid"),
        (PolicyValidation, objects(), true, kept, "policy validation objects to put_bucket_policy"),
        (
            PublicAccess,
            objects(),
            false,
            failed,
            "the change is in place, but it may let everybody in:",
        ),
        (PublicAccess, objects(), true, failed, "it is not as it should be"),
    ] {
        let what = format!("{of} {says:?} {success}");
        let is_told = matches!(says, Says::Objects(_)) && state != verified;
        let opinions = [opinion(of, says)];
        let (scene, id, looked) = looked_at(&opinions, success).await;
        let incident = scene.incident(&id).await;
        let remark = incident.remark.unwrap().to_string();
        assert_eq!(incident.state, state, "{what}: {remark}");
        assert!(remark.contains(told), "{what}: {remark}");
        assert_eq!(remark.contains("it is not as it should be"), is_told, "{what}: {remark}");
        let expected = if state == kept { Verified::NotYet } else { Verified::Now(state) };
        assert_eq!(looked, expected, "{what}");
        assert_eq!(incident.look_again_at.is_some(), state == kept, "{what}");
        assert_eq!(scene.journal(&id).await.unwrap().opinions, opinions, "{what}");
        // Nothing is taken back by itself, and people can.
        assert_eq!(scene.fixes().await.len(), 3, "{what}");
        assert!(scene.world.texts().values().any(|text| text.contains("Locksmith")), "{what}");
        assert_eq!(scene.undo(&id).await, Ok(Undone::Now(State::RolledBack)), "{what}");
    }
}

/// An objection that is gone at the next look does not keep the incident any longer.
#[tokio::test]
async fn an_adviser_that_was_late() {
    let (scene, id, _) = looked_at(&[opinion(Adviser::Simulator, objects())], false).await;
    *scene.opinions.lock().unwrap() = vec![opinion(Adviser::Simulator, Says::Agrees)];
    scene.pass(MINUTE * 10);
    scene.sweep().await;
    assert!(!scene.remark(&id).await.contains("objects"), "{}", scene.remark(&id).await);
    *scene.success.lock().unwrap() = Some(scene.now());
    scene.pass(SignedDuration::from_hours(1));
    assert_eq!(scene.sweep().await.verified, [(id, State::Verified)]);
}

/// An adviser that does not answer takes nothing back that it said before.
#[tokio::test]
async fn silence_takes_nothing_back() {
    let says = |first| {
        let public = opinion(Adviser::PublicAccess, not_available());
        vec![opinion(Adviser::PolicyValidation, first), public]
    };
    let (scene, id, _) = looked_at(&says(objects()), false).await;
    *scene.opinions.lock().unwrap() = says(not_available());
    *scene.success.lock().unwrap() = Some(scene.now());
    scene.pass(MINUTE * 10);
    assert_eq!(scene.verify(&id).await, Ok(Verified::NotYet));
    assert!(scene.remark(&id).await.contains("objects"), "{}", scene.remark(&id).await);
    *scene.opinions.lock().unwrap() = says(Says::Agrees);
    scene.pass(MINUTE * 10);
    assert_eq!(scene.verify(&id).await, Ok(Verified::Now(State::Verified)));
}

/// A text does not change, so what was said of it is asked again only where nothing was said.
#[tokio::test]
async fn what_is_asked_again() {
    for (says, texts) in [(Says::Agrees, 1), (objects(), 1), (not_available(), 3)] {
        let opinions = [
            opinion(Adviser::PolicyValidation, says.clone()),
            opinion(Adviser::Simulator, Says::Agrees),
        ];
        let (scene, id, _) = looked_at(&opinions, false).await;
        for _ in 0..2 {
            scene.pass(MINUTE);
            assert_eq!(scene.verify(&id).await, Ok(Verified::NotYet));
        }
        let count = |about: &str| {
            scene.questions.lock().unwrap().iter().filter(|asked| **asked == about).count()
        };
        assert_eq!((count("texts"), count("call")), (texts, 3), "{says:?}");
    }
}

/// A change that is made anew after it was taken back is a new one to the advisers.
#[tokio::test]
async fn a_new_change_is_asked_about_anew() {
    let public = [opinion(Adviser::PublicAccess, objects())];
    let (scene, id, _) = looked_at(&public, false).await;
    scene.undo(&id).await.unwrap();
    assert_eq!(scene.journal(&id).await.unwrap().opinions, []);
    scene.opinions.lock().unwrap().clear();
    scene.pass(SignedDuration::from_hours(48));
    assert_eq!(scene.deny(2, OBJECTS[0]).await, id);
    scene.diagnose(&id).await;
    scene.agree(&id).await;
    scene.apply(&id).await.unwrap();
    scene.pass(MINUTE * 6);
    assert_eq!(scene.verify(&id).await, Ok(Verified::NotYet));
    assert_eq!(scene.state(&id).await, State::Applied);
}

/// Nobody is asked where the configuration does not wish it.
#[tokio::test]
async fn nobody_is_asked() {
    let (scene, id) = Scene::applied(&format!("verify.second_opinions = false{OWNED}")).await;
    *scene.opinions.lock().unwrap() = vec![opinion(Adviser::PublicAccess, objects())];
    scene.pass(MINUTE * 6);
    assert_eq!(scene.verify(&id).await, Ok(Verified::NotYet));
    assert!(scene.questions.lock().unwrap().is_empty());
}
