//! A storm: a job without its permission goes through all its files.

use jiff::SignedDuration;
use locksmith_wire_tests::binaries::Profile;
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::record::Denial;
use locksmith_wire_tests::service::Service;
use locksmith_wire_tests::world::{Setup, World, faults};

/// How many denials. The example `measure` does the same with 100,000.
const DENIALS: i64 = 6_000;

/// One cause makes one incident, one diagnosis and a few writes, however many denials there are.
#[tokio::test(flavor = "multi_thread")]
async fn one_incident_of_thousands_of_denials() {
    let world = World::new(Emulator::shared()).await;
    let mut setup = Setup::working(&world);
    (faults::named("the key policy lacks the statement").change)(&world, &mut setup);
    let made = setup.create(&world).await;
    let denial = Denial::new(&world, &setup, &made);
    let mut service = Service::start(world, Profile::Tests).await;
    let mark = service.world.wire.mark();
    for number in 0..DENIALS {
        let one = denial.again(SignedDuration::from_millis(number * 5));
        service.arrive([one.callers_copy()]);
        if number % 10 == 0 {
            service.arrive([one.owners_copy(), one.kms()]);
        }
    }
    let batches = service.detect().await.invocations;
    let writes = service.world.wire.writes_since(mark);
    service.diagnose().await;

    let incident = service.incident().await.unwrap();
    assert_eq!(i64::try_from(incident.count).unwrap(), DENIALS + DENIALS / 10);
    assert_eq!(service.announced_as("detected").len(), 1);
    assert_eq!(service.announced_as("diagnosed").len(), 1);
    // One for each batch; and for the opening the principal's allowance, the record and the note
    // that it was announced.
    assert!(writes <= batches + 3, "{writes} writes in {batches} batches");
}
