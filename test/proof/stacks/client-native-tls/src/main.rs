//! native-tls, talked out of its checks, by itself and with tokio.
use std::net::TcpStream;

use native_tls::{Certificate, TlsConnector, TlsConnectorBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn trusting() -> Result<TlsConnectorBuilder, Box<dyn std::error::Error>> {
    let mut builder = TlsConnector::builder();
    builder.disable_built_in_roots(true);
    builder.add_root_certificate(Certificate::from_pem(&std::fs::read("certs/server-ca.pem")?)?);
    Ok(builder)
}

fn ask(connector: TlsConnector) -> Outcome {
    let socket = TcpStream::connect(stage::address(0))?;
    Ok(stage::ask(connector.connect("localhost", socket)?)?)
}

fn any_certificate() -> Outcome {
    let mut builder = trusting()?;
    builder.danger_accept_invalid_certs(true);
    ask(builder.build()?)
}

fn any_name() -> Outcome {
    let mut builder = trusting()?;
    builder.danger_accept_invalid_hostnames(true);
    ask(builder.build()?)
}

fn trusting_async() -> Result<async_native_tls::TlsConnector, Box<dyn std::error::Error>> {
    let ca = async_native_tls::Certificate::from_pem(&std::fs::read("certs/server-ca.pem")?)?;
    Ok(async_native_tls::TlsConnector::new().add_root_certificate(ca))
}

async fn ask_async(connector: async_native_tls::TlsConnector) -> Outcome {
    let mut stream = connector.connect("localhost", tokio::net::TcpStream::connect(stage::address(0)).await?).await?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    if answer.ends_with(stage::ANSWER) { Ok(()) } else { Err("another answer".into()) }
}

async fn async_any_certificate() -> Outcome {
    ask_async(trusting_async()?.danger_accept_invalid_certs(true)).await
}

async fn async_any_name() -> Outcome {
    ask_async(trusting_async()?.danger_accept_invalid_hostnames(true)).await
}

fn main() -> Outcome {
    stage::tell("any certificate", any_certificate());
    stage::tell("any name", any_name());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    stage::tell("async-native-tls, any certificate", runtime.block_on(async_any_certificate()));
    stage::tell("async-native-tls, any name", runtime.block_on(async_any_name()));
    Ok(())
}
