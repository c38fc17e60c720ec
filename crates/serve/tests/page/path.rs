//! The whole way, without a browser: denied, explained, approved by both owners, made, verified, taken
//! back.

use super::scene::Scene;
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_core::evaluate::{Layer, Outcome};
use locksmith_words::Words;

#[tokio::test]
async fn from_the_denial_to_the_proof_and_back() {
    let scene = Scene::new();
    let before = scene.files();
    let running = scene.logged_in(&["alice", "bob"]).await;
    let id = running.asked(&scene).await;
    let at = format!("/incidents/{id}");

    let overview = running.client.get("/").await;
    assert!(overview.body.contains(&at) && overview.body.contains("ReportReader"));
    let page = running.client.get(&at).await;
    for text in ["Awaiting approval", "kms:Decrypt", "reports/2026/q3.parquet", "class=\"added\""] {
        assert!(page.body.contains(text), "{text}");
    }

    let answer = running.decide(&id, &[("decision", "approve")]).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=counted").as_str()));
    assert_eq!(scene.incident(&id).await.state, State::AwaitingApproval);
    assert_eq!(scene.files(), before, "one owner is not enough");

    running.act_as("bob").await;
    let answer = running.decide(&id, &[("decision", "approve")]).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=approved").as_str()));
    // The answer waited for the change.
    assert_eq!(scene.incident(&id).await.state, State::Applied);
    assert_ne!(scene.files(), before);

    let form_token = running.client.get(&at).await.field("form_token");
    let answer = running.client.post(&format!("{at}/again"), &[("form_token", &form_token)]).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=succeeded").as_str()));
    assert_eq!(scene.incident(&id).await.state, State::Verified);

    let since = running.client.get(&at).await.field("since");
    let fields =
        [("form_token", form_token.as_str()), ("since", &since), ("reason", "it was a test")];
    let answer = running.client.post(&format!("{at}/undo"), &fields).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=undone").as_str()));
    assert_eq!(scene.incident(&id).await.state, State::RolledBack);
    assert_eq!(scene.incident(&id).await.remark.unwrap().to_string(), "it was a test (bob)");
    assert_eq!(scene.files(), before, "every byte is as it was");

    let answer = running.client.post(&format!("{at}/again"), &[("form_token", &form_token)]).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=denied").as_str()));
    let incident = scene.incident(&id).await;
    assert_eq!((incident.state, incident.openings), (State::AwaitingApproval, 2));
    running.stop().await;
}

/// The parts of a page between a beginning and an end.
fn parts<'p>(page: &'p str, begin: &str, end: &str) -> Vec<&'p str> {
    let after = page.split(begin).skip(1);
    after.map(|rest| rest.split_once(end).unwrap_or_else(|| panic!("no {end}: {rest}")).0).collect()
}

/// The evidence: a row for each permission with a column for each layer that has a say, and the way of
/// each permission through the layers as a picture that has a name.
#[tokio::test]
async fn the_matrix_and_the_pictures() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice"]).await;
    let id = running.asked(&scene).await;
    let card = running.service.card(&id).await.unwrap().unwrap();
    let permissions = card.diagnosis.unwrap().permissions;
    assert_eq!(permissions.len(), 2, "the object and its key");
    let page = running.client.get(&format!("/incidents/{id}?lang=en")).await.body;

    let tables = parts(&page, "<table class=\"matrix\">", "</table>");
    let [table] = tables[..] else { panic!("{} tables", tables.len()) };
    let (head, body) = table.split_once("</thead>").unwrap();
    let words = Words::new(Locale::En);
    let has_say = |layer: &Layer| {
        let cells = permissions.iter().flat_map(|permission| &permission.layers);
        cells.clone().any(|cell| cell.layer == *layer && cell.outcome != Outcome::NotApplicable)
    };
    let layers = Layer::ALL.into_iter().filter(has_say).map(|layer| words.layer_short(layer));
    let first = ["page-permission", "page-answer"].map(|id| words.say(id, &[]));
    let columns: Vec<_> = first.into_iter().chain(layers).collect();
    assert!(columns.len() > 4, "{columns:?}");
    assert_eq!(parts(head, "<th scope=\"col\">", "</th>"), columns);
    let rows = parts(body, "<tr>", "</tr>");
    assert_eq!(rows.len(), permissions.len());
    for (row, permission) in rows.iter().zip(&permissions) {
        let names = parts(row, "<th scope=\"row\">", "<small>");
        assert_eq!(names, [permission.action.as_str()]);
        assert_eq!(row.matches("<td").count(), columns.len() - 1, "{row}");
    }

    // For each permission one picture for wide windows and one for narrow ones.
    let pictures = parts(&page, "<svg class=\"path ", "</svg>");
    let kinds = pictures.iter().map(|picture| picture.split('"').next().unwrap());
    let expected = permissions.iter().flat_map(|_| ["lying", "standing"]);
    assert_eq!(kinds.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    for (picture, permission) in pictures.chunks(2).zip(&permissions) {
        for picture in picture {
            assert!(picture.contains(" role=\"img\""), "{picture}");
            let named = parts(picture, "aria-labelledby=\"", "\"");
            let title = parts(picture, &format!("<title id=\"{}\">", named[0]), "</title>");
            assert!(title[0].starts_with(&format!("{}: ", permission.action)), "{title:?}");
            assert_eq!(page.matches(&format!("id=\"{}\"", named[0])).count(), 1, "{named:?}");
        }
    }
    running.stop().await;
}
