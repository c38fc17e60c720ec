//! The condition keys of one needed permission, as far as the record and the evidence tell.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html>,
//! <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>

use super::facts::{Facts, KeySubject, S3Subject, Subject};
use crate::arn::AccountId;
use crate::context::{Context, Fact, World};
use crate::evaluate::CallerKind;
use crate::evidence::{Field, Lookup, Membership, Tag};
use crate::need::{EncryptionContext, ObjectLookup, object};
use crate::policy::Action;
use crate::simulate::{principal_account, principal_arn, principal_type};

/// What is known of every key for this permission.
pub(super) fn context(facts: &Facts<'_>, action: &Action, subject: &Subject<'_>) -> Context {
    let mut context = Context::new(World::Open);
    let forwarded = is_forwarded(facts, subject);
    principal(facts, &mut context);
    resource(facts, subject, &mut context);
    network(facts, forwarded, &mut context);
    session(facts, &mut context);
    time_and_transport(facts, forwarded, &mut context);
    match subject {
        Subject::S3(s3) => s3_keys(facts, s3, &mut context),
        Subject::Key(key) => kms_keys(facts, key, forwarded, &mut context),
        Subject::Role { found, .. } => {
            let role = match found {
                Lookup::Found(role) => Some(&role.thing.tags),
                _ => None,
            };
            sts_keys(facts, &mut context);
            tags(&mut context, "aws:ResourceTag/", "aws:resourcetag/", role);
            tags(&mut context, "iam:ResourceTag/", "iam:resourcetag/", role);
        }
        Subject::Service | Subject::Other(_) => {}
    }
    for service in ["s3:", "kms:", "sts:"] {
        if service.trim_end_matches(':') != action.service() {
            context.set_family(service, Fact::Absent);
        }
    }
    for (key, fact) in &facts.call.stated {
        context.set(key, fact.clone());
    }
    context
}

/// Whether S3 (or another service) makes this request for the caller: KMS's part of a call to S3.
fn is_forwarded(facts: &Facts<'_>, subject: &Subject<'_>) -> bool {
    match subject {
        Subject::Key(key) => key.usage.via.is_some(),
        _ => facts.call.forwarded_by.is_some(),
    }
}

fn principal(facts: &Facts<'_>, context: &mut Context) {
    let caller = &facts.call.caller;
    let member = caller.is_member();
    let unresolved = caller.kind == CallerKind::Unresolved;
    let known_path = caller.entity.arn().is_some() || !is_session(caller.kind);
    let arn = match principal_arn(caller) {
        Some(arn) if known_path => Fact::one(arn),
        _ if unresolved || is_session(caller.kind) => Fact::Unknown,
        _ => Fact::Absent,
    };
    context.set("aws:PrincipalArn", arn);
    let account = principal_account(caller);
    context.set(
        "aws:PrincipalAccount",
        if unresolved && account == Fact::Absent { Fact::Unknown } else { account },
    );
    let kind = principal_type(caller);
    context.set("aws:PrincipalType", if unresolved { Fact::Unknown } else { Fact::maybe(kind) });
    let service = caller.kind == CallerKind::Service;
    context.set("aws:PrincipalIsAWSService", Fact::one(if service { "true" } else { "false" }));
    context.set("aws:PrincipalServiceName", Fact::maybe(service.then_some(&*caller.name)));
    if !service {
        // What a service acts for; its own requests alone carry these.
        for key in [
            "aws:SourceArn",
            "aws:SourceAccount",
            "aws:SourceOwner",
            "aws:SourceOrgID",
            "aws:SourceOrgPaths",
            "aws:PrincipalServiceNamesList",
        ] {
            context.set(key, Fact::Absent);
        }
    }
    context.set("aws:userid", user_id(facts));
    let name = caller.name.rsplit('/').next().filter(|_| caller.kind == CallerKind::User);
    context.set("aws:username", if unresolved { Fact::Unknown } else { Fact::maybe(name) });
    if caller.kind == CallerKind::User {
        let user = caller
            .account
            .map(|account| facts.evidence.user(account, |user| *user.arn == *caller.name));
        if let Some(Lookup::Found(user)) = user {
            tags(context, "aws:PrincipalTag/", "aws:principaltag/", Some(&user.thing.tags));
        }
    } else if !member {
        context.set_family("aws:principaltag/", Fact::Absent);
    }
    // A session may carry tags of its own, which no record shows.
    organization(
        facts,
        caller.account,
        member,
        ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"],
        context,
    );
}

fn is_session(kind: CallerKind) -> bool {
    matches!(kind, CallerKind::Session | CallerKind::SomeSession)
}

/// `AIDA...` for users, `AROA...:session` for sessions.
fn user_id(facts: &Facts<'_>) -> Fact {
    let caller = &facts.call.caller;
    let Fact::One(id) = &caller.unique_id else {
        return match caller.kind {
            CallerKind::Anonymous | CallerKind::Service | CallerKind::Federated => Fact::Absent,
            CallerKind::Root => caller.account.map_or(Fact::Unknown, |id| Fact::one(id.as_str())),
            _ => Fact::Unknown,
        };
    };
    match caller.kind {
        CallerKind::Session => {
            let session = caller.name.splitn(3, '/').nth(2).unwrap_or_default();
            Fact::one(&format!("{id}:{session}"))
        }
        CallerKind::SomeSession => Fact::Unknown,
        CallerKind::Unresolved if caller.name.contains(':') => Fact::one(&caller.name),
        CallerKind::Root => caller.account.map_or(Fact::Unknown, |id| Fact::one(id.as_str())),
        _ => Fact::One(id.clone()),
    }
}

/// The organization of an account: its id and the path of its units.
fn organization(
    facts: &Facts<'_>,
    account: Option<AccountId>,
    has_account: bool,
    [id, paths]: [&str; 2],
    context: &mut Context,
) {
    if account.is_none() && !has_account {
        context.set(id, Fact::Absent);
        context.set(paths, Fact::Absent);
        return;
    }
    let (id_fact, paths_fact) = match facts.membership(account) {
        Membership::Member { organization, nodes } => {
            let organization = &organization.content.id;
            let mut path = format!("{organization}/");
            for (_, node) in nodes.iter().take(nodes.len().saturating_sub(1)) {
                path.push_str(&node.id);
                path.push('/');
            }
            (Fact::one(organization), Fact::many([path]))
        }
        Membership::Unknown(_) => (Fact::Unknown, Fact::Unknown),
        Membership::None => {
            let known: Vec<Box<str>> = facts
                .evidence
                .organizations()
                .unwrap_or_default()
                .iter()
                .map(|organization| organization.content.id.as_str().into())
                .collect();
            if known.is_empty() {
                (Fact::Absent, Fact::Absent)
            } else {
                // It may be in an organization that we do not know, but not in these.
                (Fact::NoneOf(known.clone()), Fact::NoneOf(known))
            }
        }
    };
    context.set(id, id_fact);
    context.set(paths, paths_fact);
}

fn resource(facts: &Facts<'_>, subject: &Subject<'_>, context: &mut Context) {
    let account = facts.account(subject);
    let owner = account.map_or(Fact::Unknown, |id| Fact::one(id.as_str()));
    if matches!(subject, Subject::S3(_)) {
        context.set("s3:ResourceAccount", owner.clone());
    }
    context.set("aws:ResourceAccount", owner);
    organization(facts, account, true, ["aws:ResourceOrgID", "aws:ResourceOrgPaths"], context);
    // Calls that read and write data carry no tags for what they make.
    if matches!(subject, Subject::S3(_) | Subject::Key(_)) && !facts.call.operation.contains("Tag")
    {
        context.set("aws:TagKeys", Fact::Absent);
        context.set_family("aws:requesttag/", Fact::Absent);
    }
}

fn network(facts: &Facts<'_>, forwarded: bool, context: &mut Context) {
    let network = &facts.call.network;
    let address =
        network.source.as_deref().filter(|text| text.parse::<core::net::IpAddr>().is_ok());
    let told = facts.call.event.is_some();
    let endpoint = network.vpc_endpoint.as_deref();
    let vpc = endpoint.map_or(Fact::Absent, |id| match facts.evidence.vpc_endpoint(id) {
        Lookup::Found(found) => found.thing.vpc_id.as_deref().map_or(Fact::Unknown, Fact::one),
        _ => Fact::Unknown,
    });
    let known = |fact: Fact| if told { fact } else { Fact::Unknown };
    // Of the first request a forwarded one keeps the public address, and nothing of an endpoint.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
    let (source_ip, private_ip) = match (address, endpoint, forwarded) {
        (Some(_), Some(_), true) => (Fact::Absent, Fact::Absent),
        (Some(address), Some(_), false) => (Fact::Absent, Fact::one(address)),
        (Some(address), None, _) => (Fact::one(address), Fact::Absent),
        (None, _, _) => (Fact::Unknown, Fact::Unknown),
    };
    let by_service = facts.call.caller.kind == CallerKind::Service;
    context.set("aws:SourceIp", if by_service { Fact::Absent } else { source_ip });
    context.set("aws:VpcSourceIp", if by_service { Fact::Absent } else { private_ip });
    if forwarded {
        context.set("aws:SourceVpce", Fact::Absent);
        context.set("aws:SourceVpc", Fact::Absent);
        return;
    }
    match endpoint {
        Some(id) => {
            context.set("aws:SourceVpce", Fact::one(id));
            context.set("aws:SourceVpc", vpc);
        }
        None => {
            context.set("aws:SourceVpce", known(Fact::Absent));
            context.set("aws:SourceVpc", known(Fact::Absent));
        }
    }
}

fn session(facts: &Facts<'_>, context: &mut Context) {
    let caller = &facts.call.caller;
    let session = &facts.call.session;
    if !caller.is_member() {
        for key in [
            "aws:MultiFactorAuthPresent",
            "aws:MultiFactorAuthAge",
            "aws:TokenIssueTime",
            "aws:SourceIdentity",
            "aws:FederatedProvider",
        ] {
            context.set(key, Fact::Absent);
        }
        return;
    }
    if !session.told {
        return;
    }
    let long_term = session.issued_at.is_none() && !is_session(caller.kind);
    // Long-term credentials carry neither MFA nor a time of issue.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
    let mfa = match session.mfa {
        Some(mfa) => Fact::one(if mfa { "true" } else { "false" }),
        None if long_term => Fact::Absent,
        None => Fact::Unknown,
    };
    if session.mfa != Some(true) && mfa != Fact::Unknown {
        context.set("aws:MultiFactorAuthAge", Fact::Absent);
    }
    context.set("aws:MultiFactorAuthPresent", mfa);
    let issued = match &session.issued_at {
        Some(time) => Fact::one(time),
        None if long_term => Fact::Absent,
        None => Fact::Unknown,
    };
    context.set("aws:TokenIssueTime", issued);
    context.set("aws:SourceIdentity", Fact::maybe(session.source_identity.as_deref()));
    let provider = session.federated_provider.as_deref();
    context.set(
        "aws:FederatedProvider",
        if long_term { Fact::Absent } else { provider.map_or(Fact::Unknown, Fact::one) },
    );
}

fn time_and_transport(facts: &Facts<'_>, forwarded: bool, context: &mut Context) {
    let call = facts.call;
    let event = call.event.as_ref();
    let time = event.and_then(|event| event.time.as_deref());
    let seconds = time
        .and_then(|time| time.parse::<jiff::Timestamp>().ok())
        .map(|time| time.as_second().to_string());
    context.set("aws:CurrentTime", time.map_or(Fact::Unknown, Fact::one));
    context.set("aws:EpochTime", seconds.as_deref().map_or(Fact::Unknown, Fact::one));
    let region = call.region.as_deref();
    context.set("aws:RequestedRegion", region.map_or(Fact::Unknown, Fact::one));
    context.set("aws:ViaAWSService", Fact::one(if forwarded { "true" } else { "false" }));
    if !forwarded {
        for key in ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"] {
            context.set(key, Fact::Absent);
        }
        let agent = event.and_then(|event| event.user_agent.as_deref());
        // Some records put the agent in brackets.
        let agent = agent.map(|agent| {
            agent.strip_prefix('[').and_then(|agent| agent.strip_suffix(']')).unwrap_or(agent)
        });
        context.set("aws:UserAgent", agent.map_or(Fact::Unknown, Fact::one));
    }
    let encrypted = event.is_some_and(|event| event.encrypted_transport) || forwarded;
    if encrypted {
        context.set("aws:SecureTransport", Fact::one("true"));
    }
}

fn s3_keys(facts: &Facts<'_>, s3: &S3Subject<'_>, context: &mut Context) {
    let call = facts.call;
    existing_tags(s3, context);
    access_point(s3, context);
    let Some(parameters) = &call.parameters else { return };
    // What the record lists is what the request held.
    for (name, value) in parameters.iter().filter(|(name, _)| name.starts_with("x-amz-")) {
        context.set(&format!("s3:{name}"), Fact::one(value));
    }
    context.set_family("s3:x-amz-content-sha256", Fact::Unknown);
    context.set_family("s3:x-amz-", Fact::Absent);
    for name in ["prefix", "delimiter", "max-keys", "versionid", "if-match", "if-none-match"] {
        context.set(&format!("s3:{name}"), Fact::maybe(call.parameter(name)));
    }
    if call.parameter("x-amz-tagging").is_none() && !call.operation.contains("Tagging") {
        context.set("s3:RequestObjectTagKeys", Fact::Absent);
        context.set_family("s3:requestobjecttag/", Fact::Absent);
    }
    let Some(event) = &call.event else { return };
    let signature = match event.signature.as_deref() {
        Some("SigV4") => Fact::one("AWS4-HMAC-SHA256"),
        Some("SigV2") => Fact::one("AWS"),
        _ => Fact::Unknown,
    };
    context.set("s3:signatureversion", signature);
    let authentication = match event.authentication.as_deref() {
        Some("AuthHeader") => Fact::one("REST-HEADER"),
        Some("QueryString") => Fact::one("REST-QUERY-STRING"),
        _ => Fact::Unknown,
    };
    context.set("s3:authType", authentication);
    let tls = event.tls_version.as_deref().map(|version| version.trim_start_matches("TLSv"));
    context.set("s3:TlsVersion", tls.map_or(Fact::Unknown, Fact::one));
}

fn existing_tags(s3: &S3Subject<'_>, context: &mut Context) {
    let Lookup::Found(bucket) = &s3.bucket else { return };
    if let ObjectLookup::Found(object) = object(bucket, &s3.target) {
        tags(context, "s3:ExistingObjectTag/", "s3:existingobjecttag/", Some(&object.tag_set));
    }
}

fn access_point(s3: &S3Subject<'_>, context: &mut Context) {
    match &s3.point {
        None => {
            for key in [
                "s3:DataAccessPointArn",
                "s3:DataAccessPointAccount",
                "s3:AccessPointNetworkOrigin",
            ] {
                context.set(key, Fact::Absent);
            }
        }
        Some(Lookup::Found(point)) => {
            let arn = point.thing.access_point_arn.as_deref();
            context.set("s3:DataAccessPointArn", arn.map_or(Fact::Unknown, Fact::one));
            context.set("s3:DataAccessPointAccount", Fact::one(point.account.as_str()));
            if let Field::Set(origin) = &point.thing.network_origin {
                context.set("s3:AccessPointNetworkOrigin", Fact::one(origin));
            }
        }
        Some(_) => {
            let point = crate::arn::Arn::parse(&s3.target.bucket);
            context.set("s3:DataAccessPointArn", Fact::one(&s3.target.bucket));
            if let Some(account) = point.and_then(|arn| arn.account_id()) {
                context.set("s3:DataAccessPointAccount", Fact::one(account.as_str()));
            }
        }
    }
}

fn kms_keys(facts: &Facts<'_>, key: &KeySubject<'_>, forwarded: bool, context: &mut Context) {
    let call = facts.call;
    let caller = call.caller.account;
    context.set("kms:CallerAccount", caller.map_or(Fact::Unknown, |id| Fact::one(id.as_str())));
    via(facts, key, forwarded, context);
    match &key.usage.context {
        EncryptionContext::Known(pairs) => {
            for (name, value) in pairs {
                context.set(&format!("kms:EncryptionContext:{name}"), Fact::one(value));
            }
            let names = if pairs.is_empty() { Fact::Absent } else { Fact::many(pairs.keys()) };
            context.set("kms:EncryptionContextKeys", names);
            context.set_family("kms:encryptioncontext:", Fact::Absent);
        }
        EncryptionContext::Unknown => {}
    }
    let symmetric = key.usage.bucket.is_some();
    let algorithm =
        call.parameter("encryptionalgorithm").or(symmetric.then_some("SYMMETRIC_DEFAULT"));
    if let Some(algorithm) = algorithm {
        context.set("kms:EncryptionAlgorithm", Fact::one(algorithm));
    }
    let alias = call.parameter("keyid").filter(|id| id.starts_with("alias/"));
    if call.service == "kms" && call.parameters.is_some() {
        context.set("kms:RequestAlias", Fact::maybe(alias));
    }
    let Lookup::Found(found) = &key.found else { return };
    tags(context, "aws:ResourceTag/", "aws:resourcetag/", Some(&found.thing.tags));
    if let Field::Set(aliases) = &found.thing.aliases {
        let names = aliases.iter().map(|alias| &alias.alias_name);
        context.set("kms:ResourceAliases", Fact::many(names));
    }
    let Some(metadata) = found.thing.key_metadata.get() else { return };
    let pairs = [
        ("kms:KeySpec", &metadata.key_spec),
        ("kms:KeyUsage", &metadata.key_usage),
        ("kms:KeyOrigin", &metadata.origin),
    ];
    for (name, field) in pairs {
        if let Field::Set(value) = field {
            context.set(name, Fact::one(value));
        }
    }
    if let Field::Set(flag) = &metadata.multi_region {
        context.set("kms:MultiRegion", Fact::one(if *flag { "true" } else { "false" }));
    }
}

/// `kms:ViaService` and its kin. The suffix is `.amazonaws.com` in all partitions.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service>
fn via(facts: &Facts<'_>, key: &KeySubject<'_>, forwarded: bool, context: &mut Context) {
    if !forwarded {
        let known = facts.call.event.is_some();
        context.set("kms:ViaService", if known { Fact::Absent } else { Fact::Unknown });
        return;
    }
    let service = key.usage.via.as_deref().and_then(|via| via.split('.').next());
    let bucket_region = match (&key.usage.bucket, &key.arn) {
        // S3 calls KMS in the bucket's Region.
        (Some(bucket), _) => match facts.evidence.bucket(bucket) {
            Lookup::Found(found) => crate::need::region(facts.call, &found),
            _ => facts.call.region.clone(),
        },
        _ => facts.call.region.clone(),
    };
    let named = service.filter(|service| *service != "AWS Internal").zip(bucket_region);
    let via = named.map(|(service, region)| format!("{service}.{region}.amazonaws.com"));
    context.set("kms:ViaService", via.as_deref().map_or(Fact::Unknown, Fact::one));
    let called_via = service.filter(|service| *service != "AWS Internal");
    let called_via = called_via.map(|service| format!("{service}.amazonaws.com"));
    for name in ["aws:CalledViaFirst", "aws:CalledViaLast"] {
        context.set(name, called_via.as_deref().map_or(Fact::Unknown, Fact::one));
    }
    context.set("aws:CalledVia", called_via.map_or(Fact::Unknown, |service| Fact::many([service])));
}

/// What a request to assume a role holds, where the record shows it.
fn sts_keys(facts: &Facts<'_>, context: &mut Context) {
    let call = facts.call;
    if call.parameters.is_none() {
        return;
    }
    context.set("sts:ExternalId", Fact::maybe(call.parameter("externalid")));
    context.set("sts:RoleSessionName", Fact::maybe(call.parameter("rolesessionname")));
    context.set("sts:SourceIdentity", Fact::maybe(call.parameter("sourceidentity")));
    if call.parameter("tags").is_none() {
        context.set("aws:TagKeys", Fact::Absent);
        context.set_family("aws:requesttag/", Fact::Absent);
    }
}

/// Tags that were read: each a key, and no others.
fn tags(context: &mut Context, start: &str, family: &'static str, read: Option<&Field<Vec<Tag>>>) {
    let tags = match read {
        Some(Field::Set(tags)) => tags.as_slice(),
        Some(Field::NotSet) => &[],
        Some(Field::Unreadable(_)) | None => return,
    };
    for tag in tags {
        context.set(&format!("{start}{}", tag.key), Fact::one(&tag.value));
    }
    context.set_family(family, Fact::Absent);
}
