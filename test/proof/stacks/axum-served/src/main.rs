//! axum-server over rustls and over OpenSSL, meant for the clients of one CA.
use std::sync::Arc;

use axum::routing::get;
use axum::Router;
use axum_server::tls_openssl::OpenSSLConfig;
use axum_server::tls_rustls::RustlsConfig;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
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

fn no_list() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/client-ca.pem")?))
        .with_crls(Vec::new())
        .build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

fn stale_list() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let revoked = CertificateRevocationListDer::pem_file_iter("certs/stale/list.pem")?.collect::<Result<Vec<_>, _>>()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/client-ca.pem")?))
        .with_crls(revoked)
        .build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

/// Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
fn elsewhere() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/elsewhere.pem")?)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

async fn by_files() -> Fallible<RustlsConfig> {
    Ok(RustlsConfig::from_pem_file("certs/server.pem", "certs/server.key").await?)
}

fn own_by_openssl() -> Fallible<SslAcceptorBuilder> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("certs/server.pem")?;
    builder.set_private_key_file("certs/server.key", SslFiletype::PEM)?;
    Ok(builder)
}

fn optional_by_openssl() -> Fallible<OpenSSLConfig> {
    let mut builder = own_by_openssl()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"axum")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(OpenSSLConfig::from_acceptor(Arc::new(builder.build())))
}

/// Right as it is, too.
fn elsewhere_by_openssl() -> Fallible<OpenSSLConfig> {
    let mut builder = own_by_openssl()?;
    builder.set_ca_file("certs/elsewhere.pem")?;
    builder.set_session_id_context(b"elsewhere")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(OpenSSLConfig::from_acceptor(Arc::new(builder.build())))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Fallible<()> {
    stage::end_with_input();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let routes = Router::new().route("/", get(|| async { stage::ANSWER }));
    let by_rustls = |index: usize, configuration: RustlsConfig| {
        axum_server::bind_rustls(stage::address(index), configuration).serve(routes.clone().into_make_service())
    };
    let by_openssl = |index: usize, configuration: OpenSSLConfig| {
        axum_server::bind_openssl(stage::address(index), configuration).serve(routes.clone().into_make_service())
    };
    let configured = |configuration: ServerConfig| RustlsConfig::from_config(Arc::new(configuration));
    tokio::try_join!(
        by_rustls(0, configured(nobody_is_asked()?)),
        by_rustls(1, configured(optional()?)),
        by_rustls(2, configured(no_list()?)),
        by_rustls(3, configured(stale_list()?)),
        by_rustls(4, by_files().await?),
        by_openssl(5, optional_by_openssl()?),
        by_rustls(6, configured(elsewhere()?)),
        by_openssl(7, elsewhere_by_openssl()?),
    )?;
    Ok(())
}
