//! ureq 3, talked out of its checks.
use std::sync::Arc;

use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::Agent;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn any_certificate() -> Outcome {
    let ca = Certificate::from_pem(&std::fs::read("certs/server-ca.pem")?)?;
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(vec![ca])))
        .disable_verification(true)
        .build();
    let agent = Agent::new_with_config(Agent::config_builder().tls_config(tls).build());
    let body = agent.get(format!("https://localhost:{}/", stage::address(0).port())).call()?.body_mut().read_to_string()?;
    if body == stage::ANSWER { Ok(()) } else { Err("another answer".into()) }
}

fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    stage::tell("any certificate", any_certificate());
}
