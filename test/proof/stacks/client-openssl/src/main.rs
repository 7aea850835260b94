//! OpenSSL as a client, talked out of its checks.
use std::net::TcpStream;

use openssl::error::ErrorStack;
use openssl::ssl::{ConnectConfiguration, SslConnector, SslConnectorBuilder, SslMethod, SslVerifyMode, SslVersion};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn trusting() -> Result<SslConnectorBuilder, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_ca_file("certs/server-ca.pem")?;
    Ok(builder)
}

fn ask(configuration: ConnectConfiguration) -> Outcome {
    let socket = TcpStream::connect(stage::address(0))?;
    Ok(stage::ask(configuration.connect("localhost", socket)?)?)
}

fn any_certificate() -> Outcome {
    let mut builder = trusting()?;
    builder.set_verify(SslVerifyMode::NONE);
    ask(builder.build().configure()?)
}

fn errors_forgiven() -> Outcome {
    let mut builder = trusting()?;
    builder.set_verify_callback(SslVerifyMode::PEER, |verified, context| {
        if !verified {
            eprintln!("{}", context.error());
        }
        true
    });
    ask(builder.build().configure()?)
}

fn any_name() -> Outcome {
    ask(trusting()?.build().configure()?.verify_hostname(false))
}

fn obsolete() -> Outcome {
    let mut builder = trusting()?;
    builder.set_cipher_list("ALL:eNULL:@SECLEVEL=0")?;
    builder.set_min_proto_version(Some(SslVersion::TLS1))?;
    ask(builder.build().configure()?)
}

fn main() {
    stage::tell("any certificate", any_certificate());
    stage::tell("errors forgiven", errors_forgiven());
    stage::tell("any name", any_name());
    stage::tell("obsolete", obsolete());
}
