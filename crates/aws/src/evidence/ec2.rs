//! The one operation of EC2 that is called: `DescribeVpcEndpoints`, by the documented [Query API].
//!
//! [Query API]: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-request.html

use super::answer::{Answer, Failure};
use super::session::Session;
use crate::own_call::{self, OwnCall, Protocol};
use aws_smithy_runtime_api::box_error::BoxError;
use serde::Deserialize;

/// The version of the API, which is part of every request.
const VERSION: &str = "2016-11-15";

const EC2: Protocol = Protocol {
    service: "ec2",
    content_type: "application/x-www-form-urlencoded; charset=utf-8",
    refusal,
    // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
    throttles: &["RequestLimitExceeded", "Throttling"],
};

/// A VPC endpoint as `DescribeVpcEndpoints` tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct VpcEndpoint {
    #[serde(rename = "vpcEndpointId")]
    pub(super) id: String,
    #[serde(rename = "vpcEndpointType")]
    pub(super) kind: Option<String>,
    pub(super) vpc_id: Option<String>,
    pub(super) service_name: Option<String>,
    pub(super) state: Option<String>,
    pub(super) owner_id: Option<String>,
    pub(super) policy_document: Option<String>,
}

/// A page of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Page {
    vpc_endpoint_set: Items,
    next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Items {
    item: Vec<VpcEndpoint>,
}

/// The most pages that are read.
const PAGES: usize = 50;

/// The VPC endpoint of an id, or all of the account and Region. None has an id that does not exist.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html>
pub(super) async fn describe_vpc_endpoints(
    session: &Session,
    id: Option<&str>,
) -> Answer<Vec<VpcEndpoint>> {
    let name = "DescribeVpcEndpoints";
    let mut here = session.clone();
    let mut found = Vec::new();
    let mut token: Option<String> = None;
    for _ in 0..PAGES {
        let mut body = format!("Action={name}&Version={VERSION}");
        if let Some(id) = id {
            body.extend(["&VpcEndpointId.1=", &escaped(id)]);
        }
        if let Some(token) = &token {
            body.extend(["&NextToken=", &escaped(token)]);
        }
        let call = OwnCall { operation: name, path: "/", target: None, body };
        let answer = own_call::send(session, &EC2, call, page);
        match here.call(name, answer).await {
            Ok(page) => {
                found.extend(page.vpc_endpoint_set.item);
                token = page.next_token.filter(|token| !token.is_empty());
            }
            Err(failure) if failure.is(&["InvalidVpcEndpointId.NotFound"]) => return Ok(found),
            Err(failure) => return Err(failure),
        }
        if token.is_none() {
            return Ok(found);
        }
        here = here.after();
    }
    Err(Failure::because(name, format!("there are more than {PAGES} pages")))
}

fn page(text: &str) -> Result<Page, BoxError> {
    Ok(quick_xml::de::from_str(text)?)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html#api-error-response>
fn refusal(text: &str) -> (Option<String>, Option<String>) {
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "PascalCase", default)]
    struct Response {
        errors: Errors,
    }
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "PascalCase", default)]
    struct Errors {
        error: One,
    }
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "PascalCase", default)]
    struct One {
        code: Option<String>,
        message: Option<String>,
    }
    let response: Response = quick_xml::de::from_str(text).unwrap_or_default();
    (response.errors.error.code, response.errors.error.message)
}

/// Ids and tokens as a form writes them.
fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::{Page, escaped, refusal};

    const ANSWER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>19a9ff46-7df6-49b8-9726-3df27527089d</requestId>
  <vpcEndpointSet>
    <item>
      <vpcEndpointId>vpce-0a1b</vpcEndpointId>
      <vpcEndpointType>Gateway</vpcEndpointType>
      <vpcId>vpc-1</vpcId>
      <serviceName>com.amazonaws.us-west-2.s3</serviceName>
      <state>available</state>
      <policyDocument>{"Statement":[{"Effect":"Allow","Resource":"a&amp;b"}]}</policyDocument>
      <routeTableIdSet><item>rtb-3</item></routeTableIdSet>
      <privateDnsEnabled>false</privateDnsEnabled>
    </item>
    <item><vpcEndpointId>vpce-2</vpcEndpointId></item>
  </vpcEndpointSet>
  <nextToken>more</nextToken>
</DescribeVpcEndpointsResponse>"#;

    #[test]
    fn answers_are_read() {
        let page: Page = quick_xml::de::from_str(ANSWER).unwrap();
        let [first, second] = &*page.vpc_endpoint_set.item else { panic!("{page:?}") };
        let policy = r#"{"Statement":[{"Effect":"Allow","Resource":"a&b"}]}"#;
        assert_eq!(first.policy_document.as_deref(), Some(policy));
        assert_eq!(first.vpc_id.as_deref(), Some("vpc-1"));
        assert_eq!((&*second.id, &second.policy_document), ("vpce-2", &None));
        assert_eq!(page.next_token.as_deref(), Some("more"));
        let empty =
            "<DescribeVpcEndpointsResponse><vpcEndpointSet/></DescribeVpcEndpointsResponse>";
        assert_eq!(quick_xml::de::from_str::<Page>(empty).unwrap(), Page::default());
    }

    #[test]
    fn refusals_are_read() {
        let text = "<Response><Errors><Error><Code>UnauthorizedOperation</Code>\
                    <Message>You are not authorized.</Message></Error></Errors></Response>";
        let (code, message) = refusal(text);
        assert_eq!(code.as_deref(), Some("UnauthorizedOperation"));
        assert_eq!(message.as_deref(), Some("You are not authorized."));
        assert_eq!(refusal("<html>"), (None, None));
    }

    #[test]
    fn tokens_are_escaped() {
        assert_eq!(escaped("a-b=/+"), "a-b%3D%2F%2B");
    }
}
