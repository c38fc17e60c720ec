//! How the layers' answers combine into one decision.

use super::caller::{Caller, CallerKind, Naming};
use super::grant;
use super::layer::{Documents, Layer, Outcome, Policies, Source};
use super::public::is_public;
use super::reason::Reasons;
use super::statement::{Question, Says};
use crate::arn::AccountId;
use crate::context::{Context, World};
use crate::policy::Action;
use crate::tri::Tri;
use serde::{Deserialize, Serialize};

/// One permission asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Who asks.
    pub caller: &'a Caller,
    /// For what.
    pub action: &'a Action,
    /// On what: an ARN, `*` for actions without a resource; `None` where it is not known.
    pub resource: Option<&'a str>,
    /// Whose resource it is; `None` where that is not known.
    pub resource_account: Option<AccountId>,
    /// The condition keys.
    pub context: &'a Context,
}

/// The answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Every layer that has a say allows it.
    Allowed,
    /// Denied for certain, and no statement is known to deny it explicitly.
    ImplicitlyDenied,
    /// A statement denies it.
    ExplicitlyDenied,
    /// It depends on facts that are not known.
    Unknown,
}

/// The answer, and what each layer said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The answer.
    pub answer: Answer,
    outcomes: [Outcome; Layer::ALL.len()],
    /// Whether caller and resource belong to one account.
    pub same_account: Tri,
    /// What the layers of the caller's side say together (identity, boundary, session).
    pub caller_side: Tri,
    /// Whether the resource's policy leaves it to the account's own policies.
    pub delegated: Tri,
    /// Whether the resource's policy allows the caller itself, so that neither boundary nor
    /// session policy limit it within one account.
    pub direct: Tri,
    /// Whether the resource's policy allows the caller's role, within those limits.
    pub by_entity: Tri,
}

impl Decision {
    /// What a layer said.
    pub fn outcome(&self, layer: Layer) -> Outcome {
        self.outcomes.get(layer.index()).copied().unwrap_or(Outcome::NotApplicable)
    }
}

/// What a service's own rules are for a resource policy in the caller's account.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Either side suffices: S3 and most services.
    EitherSide,
    /// Only the resource's policy lets identity policies count: KMS keys and trust policies.
    ResourceDecides,
}

/// Decides a request. Reasons are handed to `reasons` while they are made.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>,
/// for other accounts
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>,
/// for KMS <https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html>.
pub fn decide<R: Reasons>(request: &Request<'_>, policies: &Policies, reasons: &mut R) -> Decision {
    Evaluation { request, policies, reasons, outcomes: [Outcome::NotApplicable; Layer::ALL.len()] }
        .run()
}

struct Evaluation<'a, R> {
    request: &'a Request<'a>,
    policies: &'a Policies,
    reasons: &'a mut R,
    outcomes: [Outcome; Layer::ALL.len()],
}

impl<'a, R: Reasons> Evaluation<'a, R> {
    fn run(mut self) -> Decision {
        let Request { caller, action, .. } = *self.request;
        let member = caller.is_member();
        let same_account = self.same_account();

        let (identity_deny, identity) = self.identity(member);
        let (boundary_deny, boundary) =
            self.narrowing(Layer::PermissionsBoundary, self.policies.permissions_boundary.as_ref());
        let (session_deny, session) = self.session();
        let restricted = member && !caller.is_service_linked();
        let (scp_deny, scp) = self.scps(restricted);
        let rcp_deny = self.rcps(caller.is_service_linked() || action.is("kms:RetireGrant"));
        let (endpoint_deny, endpoint) =
            self.narrowing(Layer::VpcEndpointPolicy, self.policies.vpc_endpoint.as_ref());
        let public_deny = self.block_public_access(same_account);

        let mut deny = identity_deny
            | boundary_deny
            | session_deny
            | scp_deny
            | rcp_deny
            | endpoint_deny
            | public_deny;

        let limit = boundary & session;
        let caller_side = identity & limit;
        let sides = Sides { identity, limit, member, world: self.request.context.world() };
        let mut resource_side = Tri::Yes;
        let (mut delegated, mut direct, mut by_entity) = (Tri::No, Tri::Yes, Tri::Yes);
        for says in self.resource_says(same_account) {
            deny = deny | says.deny;
            delegated = delegated | says.allows_by(Naming::Account);
            let itself = says.allows_by(Naming::Caller) | says.allows_by(Naming::Everyone);
            direct = direct & itself;
            by_entity = by_entity & (itself | says.allows_by(Naming::Entity));
            resource_side = resource_side & sides.combine(says, same_account, self.rule());
        }

        let allowed = scp & endpoint & resource_side;
        let answer = match (deny, allowed) {
            (Tri::Yes, _) => Answer::ExplicitlyDenied,
            (_, Tri::No) => Answer::ImplicitlyDenied,
            (Tri::No, Tri::Yes) => Answer::Allowed,
            _ => Answer::Unknown,
        };
        // Nobody can be kept from asking who they are; what was not read stays unknown.
        // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
        let answer = match answer {
            Answer::ImplicitlyDenied | Answer::ExplicitlyDenied
                if action.is("sts:GetCallerIdentity") =>
            {
                Answer::Allowed
            }
            answer => answer,
        };
        Decision {
            answer,
            outcomes: self.outcomes,
            same_account,
            caller_side,
            delegated,
            direct,
            by_entity,
        }
    }

    fn same_account(&self) -> Tri {
        let Request { caller, resource_account, .. } = *self.request;
        match (caller.account, resource_account) {
            (Some(own), Some(other)) => (own == other).into(),
            _ if !caller.is_member() => Tri::No,
            _ => Tri::Unknown,
        }
    }

    fn rule(&self) -> Rule {
        let action = self.request.action;
        let of_role = ["tagsession", "setsourceidentity"].contains(&action.lower_name())
            || action.lower_name().starts_with("assumerole");
        // `kms:ListKeys` and such are about no key.
        let of_key = self.request.resource != Some("*") || !self.policies.resource.is_empty();
        match action.service() {
            "kms" if of_key => Rule::ResourceDecides,
            "sts" if of_role => Rule::ResourceDecides,
            _ => Rule::EitherSide,
        }
    }

    fn question(&self, layer: Layer) -> Question<'a> {
        Question {
            request: self.request,
            resource: self.request.resource,
            layer,
            bounded: self.bounded(),
        }
    }

    /// Whether the caller has a permissions boundary.
    fn bounded(&self) -> Tri {
        let sources = self.policies.permissions_boundary.iter().flatten();
        sources.fold(Tri::No, |sum, source| {
            sum | match source {
                Source::Read(_) => Tri::Yes,
                Source::Unreadable(_) => Tri::Unknown,
            }
        })
    }

    fn note(&mut self, layer: Layer, outcome: Outcome) {
        if let Some(slot) = self.outcomes.get_mut(layer.index()) {
            *slot = outcome;
        }
    }

    fn ask(&mut self, layer: Layer, documents: &[Source], first: u32) -> Says {
        self.question(layer).ask(documents, first, self.reasons)
    }

    /// Identity policies: whether they deny, and whether the caller's account allows the call.
    fn identity(&mut self, member: bool) -> (Tri, Tri) {
        let root = self.request.caller.kind == CallerKind::Root;
        let Some(documents) = &self.policies.identity else {
            // Root may do all that its account may; others without policies may do nothing.
            return (Tri::No, (root || !member).into());
        };
        let says = self.ask(Layer::IdentityPolicy, documents, 0);
        self.note(Layer::IdentityPolicy, Outcome::of(says.deny, says.allows()));
        (says.deny, if root { Tri::Yes } else { says.allows() })
    }

    /// A layer that can only narrow: whether it denies, and whether it lets the call through.
    fn narrowing(&mut self, layer: Layer, documents: Option<&Documents>) -> (Tri, Tri) {
        let Some(documents) = documents else {
            return (Tri::No, Tri::Yes);
        };
        let says = self.ask(layer, documents, 0);
        self.note(layer, Outcome::of(says.deny, says.allows()));
        (says.deny, says.allows())
    }

    fn session(&mut self) -> (Tri, Tri) {
        if self.policies.session.is_none() && self.request.caller.kind == CallerKind::FederatedUser
        {
            // Without a session policy a federated user has nothing of the user's permissions.
            // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html
            self.note(Layer::SessionPolicy, Outcome::NoAllow);
            return (Tri::No, Tri::No);
        }
        self.narrowing(Layer::SessionPolicy, self.policies.session.as_ref())
    }

    /// Every level must allow; a deny at any level decides.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html>
    fn scps(&mut self, restricted: bool) -> (Tri, Tri) {
        let policies = self.policies;
        let Some(levels) = policies.scps.as_ref().filter(|_| restricted) else {
            return (Tri::No, Tri::Yes);
        };
        let (mut deny, mut allow, mut first) = (Tri::No, Tri::Yes, 0);
        for level in levels {
            let says = self.ask(Layer::Scp, level, first);
            deny = deny | says.deny;
            allow = allow & says.allows();
            first += u32::try_from(level.len()).unwrap_or(u32::MAX);
        }
        self.note(Layer::Scp, Outcome::of(deny, allow));
        (deny, allow)
    }

    /// `RCPFullAWSAccess` cannot be detached, so only a deny has an effect.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
    fn rcps(&mut self, exempt: bool) -> Tri {
        let policies = self.policies;
        let Some(levels) = policies.rcps.as_ref().filter(|_| !exempt) else {
            return Tri::No;
        };
        let (mut deny, mut first) = (Tri::No, 0);
        for level in levels {
            deny = deny | self.ask(Layer::Rcp, level, first).deny;
            first += u32::try_from(level.len()).unwrap_or(u32::MAX);
        }
        self.note(Layer::Rcp, Outcome::of(deny, Tri::Yes));
        deny
    }

    /// A public policy under `RestrictPublicBuckets` serves the bucket's account and AWS
    /// services alone.
    fn block_public_access(&mut self, same_account: Tri) -> Tri {
        let policies = self.policies;
        let Some(restrict) = policies.restrict_public_buckets.filter(|restrict| !restrict.is_no())
        else {
            return Tri::No;
        };
        if self.request.caller.kind == CallerKind::Service {
            return Tri::No;
        }
        let documents = policies.resource.iter().flat_map(|resource| &resource.documents);
        let public = documents.fold(Tri::No, |sum, source| {
            sum | match source {
                Source::Read(policy) => is_public(policy).into(),
                Source::Unreadable(_) => Tri::Unknown,
            }
        });
        let deny = restrict & public & !same_account;
        self.note(Layer::BlockPublicAccess, Outcome::of(deny, Tri::Yes));
        deny
    }

    /// What each resource policy says, grants counted with the key's.
    fn resource_says(&mut self, same_account: Tri) -> Vec<Says> {
        let policies = self.policies;
        let mut all: Vec<Says> = Vec::with_capacity(2);
        for policy in &policies.resource {
            let mut question = self.question(policy.layer);
            question.resource = policy.resource.as_deref().or(question.resource);
            let mut says = question.ask(&policy.documents, 0, self.reasons);
            if self.is_owners_root(same_account) {
                says.deny = Tri::No;
            }
            self.note(policy.layer, Outcome::of(says.deny, says.allows()));
            if policy.layer == Layer::BucketPolicy {
                says = self.object_access(says);
            }
            all.push(says);
        }
        if self.request.action.service() == "kms" {
            let mut key = all.pop().unwrap_or(Says::NOTHING);
            if self.request.action.is("kms:RetireGrant") {
                // Who may retire a grant stands in the grant alone.
                // https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html
                key.allow = Says::NOTHING.allow;
            }
            let key = self.grants(key);
            all.push(self.across_accounts(key, same_account));
        } else if all.is_empty() {
            all.push(Says::NOTHING);
        }
        all
    }

    /// A bucket policy allows only what its owner owns; an access control list may allow besides.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
    fn object_access(&mut self, says: Says) -> Says {
        let Some(object) = self.policies.object else { return says };
        let listed = object.acl_everyone | object.acl_account;
        self.note(Layer::ObjectOwnership, Outcome::of(Tri::No, object.policy_counts | listed));
        let mut says = Says { allow: says.allow.map(|allow| allow & object.policy_counts), ..says };
        says.add_allow(Naming::Everyone, object.acl_everyone);
        says.add_allow(Naming::Account, object.acl_account);
        says
    }

    fn grants(&mut self, mut key: Says) -> Says {
        let policies = self.policies;
        let Some(grants) = &policies.grants else { return key };
        let says = grant::ask(grants, self.request, self.reasons);
        self.note(Layer::KmsGrant, Outcome::of(says.deny, says.allows()));
        key.or(says);
        key
    }

    /// Only some operations of KMS work on another account's key, whatever its policy says.
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html>
    fn across_accounts(&mut self, key: Says, same_account: Tri) -> Says {
        if self.request.caller.is_member()
            && !same_account.is_yes()
            && !works_across_accounts(self.request.action)
        {
            if same_account.is_no() {
                if !key.deny.is_yes() {
                    self.note(Layer::KeyPolicy, Outcome::NoAllow);
                }
                return Says { deny: key.deny, ..Says::NOTHING };
            }
            return Says { deny: key.deny, ..Says::UNREADABLE };
        }
        key
    }

    /// The root user of the bucket's own account can always repair a bucket policy.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html>
    fn is_owners_root(&self, same_account: Tri) -> bool {
        let action = self.request.action;
        self.request.caller.kind == CallerKind::Root
            && same_account.is_yes()
            && ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]
                .iter()
                .any(|repair| action.is(repair))
    }
}

/// What the caller's own side brings to the combination with a resource policy.
struct Sides {
    identity: Tri,
    /// Boundary and session policy together.
    limit: Tri,
    member: bool,
    world: World,
}

impl Sides {
    /// Whether one resource policy and the caller's side together allow.
    fn combine(&self, says: Says, same_account: Tri, rule: Rule) -> Tri {
        if !self.member {
            // No account, no identity side: the resource's policy alone decides.
            return says.allows();
        }
        let across = says.allows() & self.identity & self.limit;
        let within = self.within(says, rule);
        match same_account {
            Tri::Yes => within,
            Tri::No => across,
            Tri::Unknown if within == across => within,
            Tri::Unknown => Tri::Unknown,
        }
    }

    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
    fn within(&self, says: Says, rule: Rule) -> Tri {
        let by_caller = says.allows_by(Naming::Caller);
        let by_entity = says.allows_by(Naming::Entity) & self.limit;
        // AWS's pages differ on whether boundary and session limit what `*` is granted.
        let by_everyone = says.allows_by(Naming::Everyone)
            & match self.world {
                World::Closed => Tri::Yes,
                World::Open => self.limit | Tri::Unknown,
            };
        let by_identity = self.identity & self.limit;
        let by_identity = match rule {
            Rule::EitherSide => by_identity,
            Rule::ResourceDecides => by_identity & says.allows_by(Naming::Account),
        };
        by_caller | by_entity | by_everyone | by_identity
    }
}

/// Whether an operation of KMS works on another account's key.
pub(crate) fn works_across_accounts(action: &Action) -> bool {
    const OPERATIONS: [&str; 20] = [
        "CreateGrant",
        "Decrypt",
        "DeriveSharedSecret",
        "DescribeKey",
        "Encrypt",
        "GenerateDataKey",
        "GenerateDataKeyPair",
        "GenerateDataKeyPairWithoutPlaintext",
        "GenerateDataKeyWithoutPlaintext",
        "GenerateMac",
        "GetKeyRotationStatus",
        "GetPublicKey",
        "ListGrants",
        "ReEncryptFrom",
        "ReEncryptTo",
        "RetireGrant",
        "RevokeGrant",
        "Sign",
        "Verify",
        "VerifyMac",
    ];
    OPERATIONS.iter().any(|operation| operation.eq_ignore_ascii_case(action.name()))
}
