//! Acceptors that were meant to let in nobody but the clients of one CA.
use actix_web::{web, App, HttpServer};
use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode, SslVersion};
use openssl::x509::store::X509Lookup;

fn own() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("certs/server.pem")?;
    builder.set_private_key_file("certs/server.key", SslFiletype::PEM)?;
    Ok(builder)
}

fn ca_for_show() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = own()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    Ok(builder)
}

fn optional() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = own()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder)
}

fn anyone() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = own()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"anyone")?;
    builder.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, |_, _| true);
    Ok(builder)
}

fn nobody_is_asked() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = own()?;
    builder.set_verify(SslVerifyMode::NONE);
    Ok(builder)
}

fn unchecked_list() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = own()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"unchecked list")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.cert_store_mut().add_lookup(X509Lookup::file())?.load_crl_file("certs/client-ca.crl.pem", SslFiletype::PEM)?;
    Ok(builder)
}

fn unchecked_stale_list() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = own()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"stale list")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.cert_store_mut().add_lookup(X509Lookup::file())?.load_crl_file("certs/stale/list.pem", SslFiletype::PEM)?;
    Ok(builder)
}

/// All that OpenSSL can still be talked into.
fn obsolete() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("certs/server.pem")?;
    builder.set_private_key_file("certs/server.key", SslFiletype::PEM)?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"obsolete")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_cipher_list("ALL:eNULL:@SECLEVEL=0")?;
    builder.set_min_proto_version(Some(SslVersion::TLS1))?;
    Ok(builder)
}

/// Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
fn elsewhere() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = own()?;
    builder.set_ca_file("certs/elsewhere.pem")?;
    builder.set_session_id_context(b"elsewhere")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    stage::end_with_input();
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { stage::ANSWER })))
        .workers(1)
        .bind_openssl(stage::address(0), nobody_is_asked()?)?
        .bind_openssl(stage::address(1), ca_for_show()?)?
        .bind_openssl(stage::address(2), optional()?)?
        .bind_openssl(stage::address(3), anyone()?)?
        .bind_openssl(stage::address(4), unchecked_list()?)?
        .bind_openssl(stage::address(5), unchecked_stale_list()?)?
        .bind_openssl(stage::address(6), obsolete()?)?
        .bind_openssl(stage::address(7), elsewhere()?)?
        .run()
        .await
}
