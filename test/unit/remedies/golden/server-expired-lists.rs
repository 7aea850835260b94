use std::sync::Arc;

use rustls::pki_types::CertificateRevocationListDer;
use rustls::server::{danger::ClientCertVerifier, WebPkiClientVerifier};
use rustls::RootCertStore;

fn verifier(
    roots: Arc<RootCertStore>,
    crls: Vec<CertificateRevocationListDer<'static>>,
) -> Result<Arc<dyn ClientCertVerifier>, Box<dyn std::error::Error>> {
    let builder = WebPkiClientVerifier::builder(roots)
        .with_crls(crls)
        .enforce_revocation_expiration();
    Ok(builder.build()?)
}
