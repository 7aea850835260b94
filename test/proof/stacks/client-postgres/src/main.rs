//! tokio-postgres, which leaves the verification to its connectors and the decision for TLS to its mode.
use native_tls::Certificate;
use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Config, Socket};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn database() -> Config {
    let mut config = Config::new();
    config.host("localhost").port(stage::address(0).port()).user("proof");
    config
}

async fn ask<T>(config: Config, tls: T) -> Outcome
where
    T: MakeTlsConnect<Socket>,
    T::TlsConnect: TlsConnect<Socket>,
{
    // It answers once the server has said that it is ready.
    let _ = config.connect(tls).await?;
    Ok(())
}

async fn native_any_certificate() -> Outcome {
    let ca = Certificate::from_pem(&std::fs::read("certs/server-ca.pem")?)?;
    let tls = native_tls::TlsConnector::builder()
        .disable_built_in_roots(true)
        .add_root_certificate(ca)
        .danger_accept_invalid_certs(true)
        .build()?;
    let mut config = database();
    config.ssl_mode(SslMode::Require);
    ask(config, postgres_native_tls::MakeTlsConnector::new(tls)).await
}

async fn openssl_any_certificate() -> Outcome {
    let mut tls = SslConnector::builder(SslMethod::tls_client())?;
    tls.set_ca_file("certs/server-ca.pem")?;
    tls.set_verify(SslVerifyMode::NONE);
    let mut config = database();
    config.ssl_mode(SslMode::Require);
    ask(config, postgres_openssl::MakeTlsConnector::new(tls.build())).await
}

async fn tls_if_offered() -> Outcome {
    let ca = Certificate::from_pem(&std::fs::read("certs/server-ca.pem")?)?;
    let tls = native_tls::TlsConnector::builder().disable_built_in_roots(true).add_root_certificate(ca).build()?;
    let mut config = database();
    config.ssl_mode(SslMode::Prefer);
    ask(config, postgres_native_tls::MakeTlsConnector::new(tls)).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    stage::tell("native-tls, any certificate", native_any_certificate().await);
    stage::tell("OpenSSL, any certificate", openssl_any_certificate().await);
    stage::tell("TLS if offered", tls_if_offered().await);
}
