//! Three acceptors that were meant to ask their clients for a certificate.
use actix_web::{web, App, HttpServer};
use openssl::{
    error::ErrorStack,
    ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode, SslVersion},
    x509::store::X509Lookup,
};

/// PEER alone asks for a certificate and lets in whoever shows none.
fn asks_only() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls())?;
    builder.set_private_key_file("../certs/server.key", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("../certs/server-chain.pem")?;
    builder.set_ca_file("../certs/client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER);
    builder.set_min_proto_version(Some(SslVersion::TLS1))?;
    Ok(builder)
}

/// The CA is loaded and nothing enforces it; the CRL is loaded and never looked at.
fn decorated() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_private_key_file("../certs/server.key", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("../certs/server-chain.pem")?;
    builder.set_ca_file("../certs/client-ca.pem")?;
    builder
        .cert_store_mut()
        .add_lookup(X509Lookup::file())?
        .load_crl_file("../certs/client-ca.crl", SslFiletype::PEM)?;
    Ok(builder)
}

/// The callback throws OpenSSL's own answer away.
fn accepts_anything() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_private_key_file("../certs/server.key", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("../certs/server-chain.pem")?;
    builder.set_ca_file("../certs/client-ca.pem")?;
    builder.set_session_id_context(b"example")?;
    builder.set_verify_callback(
        SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT,
        |_verified, context| {
            println!(
                "client certificate at depth {}: {}",
                context.error_depth(),
                context.error()
            );
            true
        },
    );
    Ok(builder)
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/health", web::get().to(|| async { "ok" })))
        .bind_openssl("0.0.0.0:8443", asks_only()?)?
        .bind_openssl("0.0.0.0:8444", decorated()?)?
        .bind_openssl("0.0.0.0:8445", accepts_anything()?)?
        .run()
        .await
}
