//! Every state in every language, usual and largest, stays within what the systems take. The servers
//! check each request.

use crate::cards::{card, largest};
use crate::closing::{Keeps, Stage};
use crate::opscenter::OpsCenter;
use crate::server::Vendor;
use crate::system::{TOKEN, Vault};
use crate::{github, jira, opscenter, servicenow, webhook};
use locksmith_app::config::Locale;
use locksmith_app::incident::State;

async fn check<V: Vendor>(stage: Stage<V>) {
    for state in State::ALL {
        for card in [card(state), largest(state)] {
            let known = stage.upsert(None, &card, false).await.unwrap();
            stage.upsert(Some(&known), &card, true).await.unwrap();
        }
    }
    stage.server.check();
}

async fn check_opscenter(locale: Locale) {
    let (ops, vault) = (OpsCenter::default(), vault());
    let under = opscenter::under(&ops, &vault, locale);
    for state in State::ALL {
        for card in [card(state), largest(state)] {
            let known = under.upsert(None, &card, false).await.unwrap();
            under.upsert(Some(&known), &card, true).await.unwrap();
        }
    }
    for kept in ops.inner.lock().unwrap().kept() {
        assert!(kept.text.chars().count() > 200, "hardly anything is left: {}", kept.text);
    }
}

fn vault() -> Vault {
    Vault::new(TOKEN, TOKEN)
}

/// The same in every language.
macro_rules! in_every_language {
    ($($name:ident: $locale:ident,)*) => {
        $(#[tokio::test]
        async fn $name() {
            let locale = Locale::$locale;
            check(github::stage(locale, vault()).await).await;
            check(jira::stage(locale, vault()).await).await;
            check(servicenow::stage(locale, vault()).await).await;
            check(webhook::stage(locale, vault()).await).await;
            check_opscenter(locale).await;
        })*

        #[test]
        fn no_language_is_left_out() {
            assert_eq!(Locale::ALL, [$(Locale::$locale),*]);
        }
    };
}

in_every_language! {
    in_english: En,
    in_french: Fr,
    in_japanese: Ja,
    in_korean: Ko,
    in_simplified_chinese: ZhHans,
    in_traditional_chinese: ZhHant,
}
