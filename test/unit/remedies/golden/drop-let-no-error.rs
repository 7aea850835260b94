use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

fn trust(cas: Vec<CertificateDer<'static>>) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for ca in cas {
        roots
            .add(ca)
            .expect("unusable certificate in the trust store");
    }
    roots
}
