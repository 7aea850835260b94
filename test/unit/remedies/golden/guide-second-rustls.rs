use actix_web::{web, App, HttpServer};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;
use rustls::ServerConfig;
use std::net::SocketAddr; use std::sync::Arc; use tokio::net::TcpListener;
#[actix_web::main]
async fn main() -> std::io::Result<()> {
let mut client_roots = RootCertStore::empty();
for ca in CertificateDer::pem_file_iter("ca-cert.pem").map_err(std::io::Error::other)? {
    client_roots
        .add(ca.map_err(std::io::Error::other)?)
        .map_err(std::io::Error::other)?;
}
let client_verifier = WebPkiClientVerifier::builder(Arc::new(client_roots))
    .build()
    .map_err(std::io::Error::other)?;
let chain = CertificateDer::pem_file_iter("server-cert.pem")
    .map_err(std::io::Error::other)?
    .collect::<Result<Vec<_>, _>>()
    .map_err(std::io::Error::other)?;
let key = PrivateKeyDer::from_pem_file("server-key.pem").map_err(std::io::Error::other)?;
let tls = ServerConfig::builder()
    .with_client_cert_verifier(client_verifier)
    .with_single_cert(chain, key)
    .map_err(std::io::Error::other)?;
let listener = TcpListener::bind("127.0.0.1:8443").await?;
HttpServer::new(move || App::new().route("/api/secure", web::get().to(|| async { "secure" })))
    .listen_rustls_0_23(listener.into_std()?, tls)?
    .run()
    .await
}
