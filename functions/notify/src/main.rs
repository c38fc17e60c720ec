//! The function `notify`: messages and tickets, as the incidents stand.

mod handler;
mod ops_center;

use lambda_runtime::{Error, run, service_fn};
use locksmith_aws::Hub;
use locksmith_chat::Memory;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    locksmith_lambda::logs::start();
    let hub = Hub::from_environment()?;
    let memory = Memory::new()?;
    run(service_fn(|event| Box::pin(handler::handle(&hub, &memory, event)))).await
}
