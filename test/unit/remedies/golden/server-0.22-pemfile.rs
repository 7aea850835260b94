use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;
use rustls::ServerConfig;
use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

fn config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let mut client_roots = RootCertStore::empty();
    let mut ca_file = BufReader::new(File::open("client-ca.pem")?);
    for ca in rustls_pemfile::certs(&mut ca_file) {
        client_roots.add(ca?)?;
    }
    let client_verifier = WebPkiClientVerifier::builder(Arc::new(client_roots)).build()?;
    // The certificate is our own.
    let config = ServerConfig::builder()
        .with_client_cert_verifier(client_verifier)
        .with_single_cert(chain, key)
        .expect("certificate");
    Ok(config)
}
