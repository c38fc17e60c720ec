//! Each state has a page that makes sense, in each language.

use super::scene::Scene;
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::remark::Remark;
use locksmith_words::Words;

#[tokio::test]
async fn every_state_has_its_page_in_every_language() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice"]).await;
    let id = running.asked(&scene).await;
    running.client.get(&format!("/incidents/{id}")).await;
    // Nobody works on what is forged here.
    let address = running.client.clone();
    for state in State::ALL {
        scene
            .forge(&id, |incident| {
                incident.state = state;
                incident.remark = Some(Remark::Over);
            })
            .await;
        for locale in Locale::ALL {
            let words = Words::new(locale);
            let page = address.get(&format!("/incidents/{id}?lang={locale}")).await;
            assert_eq!(page.status, 200, "{state} {locale}");
            let body = &page.body;
            assert!(body.contains(&format!("<html lang=\"{locale}\">")), "{state} {locale}");
            assert!(body.contains(&words.state(state)), "{state} {locale}");
            assert!(!body.contains(">page-"), "{state} {locale}: a text is missing");
            let apart_from_menu = body.replace("lang=\"en\" hreflang=\"en\"", "");
            let is_english = apart_from_menu.contains("lang=\"en\"");
            assert_eq!(is_english, locale == Locale::En, "{state} {locale}: English within");
            let asks = body.contains("name=\"decision\" value=\"approve\"");
            assert_eq!(asks, state == State::AwaitingApproval, "{state} {locale}");
            if state != State::AwaitingApproval {
                assert!(body.contains(&words.remark(&Remark::Over)), "{state} {locale}");
            }
            let list =
                address.get(&format!("/incidents?state={}&lang={locale}", state.name())).await;
            assert!(list.body.contains(&id.to_string()), "{state} {locale}");
        }
    }
    running.stop().await;
}
