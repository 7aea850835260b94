use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

use rustls::client::ServerCertVerifier;
use rustls::Certificate;
use rustls::ClientConfig;
use rustls::RootCertStore;

fn client(nothing: Arc<dyn ServerCertVerifier>) -> std::io::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    let mut ca_file = BufReader::new(File::open("ca.pem")?);
    for ca in rustls_pemfile::certs(&mut ca_file)? {
        roots.add(&Certificate(ca)).map_err(std::io::Error::other)?;
    }
    Ok(ClientConfig::builder()
        .with_safe_defaults()
        .with_root_certificates(roots)
        .with_no_client_auth())
}
