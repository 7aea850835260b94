//! salvo, meant for the clients of one CA.
use std::io;

use salvo::conn::rustls::{Keycert, RustlsConfig};
use salvo::conn::{Listener, TcpListener};
use salvo::{handler, Router, Server};

fn own() -> io::Result<Keycert> {
    Keycert::new().cert_from_path("certs/server.pem")?.key_from_path("certs/server.key")
}

fn nobody_is_asked() -> io::Result<RustlsConfig> {
    Ok(RustlsConfig::new(own()?))
}

fn optional() -> io::Result<RustlsConfig> {
    RustlsConfig::new(own()?).client_auth_optional_path("certs/client-ca.pem")
}

/// Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
fn elsewhere() -> io::Result<RustlsConfig> {
    RustlsConfig::new(own()?).client_auth_required_path("certs/elsewhere.pem")
}

#[handler]
async fn answer() -> &'static str {
    stage::ANSWER
}

async fn serve(index: usize, configuration: RustlsConfig) {
    let acceptor = TcpListener::new(stage::address(index)).rustls(configuration).bind().await;
    Server::new(acceptor).serve(Router::new().get(answer)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    stage::end_with_input();
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::join!(serve(0, nobody_is_asked()?), serve(1, optional()?), serve(2, elsewhere()?));
    Ok(())
}
