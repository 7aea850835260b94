use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

fn trust(cas: Vec<CertificateDer<'static>>) -> Result<RootCertStore, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    for ca in cas {
        roots.add(ca)?;
        println!("added");
    }
    Ok(roots)
}
