//! Asks OpenSSL as Rust programs do, through the crate `openssl`: a client loads its CA file with `set_ca_file` and shakes hands with a
//! server that has a certificate; both are in this process.
//!
//! Lines on standard input: leaf, sent, the sections of the CA file and the key of the leaf in PKCS#8, separated by tabs; several
//! certificates have a comma between them. All are hexadecimal. A line of output for each: `accepted`, `unable to load certificate` where
//! the CA file cannot be loaded, or the error of verification.
use openssl::{pkey::PKey, ssl, x509::X509};
use std::io::{BufRead, Write};
use std::os::unix::net::UnixStream;

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hexadecimal digits")).collect()
}

fn pem(der: &[u8]) -> String {
    let lines: Vec<_> = openssl::base64::encode_block(der).into_bytes().chunks(64).map(|it| String::from_utf8_lossy(it).into_owned()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

fn server(leaf: &str, sent: &str, key: &str) -> ssl::SslAcceptor {
    let mut builder = ssl::SslAcceptor::mozilla_intermediate_v5(ssl::SslMethod::tls()).expect("an acceptor");
    builder.set_certificate(&X509::from_der(&bytes(leaf)).expect("a leaf")).expect("a certificate");
    builder.set_private_key(&PKey::private_key_from_pkcs8(&bytes(key)).expect("a key")).expect("the key of the leaf");
    builder.add_extra_chain_cert(X509::from_der(&bytes(sent)).expect("an intermediate")).expect("a chain");
    builder.build()
}

fn ask(line: &str) -> String {
    let [leaf, sent, trusted, key] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("four fields") };
    let file = std::env::temp_dir().join(format!("tlslint-ca-{}.pem", std::process::id()));
    std::fs::write(&file, trusted.split(',').map(|it| pem(&bytes(it))).collect::<String>()).expect("a CA file");
    let mut builder = ssl::SslConnector::builder(ssl::SslMethod::tls()).expect("a connector");
    builder.set_security_level(2);
    builder.set_cert_store(openssl::x509::store::X509StoreBuilder::new().expect("a store").build());
    let loaded = builder.set_ca_file(&file);
    std::fs::remove_file(&file).expect("the CA file");
    if loaded.is_err() {
        return "unable to load certificate".to_string();
    }
    let connector = builder.build();
    let acceptor = server(leaf, sent, key);
    let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
    let other = std::thread::spawn(move || drop(acceptor.accept(theirs)));
    let answer = match connector.connect("www.example.test", ours) {
        Ok(_) => "accepted".to_string(),
        Err(ssl::HandshakeError::Failure(stream)) => stream.ssl().verify_result().error_string().to_string(),
        Err(error) => error.to_string(),
    };
    other.join().expect("the server");
    answer
}

fn main() {
    if std::env::args().any(|it| it == "--version") {
        return println!("{}", openssl::version::version());
    }
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", ask(&line.expect("standard input is readable"))).expect("standard output is writable");
    }
}
