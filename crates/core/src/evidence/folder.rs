//! All evidence together, and how things are found in it.

mod amend;

use super::Field;
use super::account::{
    AccessPoint, AccountFile, Bucket, Iam, Key, List, RoleDetail, S3, UserDetail, VpcEndpoint,
};
use super::organization::{Node, OrganizationFile};
use crate::arn::{AccountId, Arn};
use crate::diagnosis::Place;
use crate::tri::Tri;
use core::fmt;
use std::collections::{BTreeMap, HashMap};

/// What was read from the accounts.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    accounts: BTreeMap<AccountId, Account>,
    organizations: Vec<Organization>,
    /// An organization's file that says that it could not be read.
    unreadable_organization: Option<String>,
}

/// An account's file, or why it could not be read.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) file: String,
    pub(crate) content: Result<Box<AccountFile>, String>,
}

/// An organization with the name of its file.
#[derive(Clone, Debug)]
pub(crate) struct Organization {
    pub(crate) file: String,
    pub(crate) content: OrganizationFile,
}

/// A file that does not hold what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceError {
    /// The path in the file; empty for the file itself.
    pub path: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for EvidenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.problem)
        } else {
            write!(f, "{}: {}", self.path, self.problem)
        }
    }
}

impl core::error::Error for EvidenceError {}

/// What looking something up came to.
#[derive(Clone, Debug)]
pub(crate) enum Lookup<T> {
    /// It is there.
    Found(T),
    /// It is known not to be there.
    Absent,
    /// It is not known, and why.
    Unknown(String),
}

/// Something found, with its place.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a, T> {
    pub(crate) account: AccountId,
    pub(crate) file: &'a str,
    pub(crate) path: String,
    pub(crate) thing: &'a T,
}

impl<T> Found<'_, T> {
    pub(crate) fn place(&self, field: &str) -> Place {
        Place { file: self.file.to_owned(), path: format!("{}.{field}", self.path) }
    }
}

/// Takes the files of a folder one by one.
#[derive(Clone, Debug, Default)]
pub struct EvidenceBuilder(Evidence);

impl EvidenceBuilder {
    /// Takes a file: `organization.json`, `organization-<id>.json` or `<account-id>.json`.
    ///
    /// # Errors
    /// What the file should not hold, with its path.
    pub fn add(&mut self, name: &str, json: &[u8]) -> Result<(), EvidenceError> {
        let stem = name.strip_suffix(".json").unwrap_or(name);
        if stem == "organization" || stem.starts_with("organization-") {
            match parse::<OrganizationFile>(json)? {
                Field::Set(content) => {
                    self.0.organizations.push(Organization { file: name.to_owned(), content });
                }
                Field::NotSet => {}
                Field::Unreadable(why) => self.0.unreadable_organization = Some(why),
            }
            return Ok(());
        }
        let named = AccountId::parse(stem);
        let (id, content) = match parse::<AccountFile>(json)? {
            Field::Set(content) => (Some(content.account_id), Ok(Box::new(content))),
            Field::NotSet => (named, Err("the file is empty".to_owned())),
            Field::Unreadable(why) => (named, Err(why)),
        };
        let fail =
            |path: &str, problem: String| Err(EvidenceError { path: path.to_owned(), problem });
        let Some(id) = id else {
            return fail(
                "",
                "the file's name is no account id, so it cannot be told whose it is".into(),
            );
        };
        if named.is_some_and(|named| named != id) {
            return fail("AccountId", format!("`{id}` is not the account of the file's name"));
        }
        if let Some(other) = self.0.accounts.get(&id) {
            return fail("AccountId", format!("account {id} is in `{}` already", other.file));
        }
        self.0.accounts.insert(id, Account { file: name.to_owned(), content });
        Ok(())
    }

    /// All that was taken.
    pub fn build(self) -> Evidence {
        self.0
    }
}

fn parse<T: serde::de::DeserializeOwned>(json: &[u8]) -> Result<Field<T>, EvidenceError> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let field = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        EvidenceError {
            path: if path == "." { String::new() } else { path },
            problem: error.inner().to_string(),
        }
    })?;
    deserializer
        .end()
        .map_err(|error| EvidenceError { path: String::new(), problem: error.to_string() })?;
    Ok(field)
}

impl Evidence {
    /// Starts an empty collection.
    pub fn builder() -> EvidenceBuilder {
        EvidenceBuilder::default()
    }

    /// The accounts of which something was read.
    pub fn accounts(&self) -> impl Iterator<Item = AccountId> {
        self.accounts.keys().copied()
    }

    pub(crate) fn account(&self, id: AccountId) -> Result<(&str, &AccountFile), String> {
        match self.accounts.get(&id) {
            None => Err(format!("there is no evidence of account {id}")),
            Some(Account { content: Err(why), .. }) => Err(format!("account {id}: {why}")),
            Some(Account { content: Ok(content), file }) => Ok((file, content)),
        }
    }

    fn readable(&self) -> impl Iterator<Item = (AccountId, &str, &AccountFile)> {
        self.accounts.iter().filter_map(|(id, account)| {
            account.content.as_ref().ok().map(|content| (*id, &*account.file, &**content))
        })
    }

    /// The organizations, or why one of them is not known.
    pub(crate) fn organizations(&self) -> Result<&[Organization], &str> {
        self.unreadable_organization.as_deref().map_or(Ok(&self.organizations), Err)
    }

    pub(crate) fn iam(&self, account: AccountId) -> Result<(&str, &Iam), String> {
        let (file, content) = self.account(account)?;
        section(&content.iam, account, "Iam").map(|iam| (file, iam))
    }

    /// Whether the evidence has a section for an account's principals, be it one that could not be
    /// read.
    pub(crate) fn has_iam(&self, account: AccountId) -> bool {
        let content = self.accounts.get(&account).map(|account| &account.content);
        match content {
            Some(Ok(content)) => !matches!(content.iam, Field::NotSet),
            Some(Err(_)) => true,
            None => false,
        }
    }

    pub(crate) fn s3(&self, account: AccountId) -> Result<&S3, String> {
        section(&self.account(account)?.1.s3, account, "S3")
    }

    pub(crate) fn role(
        &self,
        account: AccountId,
        is_it: impl Fn(&RoleDetail) -> Tri,
    ) -> Lookup<Found<'_, RoleDetail>> {
        self.in_iam(account, "RoleDetailList", |iam| &iam.role_detail_list, is_it)
    }

    pub(crate) fn user(
        &self,
        account: AccountId,
        is_it: impl Fn(&UserDetail) -> Tri,
    ) -> Lookup<Found<'_, UserDetail>> {
        self.in_iam(account, "UserDetailList", |iam| &iam.user_detail_list, is_it)
    }

    pub(crate) fn in_iam<'a, T>(
        &'a self,
        account: AccountId,
        list: &str,
        of: impl Fn(&'a Iam) -> &'a List<T>,
        is_it: impl Fn(&T) -> Tri,
    ) -> Lookup<Found<'a, T>> {
        let (file, iam) = match self.iam(account) {
            Ok(iam) => iam,
            Err(why) => return Lookup::Unknown(why),
        };
        let path = format!("Iam.{list}");
        match find(of(iam), account, file, &path, is_it) {
            Lookup::Absent if !matches!(iam.is_truncated, Field::NotSet | Field::Set(false)) => {
                Lookup::Unknown(format!("{path} of account {account} is truncated"))
            }
            found => found,
        }
    }

    /// Whether a principal of an account's evidence has a unique id, or one that could not be read
    /// may have it. That the listing goes on does not matter: AWS prints an id in a policy only
    /// where its principal is gone.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
    pub(crate) fn may_have_id(&self, account: AccountId, id: &str) -> bool {
        let Ok((file, iam)) = self.iam(account) else { return self.has_iam(account) };
        let goes_on = !matches!(iam.is_truncated, Field::NotSet | Field::Set(false));
        let (roles, users) = (&iam.role_detail_list, &iam.user_detail_list);
        let role = find(roles, account, file, "Iam.RoleDetailList", |role| role.role_id.is(id));
        let user = find(users, account, file, "Iam.UserDetailList", |user| user.user_id.is(id));
        let no_role = matches!(role, Lookup::Absent) || goes_on && matches!(roles, Field::NotSet);
        let no_user = matches!(user, Lookup::Absent) || goes_on && matches!(users, Field::NotSet);
        !(no_role && no_user)
    }

    /// A bucket, in whichever account it is.
    pub(crate) fn bucket(&self, name: &str) -> Lookup<Found<'_, Bucket>> {
        self.anywhere(
            "bucket",
            name,
            |content| {
                let s3 = content.s3.get()?;
                Some(("S3.Buckets", &s3.buckets))
            },
            |bucket: &Bucket| bucket.name.is(name),
        )
    }

    /// An access point by its ARN or alias.
    pub(crate) fn access_point(&self, name: &str) -> Lookup<Found<'_, AccessPoint>> {
        self.anywhere(
            "access point",
            name,
            |content| {
                let s3 = content.s3.get()?;
                Some(("S3.AccessPoints", &s3.access_points))
            },
            |point: &AccessPoint| point.access_point_arn.is(name) | point.alias.is(name),
        )
    }

    /// A VPC endpoint, in whichever account it is.
    pub(crate) fn vpc_endpoint(&self, id: &str) -> Lookup<Found<'_, VpcEndpoint>> {
        self.anywhere(
            "VPC endpoint",
            id,
            |content| {
                let ec2 = content.ec2.get()?;
                Some(("Ec2.VpcEndpoints", &ec2.vpc_endpoints))
            },
            |endpoint: &VpcEndpoint| endpoint.vpc_endpoint_id.is(id),
        )
    }

    /// Something of which the account is not known, so that not to find it means nothing.
    fn anywhere<'a, T>(
        &'a self,
        what: &str,
        name: &str,
        list: impl Fn(&'a AccountFile) -> Option<(&'static str, &'a List<T>)>,
        is_it: impl Fn(&T) -> Tri,
    ) -> Lookup<Found<'a, T>> {
        for (account, file, content) in self.readable() {
            if let Some((path, list)) = list(content)
                && let Lookup::Found(found) = find(list, account, file, path, &is_it)
            {
                return Lookup::Found(found);
            }
        }
        Lookup::Unknown(format!("{what} {name} is in no account's evidence"))
    }

    /// A key of an account, by its ARN.
    pub(crate) fn key(&self, arn: Arn<'_>) -> Lookup<Found<'_, Key>> {
        let Some(account) = arn.account_id() else {
            return Lookup::Unknown(format!("{} names no account", arn.text));
        };
        self.key_where(account, arn.region, |key| match &key.key_metadata {
            Field::Set(metadata) => metadata.arn.is(arn.text),
            Field::NotSet => Tri::No,
            Field::Unreadable(_) => Tri::Unknown,
        })
    }

    /// A key of an account and Region, by an alias or by its bare id.
    pub(crate) fn key_named(
        &self,
        account: AccountId,
        region: &str,
        name: &str,
    ) -> Lookup<Found<'_, Key>> {
        self.key_where(account, region, |key| {
            let (here, id) = match &key.key_metadata {
                Field::Set(metadata) => {
                    let here = match &metadata.arn {
                        Field::Set(arn) => {
                            Arn::parse(arn).is_some_and(|arn| arn.region == region).into()
                        }
                        other => other.is(""),
                    };
                    (here, metadata.key_id.is(name))
                }
                Field::NotSet => (Tri::No, Tri::No),
                Field::Unreadable(_) => (Tri::Unknown, Tri::Unknown),
            };
            let alias = match key.aliases.unreadable() {
                Some(_) if name.starts_with("alias/") => Tri::Unknown,
                _ => Tri::No,
            };
            let aliases = key.aliases.entries().map(|alias| alias.alias_name.is(name));
            here & aliases.fold(alias | id, |sum, one| sum | one)
        })
    }

    fn key_where(
        &self,
        account: AccountId,
        region: &str,
        is_it: impl Fn(&Key) -> Tri,
    ) -> Lookup<Found<'_, Key>> {
        let kms = self.account(account).and_then(|(file, content)| {
            section(&content.kms, account, "Kms").map(|kms| (file, kms))
        });
        let (file, kms) = match kms {
            Ok(kms) => kms,
            Err(why) => return Lookup::Unknown(why),
        };
        match find(&kms.keys, account, file, "Kms.Keys", is_it) {
            Lookup::Absent if !was_read(&kms.regions, region) => {
                Lookup::Unknown(format!("keys of account {account} in {region} were not read"))
            }
            found => found,
        }
    }

    /// The nodes of an account's organization from the root down to the account.
    pub(crate) fn path_of(&self, account: AccountId) -> Membership<'_> {
        let organizations = match self.organizations() {
            Ok(organizations) => organizations,
            Err(why) => return Membership::Unknown(format!("organization: {why}")),
        };
        let mut unknown = None;
        for organization in organizations {
            match organization.path_of(account) {
                Membership::None => {}
                Membership::Unknown(why) => unknown = Some(why),
                member @ Membership::Member { .. } => return member,
            }
        }
        unknown.map_or(Membership::None, Membership::Unknown)
    }
}

/// Whether a Region is among those that were read; without a list all were.
fn was_read(regions: &List<String>, region: &str) -> bool {
    match regions {
        Field::NotSet => true,
        Field::Unreadable(_) => false,
        Field::Set(_) => regions.entries().any(|read| read == region),
    }
}

fn section<'a, T>(field: &'a Field<T>, account: AccountId, name: &str) -> Result<&'a T, String> {
    match field {
        Field::Set(section) => Ok(section),
        Field::NotSet => Err(format!("the evidence of account {account} has no section {name}")),
        Field::Unreadable(why) => Err(format!("{name} of account {account}: {why}")),
    }
}

fn find<'a, T>(
    list: &'a List<T>,
    account: AccountId,
    file: &'a str,
    path: &str,
    is_it: impl Fn(&T) -> Tri,
) -> Lookup<Found<'a, T>> {
    let entries = match list {
        Field::Set(entries) => entries,
        Field::NotSet => {
            return Lookup::Unknown(format!("the evidence of account {account} has no {path}"));
        }
        Field::Unreadable(why) => {
            return Lookup::Unknown(format!("{path} of account {account}: {why}"));
        }
    };
    let mut unreadable = None;
    for (index, entry) in entries.iter().enumerate() {
        match entry {
            Field::Set(thing) => match is_it(thing) {
                Tri::Yes => {
                    let path = format!("{path}[{index}]");
                    return Lookup::Found(Found { account, file, path, thing });
                }
                Tri::Unknown => unreadable = Some("what it is could not be read"),
                Tri::No => {}
            },
            Field::Unreadable(why) => unreadable = Some(why),
            Field::NotSet => {}
        }
    }
    unreadable.map_or(Lookup::Absent, |why| {
        Lookup::Unknown(format!("an entry of {path} of account {account}: {why}"))
    })
}

/// An account's place in an organization.
#[derive(Clone, Debug)]
pub(crate) enum Membership<'a> {
    /// It is in one.
    Member {
        /// The organization.
        organization: &'a Organization,
        /// Places of the nodes in the file, root first, the account last.
        nodes: Vec<(usize, &'a Node)>,
    },
    /// It is in none that we know, and those that we know are complete.
    None,
    /// It is not known.
    Unknown(String),
}

impl Organization {
    fn path_of(&self, account: AccountId) -> Membership<'_> {
        let nodes = match &self.content.nodes {
            Field::Set(nodes) => nodes,
            Field::NotSet => return Membership::Unknown("organization: Nodes is missing".into()),
            Field::Unreadable(why) => return Membership::Unknown(format!("organization: {why}")),
        };
        let mut by_id: HashMap<&str, (usize, &Node)> = HashMap::new();
        for (index, node) in nodes.iter().enumerate() {
            if let Field::Set(node) = node {
                by_id.entry(node.id.text()).or_insert((index, node));
            }
        }
        let node = |id: &str| by_id.get(id).copied();
        let mut path = Vec::new();
        let account = account.to_string();
        let mut next = Some(&account);
        while let Some(id) = next {
            let Some(found) = node(id) else {
                let unreadable = nodes.iter().any(|node| match node {
                    Field::Set(node) => node.id.is(id).is_unknown(),
                    Field::Unreadable(_) => true,
                    Field::NotSet => false,
                });
                return match (path.is_empty(), unreadable) {
                    (true, false) => Membership::None,
                    _ => Membership::Unknown(format!("organization: node {id} could not be read")),
                };
            };
            next = match &found.1.parent_id {
                Field::Set(parent) => Some(parent),
                Field::NotSet => None,
                Field::Unreadable(why) => {
                    return Membership::Unknown(format!(
                        "organization: what {id} belongs to: {why}"
                    ));
                }
            };
            path.push(found);
            if path.len() > nodes.len() {
                return Membership::Unknown("organization: the nodes form a circle".into());
            }
        }
        path.reverse();
        Membership::Member { organization: self, nodes: path }
    }
}
