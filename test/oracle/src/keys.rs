//! Whether rustls loads a private key and signs with it: an id, `PKCS#8`, `PKCS#1` or `SEC 1`, and the key, one a line.
use std::io::Write;

/// An error that is put off until the first signature is told apart from that of loading.
macro_rules! signs {
    ($rustls:ident, $loaded:expr) => {{
        use $rustls::SignatureScheme::*;
        let key = $loaded.map_err(|_| "loading".to_string())?;
        let signer = key.choose_scheme(&[ECDSA_NISTP256_SHA256, ECDSA_NISTP384_SHA384, ECDSA_NISTP521_SHA512, ED25519, RSA_PSS_SHA256]);
        signer.ok_or("no scheme")?.sign(b"message").map(drop).map_err(|_| "signing".to_string())
    }};
}

pub fn run(lines: impl Iterator<Item = String>, out: &mut impl Write) {
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, format, key] = fields[..] else { panic!("a key has three fields") };
        let der = crate::bytes(key);
        let answers = [
            ("rustls@0.21 ring", series_021(&der)),
            ("rustls@0.22 ring", series_022(format, &der)),
            ("rustls@0.23 ring", series_023(rustls_0_23::crypto::ring::default_provider(), format, &der)),
            ("rustls@0.23 aws-lc-rs", series_023(rustls_0_23::crypto::aws_lc_rs::default_provider(), format, &der)),
        ];
        for (stack, answer) in answers {
            let verdict = answer.map_or_else(|kind| format!("refused\t{kind}"), |()| "accepted\t".to_string());
            writeln!(out, "{id}\t{stack}\t{verdict}").expect("standard output is writable");
        }
    }
}

fn key(format: &str, der: &[u8]) -> pki_types::PrivateKeyDer<'static> {
    let der = der.to_vec();
    match format {
        "PKCS#8" => pki_types::PrivatePkcs8KeyDer::from(der).into(),
        "PKCS#1" => pki_types::PrivatePkcs1KeyDer::from(der).into(),
        "SEC 1" => pki_types::PrivateSec1KeyDer::from(der).into(),
        other => panic!("{other} is no format of a key"),
    }
}

fn series_021(der: &[u8]) -> Result<(), String> {
    signs!(rustls_0_21, rustls_0_21::sign::any_supported_type(&rustls_0_21::PrivateKey(der.to_vec())))
}

fn series_022(format: &str, der: &[u8]) -> Result<(), String> {
    signs!(rustls_0_22, rustls_0_22::crypto::ring::default_provider().key_provider.load_private_key(key(format, der)))
}

fn series_023(provider: rustls_0_23::crypto::CryptoProvider, format: &str, der: &[u8]) -> Result<(), String> {
    signs!(rustls_0_23, provider.key_provider.load_private_key(key(format, der)))
}
