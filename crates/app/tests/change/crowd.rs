//! Two at once, in every order of their calls that one or two interruptions make, and in many others.

use super::plans::{self, journal, sids, world};
use super::world::{Call, Client, Task, World, together};
use locksmith_app::change::{ChangeError, Journal, State, Status};
use locksmith_app::ports::StoreError;
use std::collections::BTreeSet;

type Answer = Option<Result<Journal, ChangeError>>;

/// Runs two tasks in many orders, interrupted before every so many calls; `check` gets what came out.
fn in_many_orders(
    every: usize,
    world: impl Fn() -> World,
    journals: impl Fn(usize) -> Journal,
    check: impl Fn(&World, &[Answer]),
) {
    let run = |choose: &mut dyn FnMut(usize, &[usize]) -> usize| {
        let world = world();
        let clients = [Client::new(&world), Client::new(&world)];
        let changing = clients.each_ref().map(Client::changing);
        let both: Vec<Task<'_>> = changing
            .iter()
            .enumerate()
            .map(|(at, one)| -> Task<'_> { Box::pin(one.apply(journals(at))) })
            .collect();
        let answers = together(&clients.each_ref(), both, choose);
        check(&world, &answers);
    };
    // One goes on to some call, then the other to some call, then the first again to some call.
    for first in 0..2 {
        let calls = || (0..14 * every).step_by(every);
        for (one, two, three) in calls()
            .flat_map(|one| calls().flat_map(move |two| [0, 3, 7].map(|three| (one, two, three))))
        {
            let mut left = [one, two, three, usize::MAX].into_iter().enumerate().peekable();
            run(&mut |_, ready| {
                let turn = loop {
                    match left.peek_mut() {
                        Some((_, 0)) => drop(left.next()),
                        Some((turn, calls)) => {
                            *calls -= 1;
                            break *turn;
                        }
                        None => break 0,
                    }
                };
                let wanted = (first + turn) % 2;
                ready.iter().position(|at| *at == wanted).unwrap_or(0)
            });
        }
    }
    // And in any order.
    for seed in (0..1500_u64).step_by(every) {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        run(&mut |_, _| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 60).unwrap()
        });
    }
}

fn states(answers: &[Answer]) -> Vec<State> {
    answers.iter().map(|answer| answer.clone().unwrap().unwrap().state).collect()
}

/// Both were planned from the same document. One comes first; the other finds that the document is
/// not the one that was approved, and leaves it.
#[test]
fn two_plans_for_one_policy() {
    let before = world();
    let both = ["LocksmithA", "LocksmithB"].map(|sid| [plans::bucket(&before, "bucket", &[sid])]);
    in_many_orders(
        1,
        || World::new(&before),
        |at| journal(["one", "other"][at], &both[at]),
        |world, answers| {
            let states = states(answers);
            let applied = states.iter().position(|state| *state == State::Applied).unwrap();
            let State::RolledBack { why } = &states[1 - applied] else { panic!("{states:?}") };
            let sid = ["LocksmithA", "LocksmithB"][applied];
            assert!(why.to_string().contains(&format!("statement `{sid}` was added")), "{why}");
            assert_eq!(sids(&world.texts(), &both[0][0]), ["Theirs", "", sid]);
        },
    );
}

/// Two works on one resource that do not touch the same document wait for each other, and both are
/// done.
#[test]
fn two_documents_of_one_resource() {
    let before = world();
    let both = [plans::key(&before, &["LocksmithA"]), plans::grant()];
    in_many_orders(
        1,
        || World::new(&before),
        |at| journal(["one", "other"][at], &both[at..=at]),
        |_, answers| assert_eq!(states(answers), [State::Applied, State::Applied]),
    );
}

/// Two works with the same changes: one makes them, the other finds them made.
#[test]
fn the_same_changes_twice() {
    let before = world();
    let changes = plans::plans(&before)[0].clone();
    let once = World::new(&before);
    Client::new(&once).apply(journal("one", &changes)).unwrap().unwrap();
    in_many_orders(
        3,
        || World::new(&before),
        |at| journal(["one", "other"][at], &changes),
        |world, answers| {
            assert_eq!(states(answers), [State::Applied, State::Applied]);
            assert_eq!(world.texts(), once.texts());
            let steps = |at: usize| answers[at].clone().unwrap().unwrap().steps;
            for (one, other) in steps(0).iter().zip(steps(1)) {
                let made = [&one.status, &other.status].map(|status| *status == Status::Written);
                assert_ne!(made[0], made[1], "one of them made it, and takes it back");
            }
            for at in [0, 1] {
                let journal = answers[at].clone().unwrap().unwrap();
                let undone = Client::new(world).undo(journal, &BTreeSet::new()).unwrap().unwrap();
                assert_eq!(undone.state, State::Undone);
            }
            assert_eq!(world.texts(), before);
        },
    );
}

/// A message that comes twice: two runs of one journal.
#[test]
fn one_journal_twice() {
    let before = world();
    let changes = plans::plans(&before)[0].clone();
    let once = World::new(&before);
    Client::new(&once).apply(journal("work", &changes)).unwrap().unwrap();
    in_many_orders(
        3,
        || World::new(&before),
        |_| journal("work", &changes),
        |world, answers| {
            let conflict = Err(ChangeError::Store(StoreError::Conflict));
            let lost = answers.iter().filter(|answer| **answer == Some(conflict.clone())).count();
            assert_eq!(lost, 1);
            let done = answers.iter().flatten().find_map(|answer| answer.clone().ok()).unwrap();
            assert_eq!(done.state, State::Applied);
            assert_eq!(world.stored("work").unwrap(), done);
            assert_eq!(world.texts(), once.texts());
        },
    );
}

/// One stands still before some call until its lock ran out, while the other goes through. It finds
/// out before it writes, unless it stood still just before the write.
#[test]
fn a_lock_that_ran_out() {
    let before = world();
    let both = ["LocksmithA", "LocksmithB"].map(|sid| [plans::bucket(&before, "bucket", &[sid])]);
    for stop in 0..24 {
        let world = World::new(&before);
        let clients = [Client::new(&world), Client::new(&world)];
        let changing = clients.each_ref().map(Client::changing);
        let tasks: Vec<Task<'_>> = vec![
            Box::pin(changing[0].apply(journal("one", &both[0]))),
            Box::pin(changing[1].apply(journal("other", &both[1]))),
        ];
        let mut unguarded = false;
        let answers = together(&clients.each_ref(), tasks, |step, ready| {
            if step == stop {
                unguarded = matches!(clients[0].about_to(), Some(Call::Write(_)));
                world.pass(300);
            }
            let wanted = usize::from(step >= stop);
            ready.iter().position(|at| *at == wanted).unwrap_or(0)
        });
        let states = states(&answers);
        let applied = states.iter().filter(|state| **state == State::Applied).count();
        assert!(unguarded || applied == 1, "{stop}: {states:?}");
        let now = sids(&world.texts(), &both[0][0]);
        assert!(unguarded || now.len() == 3, "{stop}: {now:?}");
        assert_eq!(now[..2], ["Theirs", ""], "{stop}");
    }
}
