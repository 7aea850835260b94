//! tokio-openssl with its hands on the stream, meant for the clients of one CA.
use std::pin::Pin;

use openssl::ssl::{Ssl, SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};
use openssl::x509::verify::X509VerifyFlags;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_openssl::SslStream;

type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn own() -> Fallible<SslAcceptorBuilder> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("certs/server.pem")?;
    builder.set_private_key_file("certs/server.key", SslFiletype::PEM)?;
    Ok(builder)
}

fn nobody_is_asked() -> Fallible<SslAcceptor> {
    let mut builder = own()?;
    builder.set_verify(SslVerifyMode::NONE);
    Ok(builder.build())
}

fn optional() -> Fallible<SslAcceptor> {
    let mut builder = own()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"optional")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder.build())
}

fn errors_forgiven() -> Fallible<SslAcceptor> {
    let mut builder = own()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"forgiven")?;
    builder.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, |verified, context| {
        if !verified {
            eprintln!("{}", context.error());
        }
        true
    });
    Ok(builder.build())
}

fn weakened() -> Fallible<SslAcceptor> {
    let mut builder = own()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"weakened")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder.build())
}

/// Right, but for what the callers add.
fn required(name: &[u8]) -> Fallible<SslAcceptorBuilder> {
    let mut builder = own()?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(name)?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}

fn times_unchecked() -> Fallible<SslAcceptor> {
    let mut builder = required(b"times")?;
    builder.verify_param_mut().set_flags(X509VerifyFlags::NO_CHECK_TIME)?;
    Ok(builder.build())
}

/// The summer of 2020, for ever.
fn clock_stopped() -> Fallible<SslAcceptor> {
    let mut builder = required(b"clock")?;
    builder.verify_param_mut().set_time(1_593_561_600);
    Ok(builder.build())
}

fn sessions_without_context() -> Fallible<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file("certs/server.pem")?;
    builder.set_private_key_file("certs/server.key", SslFiletype::PEM)?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

/// Any authority of the machine, which here is one that is none of ours.
fn public_authorities() -> Fallible<SslAcceptor> {
    let mut builder = own()?;
    builder.set_default_verify_paths()?;
    builder.set_session_id_context(b"public")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

fn old_preset() -> Fallible<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls_server())?;
    builder.set_security_level(0);
    builder.set_certificate_chain_file("certs/server.pem")?;
    builder.set_private_key_file("certs/server.key", SslFiletype::PEM)?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"old preset")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

fn no_encryption() -> Fallible<SslAcceptor> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_cipher_list("ALL:eNULL:@SECLEVEL=0")?;
    builder.set_certificate_chain_file("certs/server.pem")?;
    builder.set_private_key_file("certs/server.key", SslFiletype::PEM)?;
    builder.set_ca_file("certs/client-ca.pem")?;
    builder.set_session_id_context(b"no encryption")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

/// Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
fn elsewhere() -> Fallible<SslAcceptor> {
    let mut builder = own()?;
    builder.set_ca_file("certs/elsewhere.pem")?;
    builder.set_session_id_context(b"elsewhere")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder.build())
}

async fn answer(acceptor: SslAcceptor, socket: TcpStream) -> Fallible<()> {
    let mut stream = SslStream::new(Ssl::new(acceptor.context())?, socket)?;
    Pin::new(&mut stream).accept().await?;
    let _ = stream.read(&mut [0; 1024]).await?;
    let body = stage::ANSWER;
    stream.write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).as_bytes()).await?;
    stream.shutdown().await?;
    Ok(())
}

async fn serve(index: usize, acceptor: SslAcceptor) -> Fallible<()> {
    let listener = TcpListener::bind(stage::address(index)).await?;
    loop {
        let (socket, _) = listener.accept().await?;
        tokio::spawn(answer(acceptor.clone(), socket));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Fallible<()> {
    stage::end_with_input();
    tokio::try_join!(
        serve(0, nobody_is_asked()?),
        serve(1, optional()?),
        serve(2, errors_forgiven()?),
        serve(3, weakened()?),
        serve(4, times_unchecked()?),
        serve(5, clock_stopped()?),
        serve(6, sessions_without_context()?),
        serve(7, public_authorities()?),
        serve(8, old_preset()?),
        serve(9, no_encryption()?),
        serve(10, elsewhere()?),
    )?;
    Ok(())
}
