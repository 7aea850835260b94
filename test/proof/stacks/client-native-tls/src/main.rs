//! native-tls, talked out of its checks.
use std::net::TcpStream;

use native_tls::{Certificate, TlsConnector, TlsConnectorBuilder};

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

fn main() {
    stage::tell("any certificate", any_certificate());
    stage::tell("any name", any_name());
}
