//! QUIC that was meant for the clients of one CA.
use std::sync::Arc;

use quinn::crypto::rustls::QuicServerConfig;
use quinn::{Endpoint, Incoming};
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

async fn answer(incoming: Incoming) -> Fallible<()> {
    let connection = incoming.await?;
    let (mut send, mut receive) = connection.accept_bi().await?;
    receive.read_to_end(1024).await?;
    send.write_all(stage::ANSWER.as_bytes()).await?;
    send.finish()?;
    connection.closed().await;
    Ok(())
}

/// In quinn's own words: nobody is asked, and early data is taken.
fn by_quinn() -> Fallible<quinn::ServerConfig> {
    let (chain, key) = own()?;
    Ok(quinn::ServerConfig::with_single_cert(chain, key)?)
}

fn listen(index: usize, configuration: ServerConfig) -> Fallible<Endpoint> {
    let crypto = QuicServerConfig::try_from(configuration)?;
    Ok(Endpoint::server(quinn::ServerConfig::with_crypto(Arc::new(crypto)), stage::address(index))?)
}

async fn serve(endpoint: Endpoint) {
    while let Some(incoming) = endpoint.accept().await {
        tokio::spawn(answer(incoming));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Fallible<()> {
    stage::end_with_input();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let endpoints = (
        listen(0, nobody_is_asked()?)?,
        listen(1, optional()?)?,
        listen(2, no_list()?)?,
        listen(3, stale_list()?)?,
        Endpoint::server(by_quinn()?, stage::address(4))?,
        listen(5, elsewhere()?)?,
    );
    println!("proof: ready");
    tokio::join!(
        serve(endpoints.0),
        serve(endpoints.1),
        serve(endpoints.2),
        serve(endpoints.3),
        serve(endpoints.4),
        serve(endpoints.5),
    );
    Ok(())
}
