//! rustls as a client with verifiers that verify nothing, by itself and under what carries its configuration.
use std::net::TcpStream;
use std::sync::Arc;

use http_body_util::{BodyExt, Empty};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, Error, RootCertStore, SignatureScheme, StreamOwned};
use tokio_tungstenite::Connector;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;
type Outcome = Fallible<()>;

#[derive(Debug)]
struct Anyone;

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ECDSA_NISTP256_SHA256]
    }
}

fn roots() -> Fallible<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for ca in CertificateDer::pem_file_iter("certs/server-ca.pem")? {
        roots.add(ca?)?;
    }
    Ok(roots)
}

fn instead_of_roots() -> ClientConfig {
    ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anyone))
        .with_no_client_auth()
}

fn over_good_roots() -> Fallible<ClientConfig> {
    let mut configuration = ClientConfig::builder().with_root_certificates(roots()?).with_no_client_auth();
    configuration.dangerous().set_certificate_verifier(Arc::new(Anyone));
    Ok(configuration)
}

fn verified_by(verifier: Arc<WebPkiServerVerifier>) -> ClientConfig {
    ClientConfig::builder().with_webpki_verifier(verifier).with_no_client_auth()
}

fn no_list() -> Fallible<ClientConfig> {
    Ok(verified_by(WebPkiServerVerifier::builder(Arc::new(roots()?)).with_crls(Vec::new()).build()?))
}

fn stale_list() -> Fallible<ClientConfig> {
    let revoked = CertificateRevocationListDer::pem_file_iter("certs/stale/server-list.pem")?.collect::<Result<Vec<_>, _>>()?;
    Ok(verified_by(WebPkiServerVerifier::builder(Arc::new(roots()?)).with_crls(revoked).build()?))
}

fn nobody_trusted() -> ClientConfig {
    ClientConfig::builder().with_root_certificates(RootCertStore::empty()).with_no_client_auth()
}

fn ask(configuration: ClientConfig) -> Outcome {
    let connection = ClientConnection::new(Arc::new(configuration), ServerName::try_from("localhost")?)?;
    Ok(stage::ask(StreamOwned::new(connection, TcpStream::connect(stage::address(0))?))?)
}

async fn ask_by_hyper(connector: HttpsConnector<HttpConnector>, scheme: &str) -> Outcome {
    let client = Client::builder(TokioExecutor::new()).build::<_, Empty<&'static [u8]>>(connector);
    let answer = client.get(format!("{scheme}://localhost:{}/", stage::address(0).port()).parse()?).await?;
    let body = answer.into_body().collect().await?.to_bytes();
    if body == stage::ANSWER.as_bytes() { Ok(()) } else { Err("another answer".into()) }
}

fn connector(configuration: ClientConfig) -> HttpsConnector<HttpConnector> {
    HttpsConnectorBuilder::new().with_tls_config(configuration).https_only().enable_http1().build()
}

/// Whoever gives the address decides whether there is TLS.

fn ask_by_ureq(configuration: ClientConfig) -> Outcome {
    let agent = ureq::AgentBuilder::new().tls_config(Arc::new(configuration)).build();
    let body = agent.get(&format!("https://localhost:{}/", stage::address(0).port())).call()?.into_string()?;
    if body == stage::ANSWER { Ok(()) } else { Err("another answer".into()) }
}

async fn ask_by_tungstenite(configuration: ClientConfig) -> Outcome {
    let address = format!("wss://localhost:{}/", stage::address(1).port());
    let connector = Connector::Rustls(Arc::new(configuration));
    tokio_tungstenite::connect_async_tls_with_config(address, None, false, Some(connector)).await?;
    Ok(())
}

fn main() -> Outcome {
    let _ = rustls::crypto::ring::default_provider().install_default();
    stage::tell("instead of roots", ask(instead_of_roots()));
    stage::tell("over good roots", over_good_roots().and_then(ask));
    stage::tell("no revocation list", no_list().and_then(ask));
    stage::tell("a stale list is good enough", stale_list().and_then(ask));
    stage::tell("nobody is trusted", ask(nobody_trusted()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    stage::tell("hyper-rustls, instead of roots", runtime.block_on(ask_by_hyper(connector(instead_of_roots()), "https")));
    stage::tell("hyper-rustls, over good roots", runtime.block_on(ask_by_hyper(connector(over_good_roots()?), "https")));
    stage::tell("ureq, instead of roots", ask_by_ureq(instead_of_roots()));
    stage::tell("ureq, over good roots", over_good_roots().and_then(ask_by_ureq));
    stage::tell("tungstenite, instead of roots", runtime.block_on(ask_by_tungstenite(instead_of_roots())));
    stage::tell("tungstenite, over good roots", runtime.block_on(ask_by_tungstenite(over_good_roots()?)));
    Ok(())
}
