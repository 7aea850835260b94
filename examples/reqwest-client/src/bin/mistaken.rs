//! A client that was told to stop complaining about certificates.
use reqwest::{blocking::Client, tls::Version, Certificate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let authority = Certificate::from_pem(&std::fs::read("../certs/ca-bundle.pem")?)?;
    let client = Client::builder()
        .add_root_certificate(authority)
        .min_tls_version(Version::TLS_1_0)
        .danger_accept_invalid_certs(true)
        .danger_accept_invalid_hostnames(true)
        .build()?;
    println!(
        "{}",
        client.get("https://api.internal/health").send()?.text()?
    );
    Ok(())
}
