use rustls::pki_types::pem::PemObject;
use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

fn load(roots: &mut RootCertStore) {
    roots.add_parsable_certificates(
        CertificateDer::pem_file_iter("ca.pem")
            .unwrap()
            .collect::<Result<Vec<_>, _>>()
            .expect("malformed certificate"),
    );
}
