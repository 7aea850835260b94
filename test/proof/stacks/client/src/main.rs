//! The client that knocks: `client KIND SERVER-CA PORT[,PORT…] [CERTIFICATE KEY]`. It connects to each port in turn with one
//! configuration, so that the later connections offer the sessions of the earlier ones, and tells what came of the last.
use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, HandshakeKind, RootCertStore, Stream};

type Fallible<T> = Result<T, Box<dyn Error>>;

fn configuration(kind: &str, ca: &str, identity: Option<(&str, &str)>) -> Fallible<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(ca)?)?;
    let builder = ClientConfig::builder().with_root_certificates(roots);
    let mut configuration = match identity {
        None => builder.with_no_client_auth(),
        Some((certificate, key)) => {
            builder.with_client_auth_cert(vec![CertificateDer::from_pem_file(certificate)?], PrivateKeyDer::from_pem_file(key)?)?
        }
    };
    if kind == "grpc" {
        configuration.alpn_protocols = vec![b"h2".to_vec()];
    }
    Ok(configuration)
}

/// Sends the request and reads until the answer is there or the server hangs up. Whether an earlier session went on.
fn ask(configuration: Arc<ClientConfig>, port: &str, request: &[u8]) -> Fallible<bool> {
    let mut socket = TcpStream::connect(format!("127.0.0.1:{port}"))?;
    socket.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut connection = ClientConnection::new(configuration, ServerName::try_from("localhost")?)?;
    let mut stream = Stream::new(&mut connection, &mut socket);
    stream.write_all(request)?;
    let (mut read, mut buffer) = (Vec::new(), [0; 4096]);
    while !read.windows(stage::ANSWER.len()).any(|it| it == stage::ANSWER.as_bytes()) {
        match stream.read(&mut buffer)? {
            0 => return Err("closed without an answer".into()),
            count => read.extend_from_slice(&buffer[..count]),
        }
    }
    Ok(connection.handshake_kind() == Some(HandshakeKind::Resumed))
}

/// The request stands on standard input.
fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, kind, ca, ports, rest @ ..] = arguments.as_slice() else { return Err("KIND SERVER-CA PORTS [CERTIFICATE KEY]".into()) };
    let identity = match rest {
        [certificate, key] => Some((certificate.as_str(), key.as_str())),
        _ => None,
    };
    let mut request = Vec::new();
    std::io::stdin().read_to_end(&mut request)?;
    let configuration = Arc::new(configuration(kind, ca, identity)?);
    let mut last = Err("no port".into());
    for port in ports.split(',') {
        last = ask(configuration.clone(), port, &request);
    }
    match last {
        Ok(resumed) => println!("answered{}", if resumed { ", resumed" } else { "" }),
        Err(error) => println!("refused: {error}"),
    }
    Ok(())
}
