//! Roles, users and their policies, in the shape of `get-account-authorization-details`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>

mod policy;
mod role;
mod shapes;
mod unique_id;
mod user;
mod whole;

pub(super) use policy::ManagedPolicies;
pub(super) use role::role;
pub(super) use unique_id::principal;
pub(super) use user::user;
pub(super) use whole::authorization_details;
