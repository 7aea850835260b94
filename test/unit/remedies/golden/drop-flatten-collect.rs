use std::fs::File;
use std::io::BufReader;

use rustls::pki_types::CertificateDer;

fn load() -> std::io::Result<Vec<CertificateDer<'static>>> {
    let mut reader = BufReader::new(File::open("ca.pem")?);
    let certs = rustls_pemfile::certs(&mut reader).collect::<Result<Vec<_>, _>>()?;
    Ok(certs)
}
