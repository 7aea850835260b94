//! poem, meant for the clients of one CA.
use std::io;

use poem::listener::{Listener, RustlsCertificate, RustlsConfig, TcpListener};
use poem::{get, handler, Route, Server};

fn own() -> io::Result<RustlsCertificate> {
    Ok(RustlsCertificate::new().cert(std::fs::read("certs/server.pem")?).key(std::fs::read("certs/server.key")?))
}

fn nobody_is_asked() -> io::Result<RustlsConfig> {
    Ok(RustlsConfig::new().fallback(own()?))
}

fn optional() -> io::Result<RustlsConfig> {
    Ok(RustlsConfig::new().fallback(own()?).client_auth_optional(std::fs::read("certs/client-ca.pem")?))
}

/// Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
fn elsewhere() -> io::Result<RustlsConfig> {
    Ok(RustlsConfig::new().fallback(own()?).client_auth_required(std::fs::read("certs/elsewhere.pem")?))
}

#[handler]
fn answer() -> &'static str {
    stage::ANSWER
}

async fn serve(index: usize, configuration: RustlsConfig) -> io::Result<()> {
    let listener = TcpListener::bind(stage::address(index)).rustls(configuration);
    Server::new(listener).run(Route::new().at("/", get(answer))).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    stage::end_with_input();
    tokio::try_join!(serve(0, nobody_is_asked()?), serve(1, optional()?), serve(2, elsewhere()?))?;
    Ok(())
}
