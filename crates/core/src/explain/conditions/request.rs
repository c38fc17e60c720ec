//! Keys about how and when the request came.

use crate::context::{Context, Fact};
use crate::evaluate::CallerKind;
use crate::evidence::Lookup;
use crate::explain::facts::Facts;

pub(super) fn network(facts: &Facts<'_>, forwarded: bool, context: &mut Context) {
    let network = &facts.call.network;
    let address =
        network.source.as_deref().filter(|text| text.parse::<core::net::IpAddr>().is_ok());
    let told = facts.call.event.is_some();
    let endpoint = network.vpc_endpoint.as_deref();
    let vpc = endpoint.map_or(Fact::Absent, |id| match facts.evidence.vpc_endpoint(id) {
        Lookup::Found(found) => found.thing.vpc_id.get().map_or(Fact::Unknown, |id| Fact::one(id)),
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

pub(super) fn time_and_transport(facts: &Facts<'_>, forwarded: bool, context: &mut Context) {
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
    // KMS and STS have no endpoints without TLS.
    let always = event.is_some() && ["kms", "sts"].contains(&&*call.service);
    let encrypted = always || forwarded || event.is_some_and(|event| event.encrypted_transport);
    if encrypted {
        context.set("aws:SecureTransport", Fact::one("true"));
    }
}
