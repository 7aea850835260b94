use std::fs::File;
use std::io::BufReader;

use rustls::RootCertStore;

fn trust() -> Result<RootCertStore, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    let mut reader = BufReader::new(File::open("ca.pem")?);
    for ca in rustls_pemfile::certs(&mut reader) {
        let ca = ca?;
        roots.add(ca)?;
    }
    Ok(roots)
}
