use rustls::server::AllowAnyAuthenticatedClient;
use rustls::{Certificate, PrivateKey, RootCertStore, ServerConfig};
use std::fs::File;
use std::io::BufReader;

fn config(
    chain: Vec<Certificate>,
    key: PrivateKey,
) -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let mut client_roots = RootCertStore::empty();
    let mut ca_file = BufReader::new(File::open("client-ca.pem")?);
    for ca in rustls_pemfile::certs(&mut ca_file)? {
        client_roots.add(&Certificate(ca))?;
    }
    assert!(
        !client_roots.is_empty(),
        "no certificate in the client CA file"
    );
    let client_verifier = AllowAnyAuthenticatedClient::new(client_roots).boxed();
    let config = ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(client_verifier)
        .with_single_cert(chain, key)?;
    Ok(config)
}
