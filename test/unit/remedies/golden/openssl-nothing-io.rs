use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};
use openssl::x509::X509Name;

fn acceptor() -> std::io::Result<SslAcceptorBuilder> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder
        .set_ca_file("client-ca.pem")
        .map_err(std::io::Error::other)?;
    builder.set_client_ca_list(
        X509Name::load_client_ca_file("client-ca.pem").map_err(std::io::Error::other)?,
    );
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder
        .set_session_id_context(b"mutual-tls")
        .map_err(std::io::Error::other)?;
    Ok(builder)
}
