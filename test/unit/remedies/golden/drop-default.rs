use std::fs::File;
use std::io::BufReader;

fn load() -> std::io::Result<Vec<Vec<u8>>> {
    let mut reader = BufReader::new(File::open("ca.pem")?);
    let certs = rustls_pemfile::certs(&mut reader)?;
    Ok(certs)
}
