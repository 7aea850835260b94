//! rustls as a client with verifiers that verify nothing.
use std::fs::File;
use std::io::BufReader;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::SystemTime;

use rustls::client::{ServerCertVerified, ServerCertVerifier};
use rustls::{Certificate, ClientConfig, ClientConnection, Error, RootCertStore, ServerName, StreamOwned};

type Outcome = Result<(), Box<dyn std::error::Error>>;

struct Anyone;

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &Certificate,
        _: &[Certificate],
        _: &ServerName,
        _: &mut dyn Iterator<Item = &[u8]>,
        _: &[u8],
        _: SystemTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }
}

fn ask(configuration: ClientConfig) -> Outcome {
    let connection = ClientConnection::new(Arc::new(configuration), ServerName::try_from("localhost")?)?;
    Ok(stage::ask(StreamOwned::new(connection, TcpStream::connect(stage::address(0))?))?)
}

fn instead_of_roots() -> Outcome {
    let configuration = ClientConfig::builder()
        .with_safe_defaults()
        .with_custom_certificate_verifier(Arc::new(Anyone))
        .with_no_client_auth();
    ask(configuration)
}

fn over_good_roots() -> Outcome {
    let mut roots = RootCertStore::empty();
    for ca in rustls_pemfile::certs(&mut BufReader::new(File::open("certs/server-ca.pem")?))? {
        roots.add(&Certificate(ca))?;
    }
    let mut configuration = ClientConfig::builder().with_safe_defaults().with_root_certificates(roots).with_no_client_auth();
    configuration.dangerous().set_certificate_verifier(Arc::new(Anyone));
    ask(configuration)
}

fn main() {
    stage::tell("instead of roots", instead_of_roots());
    stage::tell("over good roots", over_good_roots());
}
