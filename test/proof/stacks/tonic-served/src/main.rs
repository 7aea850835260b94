//! gRPC that was meant for the clients of one CA.
use std::convert::Infallible;

use http::{Request, Response};
use tonic::body::Body;
use tonic::transport::{Certificate, Identity, Server, ServerTlsConfig};
use tower::service_fn;

type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn own() -> Fallible<Identity> {
    Ok(Identity::from_pem(std::fs::read("certs/server.pem")?, std::fs::read("certs/server.key")?))
}

fn nobody_is_asked() -> Fallible<ServerTlsConfig> {
    Ok(ServerTlsConfig::new().identity(own()?))
}

fn optional() -> Fallible<ServerTlsConfig> {
    let clients = Certificate::from_pem(std::fs::read("certs/client-ca.pem")?);
    Ok(ServerTlsConfig::new().identity(own()?).client_ca_root(clients).client_auth_optional(true))
}

/// Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
fn elsewhere() -> Fallible<ServerTlsConfig> {
    let clients = Certificate::from_pem(std::fs::read("certs/elsewhere.pem")?);
    Ok(ServerTlsConfig::new().identity(own()?).client_ca_root(clients))
}

async fn answer(_: Request<Body>) -> Result<Response<String>, Infallible> {
    Ok(Response::new(stage::ANSWER.to_owned()))
}

async fn serve(index: usize, configuration: ServerTlsConfig) -> Fallible<()> {
    Server::builder().tls_config(configuration)?.serve(stage::address(index), service_fn(answer)).await?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Fallible<()> {
    stage::end_with_input();
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::try_join!(serve(0, nobody_is_asked()?), serve(1, optional()?), serve(2, elsewhere()?))?;
    Ok(())
}
