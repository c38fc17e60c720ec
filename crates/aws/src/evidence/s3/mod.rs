//! Buckets, objects and access points.

mod access_point;
mod bucket;
mod object;
mod owner;
mod shapes;

pub(super) use access_point::{access_point, access_points, alias_owner};
pub(super) use bucket::{
    account_settings, bucket, bucket_behind, buckets, lists_may_count, settings, unread,
};
pub(super) use object::{access, object};
pub(super) use owner::{Owner, probe};
