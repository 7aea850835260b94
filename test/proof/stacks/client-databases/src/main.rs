//! Clients of databases: some leave the verification to a connector, some have words of their own for it.
use native_tls::{Certificate, TlsConnector};
use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};
use redis::{Client, ConnectionAddr, IntoConnectionInfo};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{ConnectOptions, Connection};
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Config, Socket};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;
type Outcome = Fallible<()>;

fn port(index: usize) -> u16 {
    stage::address(index).port()
}

/// The machine of the proof, unless another is named.
fn host() -> String {
    std::env::args().nth(1).unwrap_or_else(|| "localhost".to_owned())
}

fn ca() -> Fallible<Certificate> {
    Ok(Certificate::from_pem(&std::fs::read("certs/server-ca.pem")?)?)
}

fn postgres_by_tokio() -> Config {
    let mut config = Config::new();
    config.host(&host()).port(port(0)).user("proof");
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
    let tls = TlsConnector::builder()
        .disable_built_in_roots(true)
        .add_root_certificate(ca()?)
        .danger_accept_invalid_certs(true)
        .build()?;
    let mut config = postgres_by_tokio();
    config.ssl_mode(SslMode::Require);
    ask(config, postgres_native_tls::MakeTlsConnector::new(tls)).await
}

async fn openssl_any_certificate() -> Outcome {
    let mut tls = SslConnector::builder(SslMethod::tls_client())?;
    tls.set_ca_file("certs/server-ca.pem")?;
    tls.set_verify(SslVerifyMode::NONE);
    let mut config = postgres_by_tokio();
    config.ssl_mode(SslMode::Require);
    ask(config, postgres_openssl::MakeTlsConnector::new(tls.build())).await
}

async fn tls_if_offered() -> Outcome {
    let tls = TlsConnector::builder().disable_built_in_roots(true).add_root_certificate(ca()?).build()?;
    let mut config = postgres_by_tokio();
    config.ssl_mode(SslMode::Prefer);
    ask(config, postgres_native_tls::MakeTlsConnector::new(tls)).await
}

fn blocking_if_offered() -> Outcome {
    let tls = TlsConnector::builder().disable_built_in_roots(true).add_root_certificate(ca()?).build()?;
    let mut config = postgres::Config::new();
    config.host(&host()).port(port(0)).user("proof");
    config.ssl_mode(postgres::config::SslMode::Prefer);
    config.connect(postgres_native_tls::MakeTlsConnector::new(tls))?;
    Ok(())
}

fn postgres_by_sqlx() -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass().host(&host()).port(port(0)).username("proof").ssl_root_cert("certs/server-ca.pem")
}

async fn sqlx_any_certificate() -> Outcome {
    // Closing waits for the server to hang up.
    postgres_by_sqlx().ssl_mode(PgSslMode::Require).connect().await?.close_hard().await?;
    Ok(())
}

async fn sqlx_if_offered() -> Outcome {
    postgres_by_sqlx().ssl_mode(PgSslMode::Prefer).connect().await?.close_hard().await?;
    Ok(())
}

fn mysql_with(tls: mysql::SslOpts) -> Outcome {
    let options = mysql::OptsBuilder::new()
        .ip_or_hostname(Some(host()))
        .tcp_port(port(1))
        .prefer_socket(false)
        .user(Some("proof"))
        .max_allowed_packet(Some(1 << 20))
        .ssl_opts(tls);
    mysql::Conn::new(options)?;
    Ok(())
}

fn mysql_any_certificate() -> Outcome {
    mysql_with(mysql::SslOpts::default().with_root_cert_path(Some(std::path::Path::new("certs/server-ca.pem"))).with_danger_accept_invalid_certs(true))
}

fn mysql_any_name() -> Outcome {
    mysql_with(mysql::SslOpts::default().with_root_cert_path(Some(std::path::Path::new("certs/server-ca.pem"))).with_danger_skip_domain_validation(true))
}

async fn mysql_async_any_certificate() -> Outcome {
    let tls = mysql_async::SslOpts::default()
        .with_root_certs(vec![std::path::PathBuf::from("certs/server-ca.pem").into()])
        .with_danger_accept_invalid_certs(true);
    let options = mysql_async::OptsBuilder::default()
        .ip_or_hostname(host())
        .tcp_port(port(1))
        .prefer_socket(Some(false))
        .user(Some("proof"))
        .max_allowed_packet(Some(1 << 20))
        .wait_timeout(Some(60))
        .ssl_opts(Some(tls));
    let _ = mysql_async::Conn::new(options).await?;
    Ok(())
}

/// The machine trusts the server's CA.
fn redis_any_certificate() -> Outcome {
    let address = ConnectionAddr::TcpTls { host: "localhost".to_owned(), port: port(2), insecure: true, tls_params: None };
    let client = Client::open(address.into_connection_info()?)?;
    redis::cmd("PING").exec(&mut client.get_connection()?)?;
    Ok(())
}

fn main() -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    stage::tell("native-tls, any certificate", runtime.block_on(native_any_certificate()));
    stage::tell("OpenSSL, any certificate", runtime.block_on(openssl_any_certificate()));
    stage::tell("TLS if offered", runtime.block_on(tls_if_offered()));
    stage::tell("postgres, TLS if offered", blocking_if_offered());
    stage::tell("sqlx, any certificate", runtime.block_on(sqlx_any_certificate()));
    stage::tell("sqlx, TLS if offered", runtime.block_on(sqlx_if_offered()));
    stage::tell("mysql, any certificate", mysql_any_certificate());
    stage::tell("mysql, any name", mysql_any_name());
    stage::tell("mysql_async, any certificate", runtime.block_on(mysql_async_any_certificate()));
    stage::tell("redis, any certificate", redis_any_certificate());
    Ok(())
}
