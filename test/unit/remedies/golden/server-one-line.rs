use rustls::pki_types::pem::PemObject;
use rustls::pki_types::CertificateDer;
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;
use std::sync::Arc;

fn config(chain: Vec<rustls::pki_types::CertificateDer<'static>>, key: rustls::pki_types::PrivateKeyDer<'static>) -> Result<rustls::ServerConfig, Box<dyn std::error::Error>> { let mut client_roots = RootCertStore::empty();
for ca in CertificateDer::pem_file_iter("client-ca.pem")? {
    client_roots.add(ca?)?;
}
let client_verifier = WebPkiClientVerifier::builder(Arc::new(client_roots)).build()?;
let config = rustls::ServerConfig::builder().with_client_cert_verifier(client_verifier).with_single_cert(chain, key)?; Ok(config) }
