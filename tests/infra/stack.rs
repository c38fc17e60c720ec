//! A template with its parameters filled in: what `CloudFormation` would make of it, as far as
//! policies, rules and functions go.

use crate::yaml;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The templates by file name. Tests change their texts to see that checks bite.
pub(crate) type Sources = BTreeMap<String, String>;

/// The resources of a stack and of the stacks within it, by logical name.
pub(crate) struct Stack {
    pub(crate) resources: BTreeMap<String, Value>,
    outputs: Map<String, Value>,
}

impl Stack {
    /// Deploys a template in an account and Region.
    pub(crate) fn deploy(
        sources: &Sources,
        file: &str,
        place: Place<'_>,
        parameters: &[(&str, &str)],
    ) -> Self {
        let given = parameters.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
        Self::nested(sources, file, place, &given.collect())
    }

    fn nested(sources: &Sources, file: &str, place: Place<'_>, given: &Map<String, Value>) -> Self {
        let template = yaml::parse(&sources[file]);
        let mut scope = Scope { template: &template, place, given, nested: BTreeMap::new() };
        let mut resources = BTreeMap::new();
        let listed = template["Resources"].as_object().unwrap();
        let is_stack = |resource: &Value| resource["Type"] == "AWS::Serverless::Application";
        let mut stacks: Vec<_> = listed.iter().filter(|(_, resource)| is_stack(resource)).collect();
        while !stacks.is_empty() {
            // One that needs nothing of those that are still to come.
            let needs = |properties: &Value, (other, _): &(&String, &Value)| {
                properties.to_string().contains(&format!("{other}.Outputs."))
            };
            let ready = |(_, resource): &(&String, &Value)| {
                !stacks.iter().any(|stack| needs(&resource["Properties"], stack))
            };
            let ready = stacks.iter().position(ready).unwrap_or_else(|| panic!("{file}: a circle"));
            let (name, resource) = stacks.remove(ready);
            let parameters = scope.value(&resource["Properties"]["Parameters"]).unwrap();
            let location = resource["Properties"]["Location"].as_str().unwrap();
            let inner = Self::nested(sources, location, place, parameters.as_object().unwrap());
            resources.extend(inner.resources);
            scope.nested.insert(name.clone(), inner.outputs);
        }
        for (name, resource) in listed.iter().filter(|(_, resource)| !is_stack(resource)) {
            let made = |condition: &Value| scope.condition(&json!({"Condition": condition}));
            if resource.get("Condition").is_none_or(made) {
                let mut resource = resource.clone();
                let properties = resource.get("Properties").cloned().unwrap_or(json!({}));
                resource["Properties"] = scope.value(&properties).unwrap();
                resources.insert(name.clone(), resource);
            }
        }
        let output = |(name, output): (&String, &Value)| {
            let value = output.get("Condition").is_none().then(|| scope.value(&output["Value"]));
            Some((name.clone(), value??))
        };
        let outputs = template["Outputs"].as_object().into_iter().flatten().filter_map(output);
        let outputs = outputs.collect();
        Self { resources, outputs }
    }

    /// A resource's properties.
    pub(crate) fn properties(&self, name: &str) -> &Value {
        let resource = self.resources.get(name);
        &resource.unwrap_or_else(|| panic!("the stack has no {name}"))["Properties"]
    }

    /// The names of the resources of a type.
    pub(crate) fn of_type(&self, kind: &str) -> Vec<&str> {
        let is = |resource: &Value| resource["Type"] == kind;
        self.resources.iter().filter(|(_, r)| is(r)).map(|(name, _)| name.as_str()).collect()
    }
}

/// Where a stack is deployed.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) account: &'a str,
    pub(crate) region: &'a str,
}

struct Scope<'a> {
    template: &'a Value,
    place: Place<'a>,
    given: &'a Map<String, Value>,
    nested: BTreeMap<String, Map<String, Value>>,
}

impl Scope<'_> {
    /// A value without functions; none for `AWS::NoValue`.
    fn value(&self, value: &Value) -> Option<Value> {
        match value {
            Value::Array(values) => {
                Some(values.iter().filter_map(|value| self.value(value)).collect())
            }
            Value::Object(object) => match function(object) {
                Some((name, argument)) => self.call(name, argument),
                None => {
                    let entry =
                        |(key, value): (&String, &Value)| Some((key.clone(), self.value(value)?));
                    Some(Value::Object(object.iter().filter_map(entry).collect()))
                }
            },
            plain => Some(plain.clone()),
        }
    }

    fn call(&self, name: &str, argument: &Value) -> Option<Value> {
        match name {
            "Ref" => self.reference(argument.as_str().unwrap()),
            "Fn::GetAtt" => Some(self.attribute(argument.as_str().unwrap())),
            "Fn::Sub" => Some(json!(self.substitute(argument.as_str().unwrap()))),
            "Fn::If" => {
                let holds = self.condition(&json!({"Condition": argument[0]}));
                self.value(&argument[if holds { 1 } else { 2 }])
            }
            "Fn::Join" => {
                let parts = self.value(&argument[1]).unwrap();
                let parts: Vec<&str> =
                    parts.as_array().unwrap().iter().map(|part| part.as_str().unwrap()).collect();
                Some(json!(parts.join(argument[0].as_str().unwrap())))
            }
            other => panic!("the tests know no {other}"),
        }
    }

    fn condition(&self, condition: &Value) -> bool {
        let (name, argument) = function(condition.as_object().unwrap()).unwrap();
        match name {
            "Condition" => self.condition(&self.template["Conditions"][argument.as_str().unwrap()]),
            "Fn::Equals" => self.value(&argument[0]) == self.value(&argument[1]),
            "Fn::Not" => !self.condition(&argument[0]),
            "Fn::And" => argument.as_array().unwrap().iter().all(|one| self.condition(one)),
            other => panic!("the tests know no {other}"),
        }
    }

    fn reference(&self, name: &str) -> Option<Value> {
        match name {
            "AWS::AccountId" => return Some(json!(self.place.account)),
            "AWS::Region" => return Some(json!(self.place.region)),
            "AWS::Partition" => return Some(json!("aws")),
            "AWS::URLSuffix" => return Some(json!("amazonaws.com")),
            "AWS::NoValue" => return None,
            _ => {}
        }
        if let Some(parameter) = self.template["Parameters"].get(name) {
            let value = self.given.get(name).or_else(|| parameter.get("Default"));
            let value = value.unwrap_or_else(|| panic!("no value for the parameter {name}"));
            return Some(match (parameter["Type"].as_str(), value) {
                (Some("CommaDelimitedList"), Value::String(text)) => text.split(',').collect(),
                (_, Value::Number(number)) => json!(number.to_string()),
                (_, value) => value.clone(),
            });
        }
        Some(json!(match self.kind(name) {
            "AWS::SNS::Topic" | "AWS::SecretsManager::Secret" => self.arn(name),
            _ => self.name(name),
        }))
    }

    fn attribute(&self, path: &str) -> Value {
        let (name, attribute) = path.split_once('.').unwrap();
        match (attribute.strip_prefix("Outputs."), attribute) {
            (Some(output), _) => match self.nested.get(name).and_then(|stack| stack.get(output)) {
                Some(value) => value.clone(),
                None => panic!("the stack {name} has no output {output}"),
            },
            (None, "Arn") => json!(self.arn(name)),
            (None, "QueueName") => json!(self.name(name)),
            (None, other) => panic!("the tests know no attribute {other}"),
        }
    }

    fn substitute(&self, text: &str) -> String {
        let mut parts = text.split("${");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap();
            let value = if name.contains('.') {
                self.attribute(name)
            } else {
                self.reference(name).unwrap()
            };
            out.push_str(value.as_str().unwrap());
            out.push_str(rest);
        }
        out
    }

    fn resource(&self, name: &str) -> &Value {
        let resource = self.template["Resources"].get(name);
        resource.unwrap_or_else(|| panic!("the template has no {name}"))
    }

    fn kind(&self, name: &str) -> &str {
        self.resource(name)["Type"].as_str().unwrap()
    }

    /// The name that the template gives a resource, or else its logical one.
    fn name(&self, name: &str) -> String {
        let property = match self.kind(name) {
            "AWS::IAM::Role" => "RoleName",
            "AWS::Logs::LogGroup" => "LogGroupName",
            "AWS::Serverless::Function" => "FunctionName",
            "AWS::SNS::Topic" => "TopicName",
            _ => "Name",
        };
        let given = self.resource(name)["Properties"].get(property);
        given
            .and_then(|given| self.value(given)?.as_str().map(str::to_owned))
            .unwrap_or(name.into())
    }

    fn arn(&self, logical: &str) -> String {
        let properties = &self.resource(logical)["Properties"];
        let name = self.name(logical);
        let Place { account, region } = self.place;
        let regional =
            |service: &str, rest: String| format!("arn:aws:{service}:{region}:{account}:{rest}");
        match self.kind(logical) {
            "AWS::IAM::Role" => {
                let path = properties["Path"].as_str().unwrap_or("/");
                format!("arn:aws:iam::{account}:role{path}{name}")
            }
            "AWS::S3::Bucket" => format!("arn:aws:s3:::{}", name.to_lowercase()),
            "AWS::Events::Rule" => {
                let bus = properties.get("EventBusName").and_then(|bus| self.value(bus));
                let bus = bus.map_or(String::new(), |bus| format!("{}/", bus.as_str().unwrap()));
                regional("events", format!("rule/{bus}{name}"))
            }
            "AWS::Events::EventBus" => regional("events", format!("event-bus/{name}")),
            "AWS::DynamoDB::Table" => regional("dynamodb", format!("table/{name}")),
            "AWS::KMS::Key" => regional("kms", format!("key/{name}")),
            "AWS::Scheduler::ScheduleGroup" => {
                regional("scheduler", format!("schedule-group/{name}"))
            }
            "AWS::Serverless::Function" => regional("lambda", format!("function:{name}")),
            "AWS::Logs::LogGroup" => regional("logs", format!("log-group:{name}:*")),
            "AWS::SecretsManager::Secret" => regional("secretsmanager", format!("secret:{name}")),
            "AWS::SNS::Topic" => regional("sns", name),
            "AWS::SQS::Queue" => regional("sqs", name),
            other => panic!("the tests know no ARN of {other}"),
        }
    }
}

/// A function of `CloudFormation` and its argument.
fn function(object: &Map<String, Value>) -> Option<(&str, &Value)> {
    let (name, argument) = object.iter().next()?;
    let is =
        name == "Ref" || name.starts_with("Fn::") || (name == "Condition" && argument.is_string());
    (object.len() == 1 && is).then_some((name, argument))
}
