//! hyper over hyper-rustls with a configuration that verifies nothing.
use std::sync::Arc;

use http_body_util::{BodyExt, Empty};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

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

fn instead_of_roots() -> ClientConfig {
    ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anyone))
        .with_no_client_auth()
}

fn over_good_roots() -> Fallible<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("certs/server-ca.pem")?)?;
    let mut configuration = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    configuration.dangerous().set_certificate_verifier(Arc::new(Anyone));
    Ok(configuration)
}

async fn ask(configuration: ClientConfig) -> Fallible<()> {
    let connector = HttpsConnectorBuilder::new().with_tls_config(configuration).https_only().enable_http1().build();
    let client = Client::builder(TokioExecutor::new()).build::<_, Empty<&'static [u8]>>(connector);
    let answer = client.get(format!("https://localhost:{}/", stage::address(0).port()).parse()?).await?;
    let body = answer.into_body().collect().await?.to_bytes();
    if body == stage::ANSWER.as_bytes() { Ok(()) } else { Err("another answer".into()) }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Fallible<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    stage::tell("instead of roots", ask(instead_of_roots()).await);
    stage::tell("over good roots", ask(over_good_roots()?).await);
    Ok(())
}
