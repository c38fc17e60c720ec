//! `locksmith demo`: the whole service on two example accounts, to try it out.

use crate::args::DemoArgs;
use crate::exit::Exit;
use crate::input::without_number;
use crate::live;
use crate::output::Output;
use crate::problem::Problem;
use locksmith_serve::{Entrance, NoInbox, Place, Server, Settings, demo, told_to_stop};
use locksmith_view::wrap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::mpsc;

/// What to do where the port cannot be had.
const PORT: &str = "name another port with --port, or 0 for any that is free";

/// Serves the demonstration until it is told to stop.
pub(crate) fn run(args: &DemoArgs, output: &mut Output) -> Result<Exit, Problem> {
    let stop = |why: String| Problem::new(Exit::BadInput, without_number(&why));
    // Gone with this value, unless somebody wants to keep it.
    let (dir, _temporary) = match &args.dir {
        Some(dir) => (dir.clone(), None),
        None => {
            let temporary = tempfile::tempdir().map_err(|error| stop(error.to_string()))?;
            (temporary.path().to_owned(), Some(temporary))
        }
    };
    live::block_on(async {
        let service = Arc::new(demo::open(&dir).map_err(stop)?);
        let (tell, mut links) = mpsc::unbounded_channel();
        let settings = settings(args.port, &dir, tell);
        let server = Server::bind(Arc::clone(&service), settings).await;
        let server = server.map_err(|why| stop(why.to_lowercase()).help(PORT))?;
        let running = tokio::spawn(server.run(NoInbox, told_to_stop()));
        let incident = demo::deny(&service).await.map_err(stop)?;
        let card = demo::diagnosed(&service, &incident).await.map_err(stop)?;
        output.bytes(wrap::prose(&demo::story(&card), output.width).as_bytes())?;
        if let Some(link) = links.recv().await {
            let text = "\nOpen this link to decide as the owners (it lets in once):";
            output.bytes(wrap::prose(text, output.width).as_bytes())?;
            // By itself, so that it can be copied.
            output.bytes(format!("{link}\n").as_bytes())?;
            output.flush()?;
            if !args.no_browser && open::that_detached(&link).is_err() {
                output.bytes(b"No browser could be opened; open the link yourself.\n")?;
            }
        }
        output.bytes(b"Ctrl-C ends the demonstration.\n")?;
        output.flush()?;
        // Each later link is told when it is made.
        tokio::spawn(async move {
            while let Some(link) = links.recv().await {
                anstream::println!("New link: {link}");
            }
        });
        match running.await {
            Ok(ended) => ended.map_err(stop)?,
            Err(error) => return Err(stop(error.to_string())),
        }
        Ok(Exit::Done)
    })
}

fn settings(port: u16, dir: &Path, tell: mpsc::UnboundedSender<String>) -> Settings {
    Settings {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        entrance: Entrance::Link { people: demo::PEOPLE.map(str::to_owned).into() },
        events_key: None,
        place: Place::Demo(dir.display().to_string()),
        tell: Arc::new(move |link| {
            // Whoever listened is gone only with the program.
            let _ = tell.send(link.to_owned());
        }),
    }
}
