//! rustls as a client with verifiers that verify nothing.
use std::net::TcpStream;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, Error, RootCertStore, SignatureScheme, StreamOwned};

type Outcome = Result<(), Box<dyn std::error::Error>>;

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

fn ask(configuration: ClientConfig) -> Outcome {
    let connection = ClientConnection::new(Arc::new(configuration), ServerName::try_from("localhost")?)?;
    Ok(stage::ask(StreamOwned::new(connection, TcpStream::connect(stage::address(0))?))?)
}

fn instead_of_roots() -> Outcome {
    let configuration = ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anyone))
        .with_no_client_auth();
    ask(configuration)
}

fn over_good_roots() -> Outcome {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file("certs/server-ca.pem")?)?;
    let mut configuration = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    configuration.dangerous().set_certificate_verifier(Arc::new(Anyone));
    ask(configuration)
}

fn main() {
    stage::tell("instead of roots", instead_of_roots());
    stage::tell("over good roots", over_good_roots());
}
