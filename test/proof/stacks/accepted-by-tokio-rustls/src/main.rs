//! tokio-rustls with its hands on the stream, meant for the clients of one CA.
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::{ServerSessionMemoryCache, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

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

/// The list is another CA's, so that nobody knows of this one's clients which are revoked.
fn unknown_status() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let revoked = CertificateRevocationListDer::pem_file_iter("certs/elsewhere.crl.pem")?.collect::<Result<Vec<_>, _>>()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/client-ca.pem")?))
        .with_crls(revoked)
        .enforce_revocation_expiration()
        .allow_unknown_revocation_status()
        .build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

fn clients_of(ca: &str) -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots(ca)?)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

/// Two servers for the clients of two CAs, with one memory.
fn one_store() -> Fallible<(ServerConfig, ServerConfig)> {
    let sessions = ServerSessionMemoryCache::new(64);
    let mut here = clients_of("certs/client-ca.pem")?;
    here.session_storage = sessions.clone();
    let mut elsewhere = clients_of("certs/elsewhere.pem")?;
    elsewhere.session_storage = sessions;
    Ok((here, elsewhere))
}

async fn answer(acceptor: TlsAcceptor, socket: TcpStream) -> std::io::Result<()> {
    let mut stream = acceptor.accept(socket).await?;
    let _ = stream.read(&mut [0; 1024]).await?;
    let body = stage::ANSWER;
    stream.write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).as_bytes()).await?;
    stream.shutdown().await
}

async fn serve(index: usize, configuration: ServerConfig) -> Fallible<()> {
    let acceptor = TlsAcceptor::from(Arc::new(configuration));
    let listener = TcpListener::bind(stage::address(index)).await?;
    loop {
        let (socket, _) = listener.accept().await?;
        tokio::spawn(answer(acceptor.clone(), socket));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Fallible<()> {
    stage::end_with_input();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (here, elsewhere) = one_store()?;
    tokio::try_join!(
        serve(0, nobody_is_asked()?),
        serve(1, optional()?),
        serve(2, no_list()?),
        serve(3, stale_list()?),
        serve(4, unknown_status()?),
        serve(5, here),
        serve(6, elsewhere),
    )?;
    Ok(())
}
