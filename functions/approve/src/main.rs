//! The function `approve`: what owners answer.

mod gateway;
mod handler;

use handler::State;
use lambda_runtime::{Error, run, service_fn};
use locksmith_aws::Hub;
use locksmith_chat::Memory;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    locksmith_lambda::logs::start();
    let state = State { hub: Hub::from_environment()?, memory: Memory::new()? };
    run(service_fn(|event| Box::pin(handler::handle(&state, event)))).await
}
