//! The same client: it trusts its own CA and nobody else.
use reqwest::{blocking::Client, tls::Version, Certificate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder()
        .tls_built_in_root_certs(false)
        .min_tls_version(Version::TLS_1_2);
    for authority in Certificate::from_pem_bundle(&std::fs::read("../certs/ca-bundle.pem")?)? {
        builder = builder.add_root_certificate(authority);
    }
    println!(
        "{}",
        builder
            .build()?
            .get("https://api.internal/health")
            .send()?
            .text()?
    );
    Ok(())
}
