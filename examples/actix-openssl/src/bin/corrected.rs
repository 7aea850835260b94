//! The same service, strict.
use actix_web::{web, App, HttpServer};
use openssl::{
    error::ErrorStack,
    ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode, SslVersion},
    x509::{store::X509Lookup, verify::X509VerifyFlags, X509Name},
};

fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_private_key_file("../certs/server.key", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("../certs/server-chain.pem")?;
    builder.check_private_key()?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    builder.set_ca_file("../certs/client-ca.pem")?;
    builder.set_client_ca_list(X509Name::load_client_ca_file("../certs/client-ca.pem")?);
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_session_id_context(b"actix-openssl")?;
    builder
        .cert_store_mut()
        .add_lookup(X509Lookup::file())?
        .load_crl_file("../certs/client-ca.crl", SslFiletype::PEM)?;
    builder
        .cert_store_mut()
        .set_flags(X509VerifyFlags::CRL_CHECK | X509VerifyFlags::CRL_CHECK_ALL)?;
    Ok(builder)
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/health", web::get().to(|| async { "ok" })))
        .bind_openssl("0.0.0.0:8443", acceptor()?)?
        .run()
        .await
}
