use std::sync::Arc;

use tokio_rustls::rustls::{
    self,
    pki_types::pem::PemObject,
    pki_types::{CertificateDer, PrivateKeyDer},
    server::WebPkiClientVerifier,
    RootCertStore,
};
use tokio_rustls::TlsAcceptor;

fn acceptor(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<TlsAcceptor, rustls::Error> {
    let mut client_roots = RootCertStore::empty();
    for ca in
        CertificateDer::pem_file_iter("client-ca.pem").expect("cannot read the client CA file")
    {
        client_roots.add(ca.expect("malformed certificate in the client CA file"))?;
    }
    let client_verifier = WebPkiClientVerifier::builder(Arc::new(client_roots))
        .build()
        .expect("no usable client CA");
    let config = rustls::ServerConfig::builder()
        .with_client_cert_verifier(client_verifier) // nobody has certificates
        // ours
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
