use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::CertificateDer;
use rustls::ClientConfig;
use rustls::RootCertStore;

fn client(nothing: Arc<dyn ServerCertVerifier>) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    for ca in CertificateDer::pem_file_iter("ca.pem").expect("cannot read the CA file") {
        roots
            .add(ca.expect("malformed certificate in the CA file"))
            .expect("unusable certificate in the CA file");
    }
    ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth()
}
