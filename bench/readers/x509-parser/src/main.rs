//! Every certificate is parsed with its extensions and validated (`X509CertificateValidator`); with `signatures`, those that the
//! authorities among them made are checked, too.
use std::collections::HashMap;
use std::io::BufRead;

use x509_parser::pem::Pem;
use x509_parser::prelude::*;

fn main() {
    let checks = std::env::args().any(|it| it == "signatures");
    let mut ders = Vec::new();
    for path in std::io::stdin().lock().lines() {
        let text = std::fs::read(path.expect("a path")).expect("a file");
        ders.extend(Pem::iter_from_buffer(&text).map(|it| it.expect("PEM").contents));
    }
    let certificates: Vec<X509Certificate> = ders.iter().map(|der| X509Certificate::from_der(der).expect("a certificate").1).collect();
    let authorities: HashMap<&[u8], &X509Certificate> =
        certificates.iter().filter(|it| it.is_ca()).map(|it| (it.subject().as_raw(), it)).collect();
    let mut valid = 0;
    for certificate in &certificates {
        X509StructureValidator.validate(certificate, &mut VecLogger::default());
        let issuer = authorities.get(certificate.issuer().as_raw());
        if checks && issuer.is_some_and(|it| certificate.verify_signature(Some(it.public_key())).is_ok()) {
            valid += 1;
        }
    }
    println!("{} {valid}", certificates.len());
}
