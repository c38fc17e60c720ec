//! What AWS's own advisers say of a change: IAM Access Analyzer of each document that it left, IAM's
//! policy simulator of the caller. They are asked by the read role, in the account that has the
//! document or the caller.
//!
//! Whatever keeps an adviser from answering is an answer as well, `NotAvailable`, within
//! [`PATIENCE`]: nobody has to allow us to ask, and not every Region has Access Analyzer.

mod access_analyzer;
mod document;
mod simulator;

use crate::evidence::{Answer, EvidenceReader};
use core::future::Future;
use core::time::Duration;
use document::Document;
use futures_util::future::join_all;
use locksmith_app::change::Journal;
use locksmith_app::incident::Incident;
use locksmith_app::ports::{Adviser, Inventory, Opinion, Opinions, Says};
use locksmith_core::diagnosis::Diagnosis;
use simulator::{Asked, Question};
use std::sync::Arc;

/// How long an adviser has to answer, the assumed role and all attempts included. They answer within
/// a second; whoever does not is asked at the next look.
const PATIENCE: Duration = Duration::from_secs(10);

/// The advisers in the accounts that may be read.
#[derive(Clone, Debug)]
pub struct Advisers<I> {
    reader: Arc<EvidenceReader<I>>,
}

impl<I: Inventory> Advisers<I> {
    /// The advisers in the accounts that a reader may enter.
    pub fn new(reader: Arc<EvidenceReader<I>>) -> Self {
        Self { reader }
    }

    /// What one of Access Analyzer's checks says of a document.
    async fn of_document(
        &self,
        name: &str,
        adviser: Adviser,
        document: &Document<'_>,
    ) -> Answer<Says> {
        let home = self.reader.home_region();
        let region = document.region.unwrap_or(&home);
        let session = self.reader.session(name, document.account, region).await?;
        match adviser {
            Adviser::PublicAccess => access_analyzer::public_access(&session, document).await,
            _ => access_analyzer::validation(&session, document).await,
        }
    }

    /// What the simulator says of a permission.
    async fn of_permission(
        &self,
        name: &str,
        asked: &Asked<'_>,
        question: &Question<'_>,
    ) -> Answer<Says> {
        let home = self.reader.home_region();
        let session = self.reader.session(name, asked.account, &home).await?;
        simulator::simulate(&session, asked, question).await
    }
}

impl<I: Inventory + Send> Opinions for Advisers<I> {
    async fn of_documents(&self, incident: &Incident, journal: &Journal) -> Vec<Opinion> {
        let name = format!("locksmith-{}", incident.id);
        let documents: Vec<_> = journal.steps.iter().filter_map(Document::of).collect();
        let both = [Adviser::PolicyValidation, Adviser::PublicAccess];
        let questions = documents.iter().flat_map(|document| both.map(|of| (of, document)));
        let judged = questions.filter(|(of, document)| document.is_judged_by(*of));
        let asked = judged.map(|(of, document)| {
            let answer = patiently(self.of_document(&name, of, document));
            async move { Opinion { of, about: document.about(), says: answer.await } }
        });
        join_all(asked).await
    }

    async fn of_call(
        &self,
        incident: &Incident,
        journal: &Journal,
        diagnosis: &Diagnosis,
    ) -> Vec<Opinion> {
        let name = format!("locksmith-{}", incident.id);
        let asked = match Asked::of(incident, diagnosis) {
            Ok(asked) => asked,
            Err(why) => {
                let says = Says::NotAvailable(why.to_owned());
                let about = diagnosis.call.operation.clone();
                return vec![Opinion { of: Adviser::Simulator, about, says }];
            }
        };
        let each = diagnosis.permissions.iter().map(|permission| {
            let question = Question::of(&asked, permission, journal, &diagnosis.call.service);
            let (name, asked) = (&name, &asked);
            async move {
                let says = match question {
                    Ok(question) => patiently(self.of_permission(name, asked, &question)).await,
                    Err(why) => Says::NotAvailable(why.to_owned()),
                };
                let about = format!("{} · {}", permission.action, permission.resource);
                Opinion { of: Adviser::Simulator, about, says }
            }
        });
        join_all(each).await
    }
}

/// Waits for an answer, but not for long.
async fn patiently(answer: impl Future<Output = Answer<Says>>) -> Says {
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(says)) => says,
        Ok(Err(failure)) => Says::NotAvailable(failure.to_string()),
        Err(_) => Says::NotAvailable("no answer came in time".to_owned()),
    }
}

#[cfg(test)]
mod tests;
