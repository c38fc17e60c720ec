//! The function `apply`: what owners approved is changed in their accounts.

mod handler;

use lambda_runtime::{Error, run, service_fn};
use locksmith_aws::Hub;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    locksmith_lambda::logs::start();
    let hub = Hub::from_environment()?;
    // The future of a change is large.
    run(service_fn(|event| Box::pin(handler::handle(&hub, event)))).await
}
