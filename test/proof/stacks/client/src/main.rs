//! The client that knocks: `client KIND[-early] SERVER-CA PORT[,PORT…] [CERTIFICATE KEY]`. It connects to each port in turn with one
//! configuration, so that the later connections offer the sessions of the earlier ones, and tells what came of the last. That one is
//! answered early where the kind says so: the request goes with the first flight, and has to be taken.
use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::client::ResolvesClientCert;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, ClientConnection, HandshakeKind, RootCertStore, SignatureScheme, Stream};

type Fallible<T> = Result<T, Box<dyn Error>>;

#[derive(Debug)]
struct Shown(Arc<CertifiedKey>);

impl ResolvesClientCert for Shown {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }

    fn has_certs(&self) -> bool {
        true
    }
}

fn configuration(kind: &str, ca: &str, identity: Option<(&str, &str)>) -> Fallible<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(ca)?)?;
    let builder = ClientConfig::builder().with_root_certificates(roots);
    let mut configuration = match identity {
        None => builder.with_no_client_auth(),
        // rustls' own way would refuse a key that does not belong to the certificate.
        Some((certificate, key)) => {
            let chain = vec![CertificateDer::from_pem_file(certificate)?];
            let key = rustls::crypto::ring::sign::any_supported_type(&PrivateKeyDer::from_pem_file(key)?)?;
            builder.with_client_cert_resolver(Arc::new(Shown(Arc::new(CertifiedKey::new(chain, key)))))
        }
    };
    if kind == "grpc" {
        configuration.alpn_protocols = vec![b"h2".to_vec()];
    }
    Ok(configuration)
}

/// Sends the request and reads until the answer is there or the server hangs up. Whether an earlier session went on.
fn ask(configuration: Arc<ClientConfig>, port: &str, request: &[u8], early: bool) -> Fallible<bool> {
    let mut socket = TcpStream::connect(format!("127.0.0.1:{port}"))?;
    socket.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut connection = ClientConnection::new(configuration, ServerName::try_from("localhost")?)?;
    if early {
        connection.early_data().ok_or("no early data is offered")?.write_all(request)?;
    }
    let mut stream = Stream::new(&mut connection, &mut socket);
    if !early {
        stream.write_all(request)?;
    }
    let (mut read, mut buffer) = (Vec::new(), [0; 4096]);
    while !read.windows(stage::ANSWER.len()).any(|it| it == stage::ANSWER.as_bytes()) {
        match stream.read(&mut buffer)? {
            0 => return Err("closed without an answer".into()),
            count => read.extend_from_slice(&buffer[..count]),
        }
    }
    if early && !connection.is_early_data_accepted() {
        return Err("early data is not accepted".into());
    }
    Ok(connection.handshake_kind() == Some(HandshakeKind::Resumed))
}

/// The same over QUIC, with an endpoint for each connection.
async fn ask_quic(configuration: Arc<ClientConfig>, port: &str, request: &[u8], early: bool) -> Fallible<()> {
    let mut endpoint = quinn::Endpoint::client(([127, 0, 0, 1], 0).into())?;
    let crypto = quinn::crypto::rustls::QuicClientConfig::try_from(configuration)?;
    endpoint.set_default_client_config(quinn::ClientConfig::new(Arc::new(crypto)));
    let connecting = endpoint.connect(format!("127.0.0.1:{port}").parse()?, "localhost")?;
    let (connection, accepted) = match early {
        false => (connecting.await?, None),
        true => connecting.into_0rtt().map(|(it, accepted)| (it, Some(accepted))).map_err(|_| "no early data is offered")?,
    };
    let (mut send, mut receive) = connection.open_bi().await?;
    send.write_all(request).await?;
    send.finish()?;
    let read = receive.read_to_end(1024).await?;
    connection.close(0u32.into(), b"");
    endpoint.wait_idle().await;
    if let Some(accepted) = accepted {
        if !accepted.await {
            return Err("early data is not accepted".into());
        }
    }
    if read == stage::ANSWER.as_bytes() { Ok(()) } else { Err("another answer".into()) }
}

/// The request stands on standard input.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Fallible<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().collect();
    let [_, kind, ca, ports, rest @ ..] = arguments.as_slice() else { return Err("KIND SERVER-CA PORTS [CERTIFICATE KEY]".into()) };
    let identity = match rest {
        [certificate, key] => Some((certificate.as_str(), key.as_str())),
        _ => None,
    };
    let mut request = Vec::new();
    std::io::stdin().read_to_end(&mut request)?;
    let (kind, early) = match kind.strip_suffix("-early") {
        Some(kind) => (kind, true),
        None => (kind.as_str(), false),
    };
    let mut configuration = configuration(kind, ca, identity)?;
    configuration.enable_early_data = early;
    let configuration = Arc::new(configuration);
    let ports: Vec<&str> = ports.split(',').collect();
    let mut last = Err("no port".into());
    for (index, port) in ports.iter().enumerate() {
        let early = early && index + 1 == ports.len();
        last = match kind {
            "quic" => ask_quic(configuration.clone(), port, &request, early).await.map(|()| false),
            _ => ask(configuration.clone(), port, &request, early),
        };
    }
    match last {
        Ok(resumed) => println!("answered{}", if resumed { ", resumed" } else { "" }),
        Err(error) => println!("refused: {error}"),
    }
    Ok(())
}
