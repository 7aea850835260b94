//! reqwest over both of its TLS stacks, talked out of its checks.
use reqwest::blocking::{Client, ClientBuilder};
use reqwest::Certificate;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn ask(builder: ClientBuilder) -> Outcome {
    let client = builder.build()?;
    let body = client.get(format!("https://localhost:{}/", stage::address(0).port())).send()?.text()?;
    if body == stage::ANSWER { Ok(()) } else { Err("another answer".into()) }
}

fn ca() -> Result<Certificate, Box<dyn std::error::Error>> {
    Ok(Certificate::from_pem(&std::fs::read("certs/server-ca.pem")?)?)
}

fn rustls_any_certificate() -> Outcome {
    ask(Client::builder().use_rustls_tls().tls_built_in_root_certs(false).add_root_certificate(ca()?).danger_accept_invalid_certs(true))
}

fn native_any_certificate() -> Outcome {
    ask(Client::builder().use_native_tls().tls_built_in_root_certs(false).add_root_certificate(ca()?).danger_accept_invalid_certs(true))
}

fn native_any_name() -> Outcome {
    ask(Client::builder().use_native_tls().tls_built_in_root_certs(false).add_root_certificate(ca()?).danger_accept_invalid_hostnames(true))
}

fn main() {
    stage::tell("rustls, any certificate", rustls_any_certificate());
    stage::tell("native-tls, any certificate", native_any_certificate());
    stage::tell("native-tls, any name", native_any_name());
}
