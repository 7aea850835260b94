use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;
use rustls::ServerConfig;
use std::sync::Arc;

fn config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, String> {
    let mut client_roots = RootCertStore::empty();
    for ca in CertificateDer::pem_file_iter("client-ca.pem").map_err(|error| error.to_string())? {
        client_roots
            .add(ca.map_err(|error| error.to_string())?)
            .map_err(|error| error.to_string())?;
    }
    let client_verifier = WebPkiClientVerifier::builder(Arc::new(client_roots))
        .build()
        .map_err(|error| error.to_string())?;
    // The certificate is our own.
    let config = ServerConfig::builder()
        .with_client_cert_verifier(client_verifier)
        .with_single_cert(chain, key)
        .expect("certificate");
    Ok(config)
}
