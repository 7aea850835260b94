//! Rocket, meant for the clients of one CA.
use rocket::config::{LogLevel, MutualTls, TlsConfig};
use rocket::{Config, Ignite, Rocket};

fn nobody_is_asked() -> TlsConfig {
    TlsConfig::from_paths("certs/server.pem", "certs/server.key")
}

fn optional() -> TlsConfig {
    TlsConfig::from_paths("certs/server.pem", "certs/server.key").with_mutual(MutualTls::from_path("certs/client-ca.pem"))
}

/// Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
fn elsewhere() -> TlsConfig {
    TlsConfig::from_paths("certs/server.pem", "certs/server.key").with_mutual(MutualTls::from_path("certs/elsewhere.pem").mandatory(true))
}

#[rocket::get("/")]
fn answer() -> &'static str {
    stage::ANSWER
}

async fn serve(index: usize, tls: TlsConfig) -> Result<Rocket<Ignite>, Box<rocket::Error>> {
    let address = stage::address(index);
    let configuration = Config {
        address: address.ip(),
        port: address.port(),
        tls: Some(tls),
        workers: 1,
        log_level: LogLevel::Off,
        ..Config::default()
    };
    rocket::custom(configuration).mount("/", rocket::routes![answer]).launch().await.map_err(Box::new)
}

#[rocket::main]
async fn main() -> Result<(), Box<rocket::Error>> {
    stage::end_with_input();
    rocket::tokio::try_join!(serve(0, nobody_is_asked()), serve(1, optional()), serve(2, elsewhere()))?;
    Ok(())
}
