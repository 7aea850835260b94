use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::{ClientConfig, RootCertStore};

fn client(roots: RootCertStore, nothing: Arc<dyn ServerCertVerifier>) -> ClientConfig {
    let config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config
}
