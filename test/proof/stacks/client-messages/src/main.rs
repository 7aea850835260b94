//! Clients of mail, directory and message servers, most of which begin in the clear. The machine trusts the server's CA.
use std::time::Duration;

use async_nats::ConnectOptions;
use imap::{ClientBuilder, ConnectionMode};
use ldap3::{LdapConn, LdapConnSettings};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters, TlsParametersBuilder};
use lettre::SmtpTransport;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;
type Outcome = Fallible<()>;

fn port(index: usize) -> u16 {
    stage::address(index).port()
}

/// The machine of the proof, unless another is named.
fn host() -> String {
    std::env::args().nth(1).unwrap_or_else(|| "localhost".to_owned())
}

fn parameters() -> Fallible<TlsParametersBuilder> {
    let ca = Certificate::from_pem(&std::fs::read("certs/server-ca.pem")?)?;
    Ok(TlsParameters::builder("localhost".to_owned()).add_root_certificate(ca))
}

fn submit(tls: Tls) -> Outcome {
    let transport = SmtpTransport::builder_dangerous(host()).port(port(0)).tls(tls).timeout(Some(Duration::from_secs(5))).build();
    if transport.test_connection()? { Ok(()) } else { Err("not connected".into()) }
}

fn mail_any_certificate() -> Outcome {
    submit(Tls::Required(parameters()?.dangerous_accept_invalid_certs(true).build()?))
}

fn mail_any_name() -> Outcome {
    submit(Tls::Required(parameters()?.dangerous_accept_invalid_hostnames(true).build()?))
}

fn mail_if_offered() -> Outcome {
    submit(Tls::Opportunistic(parameters()?.build()?))
}

fn mailbox_any_certificate() -> Outcome {
    let client = ClientBuilder::new("localhost", port(1)).mode(ConnectionMode::StartTls).danger_skip_tls_verify(true).connect()?;
    client.login("proof", "proof").map_err(|(error, _)| error)?;
    Ok(())
}

fn mailbox_if_offered() -> Outcome {
    let client = ClientBuilder::new(host(), port(1)).mode(ConnectionMode::Auto).connect()?;
    client.login("proof", "proof").map_err(|(error, _)| error)?;
    Ok(())
}

fn directory_any_certificate() -> Outcome {
    let settings = LdapConnSettings::new().set_conn_timeout(Duration::from_secs(5)).set_no_tls_verify(true);
    let mut connection = LdapConn::with_settings(settings, &format!("ldaps://localhost:{}", port(2)))?;
    connection.with_timeout(Duration::from_secs(5)).simple_bind("cn=proof", "proof")?.success()?;
    Ok(())
}

async fn messages_if_offered() -> Outcome {
    let options = ConnectOptions::new().require_tls(false).connection_timeout(Duration::from_secs(5));
    // It answers once the server has answered the first ping.
    options.connect(format!("{}:{}", host(), port(3))).await?;
    Ok(())
}

fn main() -> Outcome {
    let _ = rustls::crypto::ring::default_provider().install_default();
    stage::tell("lettre, any certificate", mail_any_certificate());
    stage::tell("lettre, any name", mail_any_name());
    stage::tell("lettre, TLS if offered", mail_if_offered());
    stage::tell("imap, any certificate", mailbox_any_certificate());
    stage::tell("imap, TLS if offered", mailbox_if_offered());
    stage::tell("ldap3, any certificate", directory_any_certificate());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    stage::tell("async-nats, TLS if offered", runtime.block_on(messages_if_offered()));
    Ok(())
}
