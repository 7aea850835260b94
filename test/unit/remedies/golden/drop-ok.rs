use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

fn trust(cas: Vec<CertificateDer<'static>>) -> std::io::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for ca in cas {
        roots.add(ca).map_err(std::io::Error::other)?;
    }
    Ok(roots)
}
