//! A broken set-up with somebody at a command line.

use crate::layout::Layout;
use locksmith_core::plan::{Change, Digest, Plan};
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::program::{Program, Ran};
use locksmith_wire_tests::record::Denial;
use locksmith_wire_tests::wire::Call;
use locksmith_wire_tests::world::faults::{self, Fault};
use locksmith_wire_tests::world::{Documents, Setup, World};

/// The file that plans are stored in.
pub(crate) const PLAN: &str = "plan.json";

pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) denial: Denial,
    pub(crate) program: Program,
    /// The documents before anything was changed.
    pub(crate) before: Documents,
}

/// A way of a plan.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) digest: Digest,
    pub(crate) changes: Vec<Change>,
}

impl Way {
    /// A plan's own.
    pub(crate) fn of(plan: Plan) -> Self {
        Self { digest: plan.digest, changes: plan.changes }
    }
}

impl Scene {
    pub(crate) async fn of(fault: &Fault, layout: Layout) -> Self {
        let world = World::new(Emulator::shared()).await;
        let mut setup = Setup::working(&world);
        (fault.change)(&world, &mut setup);
        let made = setup.create(&world).await;
        layout.apply(&world).await;
        let denial = Denial::new(&world, &setup, &made);
        let program = Program::new(&world, &denial);
        let before = world.documents().await;
        Self { world, denial, program, before }
    }

    /// Two accounts in which nothing allows the call.
    pub(crate) async fn of_both(layout: Layout) -> (Self, Way) {
        let fault = faults::named("nothing allows it, on either side");
        let scene = Self::of(&fault, layout).await;
        let way = Way::of(scene.program.plan(PLAN).await);
        assert_eq!(way.changes.len(), 3, "{:#?}", way.changes);
        (scene, way)
    }

    /// Takes the work of a way up, to its end.
    pub(crate) async fn work(&self, command: &str, way: &Way) -> Ran {
        self.program.work(command, PLAN, &way.digest).await
    }

    /// Fails if a run did not end as it should have, or wrote what it should not.
    pub(crate) fn ended(
        &self,
        ran: &Ran,
        status: i32,
        way: &Way,
        mark: usize,
    ) -> Result<(), String> {
        let wrong = self.world.audit(&self.world.wire.calls_since(mark), &way.changes);
        if ran.status == Some(status) && wrong.is_empty() {
            return Ok(());
        }
        Err(format!("{status} was expected: {wrong:#?}\n{}", self.story(ran, mark)))
    }

    /// Fails if the documents are not as they were.
    pub(crate) async fn is_as_before(&self) -> Result<(), String> {
        self.is(&self.before).await
    }

    /// Fails if the documents are not these.
    pub(crate) async fn is(&self, expected: &Documents) -> Result<(), String> {
        let now = self.world.documents().await;
        if now == *expected {
            return Ok(());
        }
        Err(format!("expected, and found:\n{}", expected.difference(&now)))
    }

    /// What a run said, and the calls since a mark, for people.
    pub(crate) fn story(&self, ran: &Ran, mark: usize) -> String {
        let calls: Vec<String> = self.calls(mark).iter().map(Call::line).collect();
        let Ran { status, output, errors } = ran;
        let journal = self.program.journal(PLAN).map(|it| format!("{it:#}")).unwrap_or_default();
        let story = format!(
            "status {status:?}\n{output}\n{errors}\n--- calls\n{}\n--- journal\n{journal}",
            calls.join("\n")
        );
        self.world.nicknamed(&story)
    }

    /// The program's calls since a mark.
    pub(crate) fn calls(&self, mark: usize) -> Vec<Call> {
        let mut calls = self.world.wire.calls_since(mark);
        calls.retain(|call| !call.is_administrators());
        calls
    }

    /// What the journal says of the work as a whole.
    pub(crate) fn journal_says(&self) -> Option<String> {
        let journal = self.program.journal(PLAN)?;
        journal["state"]["is"].as_str().map(str::to_owned)
    }
}

/// Every way of a plan that somebody may consent to, its own first.
pub(crate) fn ways(plan: &Plan) -> Vec<Way> {
    let own = Way::of(plan.clone());
    let others = plan.alternatives.iter().filter_map(|other| {
        Some(Way { digest: other.digest.clone()?, changes: other.changes.clone() })
    });
    std::iter::once(own).chain(others).collect()
}
