//! axum-server over rustls and over OpenSSL, meant for the clients of one CA.
use std::sync::Arc;

use axum::routing::get;
use axum::Router;
use axum_server::tls_openssl::OpenSSLConfig;
use axum_server::tls_rustls::RustlsConfig;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn roots(file: &str) -> Fallible<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for ca in CertificateDer::pem_file_iter(file)? {
        roots.add(ca?)?;
    }
    Ok(roots)
}

fn own() -> Fallible<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let chain = CertificateDer::pem_file_iter("certs/server.pem")?.collect::<Result<_, _>>()?;
    Ok((chain, PrivateKeyDer::from_pem_file("certs/server.key")?))
}

fn nobody_is_asked() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    Ok(ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?)
}

fn optional() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/client-ca.pem")?))
        .allow_unauthenticated()
        .build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

fn by_openssl() -> Fallible<OpenSSLConfig> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("certs/server.pem")?;
    builder.set_private_key_file("certs/server.key", SslFiletype::PEM)?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"axum")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(OpenSSLConfig::from_acceptor(Arc::new(builder.build())))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Fallible<()> {
    stage::end_with_input();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let routes = Router::new().route("/", get(|| async { stage::ANSWER }));
    let first = RustlsConfig::from_config(Arc::new(nobody_is_asked()?));
    let second = RustlsConfig::from_config(Arc::new(optional()?));
    let serve = |index: usize, configuration| axum_server::bind_rustls(stage::address(index), configuration).serve(routes.clone().into_make_service());
    let third = axum_server::bind_openssl(stage::address(2), by_openssl()?).serve(routes.clone().into_make_service());
    tokio::try_join!(serve(0, first), serve(1, second), third)?;
    Ok(())
}
