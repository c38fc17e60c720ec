//! People are told: one message in each room and one ticket, both as the incident stands.

use crate::outside::{Outside, TOLD, notify, tell, told};
use crate::scene::{CALLER, OBJECTS, OWNED, OWNER, Scene, account};
use jiff::SignedDuration;
use locksmith_app::approve::Decision;
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::notify::{Notified, NotifyError};
use locksmith_app::operations::Applied;
use locksmith_app::ports::{Attachment, Locks as _, Notice, Room, TellError};
use serde_json::Value;

#[tokio::test]
async fn one_message_in_each_room_and_one_ticket() {
    let scene = Scene::new(&told());
    let outside = Outside::default();
    let id = scene.deny(1, OBJECTS[0]).await;
    assert_eq!(tell(&scene, &outside, &id).await, Ok(Notified::Nothing));
    assert_eq!(outside.calls(), 0, "it is not understood yet");
    scene.diagnose(&id).await;
    assert_eq!(tell(&scene, &outside, &id).await, Ok(Notified::Told));
    let both = |state| [("callers".to_owned(), state), ("everything".to_owned(), state)];
    assert_eq!(outside.channels(), both(State::AwaitingApproval));
    let rooms: Vec<Room> =
        outside.messages.lock().unwrap().values().map(|(room, _)| room.clone()).collect();
    for (channel, of, locale) in
        [("callers", CALLER, Locale::Ja), ("everything", OWNER, Locale::En)]
    {
        let room = rooms.iter().find(|room| room.channel == channel).unwrap();
        assert_eq!((room.locale, room.person.as_deref()), (locale, None));
        assert!(room.accounts.iter().eq([&account(of)]), "each owner is asked for their own part");
    }
    assert!(scene.incident(&id).await.told);

    // Told again, nothing is sent: what people see is what they should see.
    let calls = outside.calls();
    scene.pass(SignedDuration::from_mins(5));
    assert_eq!(tell(&scene, &outside, &id).await, Ok(Notified::Told));
    assert_eq!(outside.calls(), calls);

    scene.agree(&id).await;
    assert!(!scene.incident(&id).await.told);
    scene.apply(&id).await.unwrap();
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.channels(), both(State::Applied), "states in between need not be told");
    assert!(outside.ticket().open);
    *scene.success.lock().unwrap() = Some(scene.now());
    scene.pass(SignedDuration::from_mins(6));
    scene.verify(&id).await.unwrap();
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.channels(), both(State::Verified));
    let closed = outside.ticket();
    assert_eq!((closed.open, closed.comments), (false, vec![State::Applied, State::Verified]));

    // It is denied again: the same ticket opens, the same messages change.
    scene.pass(SignedDuration::from_hours(2));
    assert_eq!(scene.deny(2, OBJECTS[0]).await, id);
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.channels(), both(State::Detected));
    assert!(outside.ticket().open);
}

#[tokio::test]
async fn what_cannot_be_told_does_not_stop_and_is_made_up_for() {
    let (scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    let later = TellError::Later { why: "503".to_owned(), after: None };
    *outside.down.lock().unwrap() = Some(later.clone());
    let error = tell(&scene, &outside, &id).await.unwrap_err();
    assert!(error.is_worth_another_try());
    assert_eq!(error, NotifyError::Tell { what: "ticket".to_owned(), error: later });
    assert_eq!(outside.calls(), 3, "each room was tried although the ticket failed");
    assert!(!scene.incident(&id).await.told);
    scene.agree(&id).await;
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));

    *outside.down.lock().unwrap() = None;
    let due = notify(&scene, &outside, "one").due(scene.now(), true, &|| true).await.unwrap();
    assert_eq!((due.looked_at, due.failed), (1, Vec::new()));
    assert_eq!(outside.channels().len(), 2);
    assert!(outside.ticket().open && scene.incident(&id).await.told);
    let due = notify(&scene, &outside, "one").due(scene.now(), true, &|| true).await.unwrap();
    assert_eq!(due.looked_at, 0);

    // What nobody would ever take is not tried for ever.
    *outside.down.lock().unwrap() = Some(TellError::Refused("no such channel".to_owned()));
    scene.undo(&id).await.unwrap();
    let due = notify(&scene, &outside, "one").due(scene.now(), true, &|| true).await.unwrap();
    assert!(!due.failed[0].1.is_worth_another_try(), "{due:?}");
    scene.pass(SignedDuration::from_hours(24 * 7));
    assert_eq!(
        notify(&scene, &outside, "one").due(scene.now(), true, &|| true).await.unwrap().looked_at,
        0
    );
}

#[tokio::test]
async fn what_people_delete_is_made_anew() {
    let (scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    tell(&scene, &outside, &id).await.unwrap();
    outside.messages.lock().unwrap().clear();
    outside.tickets.lock().unwrap().clear();
    scene.click(&id, "alice", Decision::Reject { reason: "no".into() }).await.unwrap();
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.channels().len(), 2);
    assert!(!outside.ticket().open);
}

#[tokio::test]
async fn those_who_do_not_answer_are_reminded() {
    let (scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    let told = async || {
        tell(&scene, &outside, &id).await.unwrap();
        core::mem::take(&mut *outside.notices.lock().unwrap())
    };
    let said = |channel: &str, notice| (channel.to_owned(), notice);
    assert_eq!(told().await, []);
    scene.pass(SignedDuration::from_mins(61));
    let first = Notice::Reminder(1);
    assert_eq!(told().await, [said("callers", first.clone()), said("everything", first)]);
    assert_eq!(told().await, []);
    // The owners of the one room answered. Two reminders are due in the other, and one is given.
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    scene.pass(SignedDuration::from_hours(6));
    let second = Notice::Reminder(2);
    assert_eq!(told().await, [said("callers", second), said("callers", Notice::Escalation)]);
    scene.pass(SignedDuration::from_hours(10));
    assert_eq!(told().await, []);
    scene.pass(SignedDuration::from_hours(20));
    scene.sweep().await;
    assert_eq!(scene.state(&id).await, State::Expired);
    assert_eq!(told().await, []);
    assert_eq!(outside.channels()[0].1, State::Expired, "its message asks nothing any more");
}

#[tokio::test]
async fn broken_glass_is_heard() {
    let (scene, id) =
        Scene::asked(&format!("approval.break_glass.people = [\"bob\"]\n{}", told())).await;
    let outside = Outside::default();
    scene.click(&id, "bob", Decision::BreakGlass { reason: "fire".into() }).await.unwrap();
    let at = scene.now();
    // The chat was away until a new plan took the place of the approval.
    scene.forge(&id, vec![(Attachment::Approvals, Value::Null)], |_| {}).await;
    for _ in 0..2 {
        tell(&scene, &outside, &id).await.unwrap();
    }
    let heard = outside.notices.lock().unwrap().clone();
    let (person, reason) = ("bob".to_owned(), "fire".to_owned());
    let notice = Notice::BreakGlass { at, person, reason };
    let rooms = ["audit", "callers", "everything"];
    assert_eq!(heard, rooms.map(|room| (room.to_owned(), notice.clone())));
}

#[tokio::test]
async fn one_run_at_a_time() {
    let (scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    let until = scene.now() + SignedDuration::from_mins(2);
    let lock = format!("told/{id}");
    assert!(scene.store.lock(&lock, "another", scene.now(), until).await.unwrap());
    assert_eq!(tell(&scene, &outside, &id).await, Err(NotifyError::Busy));
    assert_eq!(outside.calls(), 0);
    scene.pass(SignedDuration::from_mins(3));
    assert_eq!(tell(&scene, &outside, &id).await, Ok(Notified::Told), "it died");
}

/// A chat that cannot tell who clicked asks each approver alone.
#[tokio::test]
async fn approvers_are_asked_alone() {
    let people = OWNED.replace("{ id = \"bob\",", "{ id = \"bob\", chat = \"to-bob\",");
    let teams = TOLD.replace("\"slack\"", "\"teams\"");
    let (scene, id) = Scene::asked(&format!("{people}{teams}")).await;
    let outside = Outside::default();
    tell(&scene, &outside, &id).await.unwrap();
    let messages = outside.messages.lock().unwrap();
    let alone = messages.values().find(|(room, _)| room.channel == "to-bob").unwrap();
    assert_eq!(alone.0.person.as_deref(), Some("bob"));
    assert!(alone.0.accounts.iter().eq([&account(OWNER)]));
    assert_eq!(messages.len(), 3, "alice and carol cannot be reached alone");
}

/// The rooms of the owners cannot be reached: the channel for audits hears of it all the same.
#[tokio::test]
async fn broken_glass_is_heard_by_some() {
    let (scene, id) =
        Scene::asked(&format!("approval.break_glass.people = [\"bob\"]\n{}", told())).await;
    let outside = Outside::default();
    tell(&scene, &outside, &id).await.unwrap();
    scene.click(&id, "bob", Decision::BreakGlass { reason: "fire".into() }).await.unwrap();
    *outside.gone.lock().unwrap() = vec!["callers".to_owned(), "everything".to_owned()];
    let error = tell(&scene, &outside, &id).await.unwrap_err();
    assert!(!error.is_worth_another_try(), "{error}");
    let heard = outside.notices.lock().unwrap().clone();
    assert_eq!(heard.iter().map(|(channel, _)| channel.as_str()).collect::<Vec<_>>(), ["audit"]);
}

/// What the plan touches is another account now: the message in the other room asks nothing any more.
#[tokio::test]
async fn a_room_that_is_concerned_no_more_is_told_so() {
    let (mut scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    tell(&scene, &outside, &id).await.unwrap();
    scene.configuration.chat.as_mut().unwrap().rooms.clear();
    tell(&scene, &outside, &id).await.unwrap();
    let asking = outside.asking.lock().unwrap().clone();
    assert_eq!(asking.iter().filter(|(_, asks)| **asks).count(), 1, "{asking:?}");
    let calls = outside.calls();
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.calls(), calls, "and once");
}

/// One who does not answer is not waited for at each incident; the others are told.
#[tokio::test]
async fn who_is_away_is_asked_once_in_a_run() {
    let (scene, first) = Scene::asked(&told()).await;
    let second = scene.deny(2, OBJECTS[1]).await;
    scene.diagnose(&second).await;
    let outside = Outside::default();
    *outside.tickets_away.lock().unwrap() = true;
    let due = notify(&scene, &outside, "one").due(scene.now(), false, &|| true).await.unwrap();
    assert_eq!((due.looked_at, due.failed.len()), (2, 2));
    assert_eq!(outside.channels().len(), 4, "both are told in both rooms");
    assert_eq!(outside.calls(), 5, "the ticket system was asked once");
    for id in [&first, &second] {
        assert!(!scene.incident(id).await.told);
    }
    let due = notify(&scene, &outside, "one").due(scene.now(), false, &|| false).await.unwrap();
    assert_eq!(due.looked_at, 0, "there was no time");
}
