//! Whose a bucket is, found by asking for it as each account at once.

use super::bucket::{default_encryption, encryption_field, region, unread};
use crate::evidence::answer::Answer;
use crate::evidence::files::{Put, What};
use crate::evidence::json::with;
use crate::evidence::session::Session;
use futures_util::future::join;
use locksmith_core::arn::AccountId;

/// A bucket's account and Region.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Owner {
    pub(crate) account: AccountId,
    pub(crate) region: String,
}

/// Asks for a bucket as an account; its owner alone is answered. The default encryption is read in
/// the same moment, because it may be a key's alias, and what the alias stands for takes two calls
/// more.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html>
pub(crate) async fn probe(session: &Session, name: &str) -> Answer<(Owner, Put)> {
    let account = session.account();
    let (head, encryption) = join(region(session, name), default_encryption(session, name)).await;
    let (region, encryption) = match head {
        Ok(region) => (region, encryption),
        Err(failure) => match failure.redirected() {
            Some(there) => {
                let there = session.after().moved(there);
                let (head, encryption) =
                    join(region(&there, name), default_encryption(&there, name)).await;
                (head?, encryption)
            }
            None => return Err(failure),
        },
    };
    let bucket = unread(name, "it was not read yet");
    let bucket = with(bucket, "BucketRegion", region.clone().into());
    let encryption = encryption_field(encryption);
    let bucket = with(bucket, "ServerSideEncryptionConfiguration", encryption);
    Ok((Owner { account, region }, Put::new(account, What::Bucket(bucket))))
}
