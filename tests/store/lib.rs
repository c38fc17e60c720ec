//! What every store has to do, as functions over the ports: `suite` one behaviour at a time,
//! `model` by random operations beside a model in memory.

#![expect(
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a suite of tests: what goes wrong here has to fail the test, loudly"
)]

pub mod model;
pub mod samples;
pub mod suite;

/// Makes a test of each case of the suite; `$open` gives a new and empty store, with whatever has to
/// live as long as it.
#[macro_export]
macro_rules! suite {
    ($open:path) => {
        $crate::suite! { $open;
            incidents::what_is_written_is_read,
            incidents::creation_is_exclusive,
            incidents::a_version_that_does_not_follow_conflicts,
            incidents::every_increment_survives,
            incidents::groups_are_apart_and_in_order,
            incidents::odd_texts_and_numbers_survive,
            incidents::remarks_survive,
            incidents::what_may_be_forgotten_is_there_until_it_is,
            attachments::they_come_and_stay_with_their_incident,
            attachments::a_refused_write_leaves_none,
            attachments::they_are_the_winners,
            attachments::large_ones_survive_and_shrink,
            lists::pages_hold_everything_once_in_order,
            lists::they_follow_the_state,
            lists::what_leaves_between_pages_takes_nothing_with_it,
            lists::limits_and_places_are_checked,
            limits::each_hour_and_principal_has_its_own,
            limits::a_crowd_gets_no_more,
            owners::they_are_learned_and_forgotten,
            ledger::fixes_are_read_as_they_were_written,
            ledger::a_fix_that_does_not_follow_conflicts,
            ledger::pages_hold_everything_once,
            locks::one_has_it_at_a_time,
            locks::a_crowd_takes_it_once,
        }
    };
    ($open:path; $($module:ident::$case:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                let (store, _alive) = $open().await;
                $crate::suite::$module::$case(&store).await;
            }
        )*
    };
}
