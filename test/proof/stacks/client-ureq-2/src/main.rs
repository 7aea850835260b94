//! ureq 2 with a configuration of rustls that verifies nothing.
use std::sync::Arc;

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

fn ask(configuration: ClientConfig) -> Fallible<()> {
    let agent = ureq::AgentBuilder::new().tls_config(Arc::new(configuration)).build();
    let body = agent.get(&format!("https://localhost:{}/", stage::address(0).port())).call()?.into_string()?;
    if body == stage::ANSWER { Ok(()) } else { Err("another answer".into()) }
}

fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    stage::tell("instead of roots", ask(instead_of_roots()));
    stage::tell("over good roots", over_good_roots().and_then(ask));
}
