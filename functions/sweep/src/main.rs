//! The function `sweep`: what is due by the clock, and once a day a look at what stands.

mod handler;

use lambda_runtime::{Error, run, service_fn};
use locksmith_aws::Hub;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    locksmith_lambda::logs::start();
    let hub = Hub::from_environment()?;
    run(service_fn(|event| handler::handle(&hub, event))).await
}
