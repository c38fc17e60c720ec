//! Who is let in, and what a page elsewhere can do: nothing.

use super::client::{Answer, Client};
use super::scene::Scene;
use locksmith_app::incident::State;

/// Nothing but what is listed, on every answer.
fn is_guarded(answer: &Answer) {
    let policy = answer.header("content-security-policy").unwrap();
    for rule in
        ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"]
    {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("script-src") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.header("x-frame-options"), Some("DENY"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice"]).await;
    let id = running.asked(&scene).await;
    let client = &running.client;
    let stranger = Client::new(client.address);
    for path in [
        "/",
        "/incidents?state=failed",
        &format!("/incidents/{id}"),
        "/nothing",
        "/style.css",
        "/healthz",
    ] {
        is_guarded(&client.get(path).await);
        is_guarded(&stranger.get(path).await);
    }
    is_guarded(&client.post("/logout", &[]).await);
    is_guarded(&stranger.send("POST", "/events", &[], "{}").await);
    is_guarded(&stranger.send("GET", "/", &[("host", "evil.example")], "").await);
    for element in ["<script", " style=", " onclick="] {
        assert!(!client.get(&format!("/incidents/{id}")).await.body.contains(element), "{element}");
    }
    running.stop().await;
}

#[tokio::test]
async fn the_link_lets_in_once() {
    let scene = Scene::new();
    let mut running = scene.run(&["alice"]).await;
    let link = scene.link().await;
    let stranger = Client::new(running.client.address);
    assert_eq!(stranger.get("/").await.status, 401);
    assert_eq!(stranger.get("/login?token=").await.status, 401);
    assert_eq!(stranger.get(&format!("/login?token={}", "0".repeat(64))).await.status, 401);
    let answer = running.client.log_in(&link).await;
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(running.client.get("/").await.status, 200);
    let mut late = Client::new(running.client.address);
    assert_eq!(late.log_in(&link).await.status, 401);
    assert_eq!(late.cookie, None);

    // Whoever goes out is out.
    let token = running.client.get("/").await.field("form_token");
    assert_eq!(running.client.post("/logout", &[("form_token", &token)]).await.status, 200);
    assert_eq!(running.client.get("/").await.status, 401);
    running.stop().await;
}

#[tokio::test]
async fn forms_are_the_visitors_own() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice"]).await;
    let id = running.asked(&scene).await;
    let [(_, token), (_, digest), (_, asked_at)] = running.form(&id).await;
    let path = format!("/incidents/{id}/decision");
    let fields = |token: &str| {
        [
            ("form_token", token.to_owned()),
            ("digest", digest.clone()),
            ("asked_at", asked_at.clone()),
            ("decision", "approve".to_owned()),
        ]
    };
    let send = async |client: &Client, token: &str, headers: &[(&str, &str)]| {
        let fields = fields(token);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        client.post_with(&path, &fields, headers).await.status
    };
    let own = running.client.origin();
    let origin: &[(&str, &str)] = &[("origin", &own)];

    // The token: missing, wrong, of another session.
    assert_eq!(send(&running.client, "", origin).await, 403);
    assert_eq!(send(&running.client, &"0".repeat(64), origin).await, 403);
    scene.links.lock().unwrap().clear();
    let mut other = Client::new(running.client.address);
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    assert_eq!(other.get("/").await.status, 401);
    other.log_in(&scene.link().await).await;
    let theirs = other.get("/").await.field("form_token");
    assert_ne!(theirs, token);
    assert_eq!(send(&running.client, &theirs, origin).await, 403);
    assert_eq!(send(&other, &token, origin).await, 403);

    // Where the form is from.
    for headers in [
        &[][..],
        &[("origin", "http://evil.example")],
        &[("origin", "null")],
        &[("origin", "null"), ("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", &own), ("host", "evil.example")],
    ] {
        let status = send(&running.client, &token, headers).await;
        assert!(matches!(status, 403 | 421), "{headers:?}: {status}");
    }
    // Without a session there is no form at all.
    assert_eq!(send(&Client::new(running.client.address), &token, origin).await, 401);
    assert_eq!(scene.service().card(&id).await.unwrap().unwrap().approvals.given, []);

    assert_eq!(send(&running.client, &token, &[("sec-fetch-site", "same-origin")]).await, 303);
    assert_eq!(scene.service().card(&id).await.unwrap().unwrap().approvals.given.len(), 1);
    running.stop().await;
}

#[tokio::test]
async fn a_name_that_leads_here_is_not_ours() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice"]).await;
    let port = running.client.address.port();
    let get =
        async |host: &str| running.client.send("GET", "/", &[("host", host)], "").await.status;
    for host in
        [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("LOCALHOST:{port}")]
    {
        assert_eq!(get(&host).await, 200, "{host}");
    }
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        String::new(),
    ] {
        assert_eq!(get(&host).await, 421, "{host}");
    }
    let twice = [("host", "evil.example"), ("host", &format!("127.0.0.1:{port}"))];
    assert!(matches!(running.client.send("GET", "/", &twice, "").await.status, 400 | 421));
    running.stop().await;
}

#[tokio::test]
async fn behind_a_proxy_its_header_says_who_it_is() {
    let scene = Scene::new();
    let running = scene.run_behind_a_proxy().await;
    let id = running.asked(&scene).await;
    assert_eq!(scene.links.lock().unwrap().len(), 0, "there is no link");
    let host = ("host", "locksmith.example.com");
    let get = async |headers: &[(&str, &str)]| {
        let headers: Vec<_> = [host].into_iter().chain(headers.iter().copied()).collect();
        running.client.send("GET", &format!("/incidents/{id}"), &headers, "").await
    };
    assert_eq!(get(&[("x-user", "alice")]).await.status, 200);
    for headers in [
        &[][..],
        &[("x-user", "nobody")],
        &[("x-user", "")],
        &[("x-user", "alice"), ("x-user", "bob")],
    ] {
        assert_eq!(get(headers).await.status, 403, "{headers:?}");
    }
    let direct = running.client.send("GET", "/", &[("x-user", "alice")], "").await;
    assert_eq!(direct.status, 421, "the page has the proxy's name");

    // A form of one person is no form of another.
    let page = get(&[("x-user", "bob")]).await;
    let fields = ["form_token", "digest", "asked_at"].map(|name| (name, page.field(name)));
    let mut fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("decision", "approve"));
    let origin = ("origin", "https://locksmith.example.com");
    let path = format!("/incidents/{id}/decision");
    let send = async |person: &str| {
        running.client.post_with(&path, &fields, &[host, origin, ("x-user", person)]).await.status
    };
    assert_eq!(send("alice").await, 403);
    assert_eq!(send("bob").await, 303);
    let given = scene.service().card(&id).await.unwrap().unwrap().approvals.given;
    assert_eq!(given.iter().map(|one| one.person.as_str()).collect::<Vec<_>>(), ["bob"]);
    assert_eq!(scene.incident(&id).await.state, State::AwaitingApproval);
    running.stop().await;
}

#[tokio::test]
async fn nobody_acts_as_somebody_who_is_not_offered() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice", "bob"]).await;
    let act_as = async |person: &str, back: &str| {
        let token = running.client.get("/").await.field("form_token");
        let fields = [("form_token", token.as_str()), ("person", person), ("back", back)];
        running.client.post("/act-as", &fields).await
    };
    assert_eq!(act_as("carol", "/").await.status, 403);
    for (back, leads_to) in [
        ("/incidents?state=failed", "/incidents?state=failed"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\r\nset-cookie: a=b", "/"),
    ] {
        assert_eq!(act_as("bob", back).await.header("location"), Some(leads_to), "{back}");
    }
    // A page that was shown to bob decides nothing once the visitor acts as alice.
    let token = running.client.get("/").await.field("form_token");
    act_as("alice", "/").await;
    let fields = [("form_token", token.as_str()), ("person", "bob")];
    assert_eq!(running.client.post("/act-as", &fields).await.status, 403);
    running.stop().await;
}

/// As a link, an address that begins with two slashes leads to another server.
#[tokio::test]
async fn an_address_that_leads_elsewhere_is_in_no_link() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice", "bob"]).await;
    let stranger = Client::new(running.client.address);
    for path in ["//evil.example/x", "//evil.example", "/incidents//evil.example"] {
        for (client, status) in [(&running.client, 404), (&stranger, 401)] {
            let page = client.get(path).await;
            assert_eq!(page.status, status, "{path}");
            assert!(!page.body.contains("\"//"), "{path}: {}", page.body);
            let own = if path.starts_with("//") { "/" } else { path };
            assert!(page.body.contains(&format!("href=\"{own}?lang=fr\"")), "{path}");
        }
    }
    running.stop().await;
}
