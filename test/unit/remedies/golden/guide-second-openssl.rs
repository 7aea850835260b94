use actix_web::{web, App, HttpServer};
use std::net::SocketAddr; use openssl::ssl::SslAcceptor;
use openssl::ssl::SslFiletype;
use openssl::ssl::SslMethod;
use openssl::ssl::SslVerifyMode;
use openssl::x509::X509Name;
use tokio::net::TcpListener;
#[actix_web::main]
async fn main() -> std::io::Result<()> {
let mut tls =
    SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server()).map_err(std::io::Error::other)?;
tls.set_private_key_file("server-key.pem", SslFiletype::PEM)
    .map_err(std::io::Error::other)?;
tls.set_certificate_chain_file("server-cert.pem")
    .map_err(std::io::Error::other)?;
tls.check_private_key().map_err(std::io::Error::other)?;
tls.set_ca_file("ca-cert.pem")
    .map_err(std::io::Error::other)?;
tls.set_client_ca_list(
    X509Name::load_client_ca_file("ca-cert.pem").map_err(std::io::Error::other)?,
);
tls.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
tls.set_session_id_context(b"mutual-tls")
    .map_err(std::io::Error::other)?;
let listener = TcpListener::bind("127.0.0.1:8443").await?;
HttpServer::new(move || App::new().route("/api/secure", web::get().to(|| async { "secure" })))
    .listen_openssl(listener.into_std()?, tls)?
    .run()
    .await
}
