//! A service that was meant to ask its clients for a certificate.
use std::{any::Any, io, sync::Arc};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::{
    dev::Extensions, rt::net::TcpStream, web, App, HttpRequest, HttpResponse, HttpServer,
};
use rustls::{
    pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer},
    server::WebPkiClientVerifier,
    RootCertStore, ServerConfig,
};

#[derive(Clone)]
struct PeerCertificate(CertificateDer<'static>);

fn client_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    // A damaged certificate in the bundle disappears without a word.
    for certificate in CertificateDer::pem_file_iter("../certs/client-ca.pem")
        .expect("client CA")
        .flatten()
    {
        let _ = roots.add(certificate);
    }
    roots
}

/// The client CA is loaded, the verifier is built, and neither is used.
fn public_configuration() -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let roots = client_roots();
    println!("{} client CAs", roots.len());
    let chain = CertificateDer::pem_file_iter("../certs/wrong-order.pem")?
        .collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file("../certs/server.key")?;
    let mut configuration = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    configuration.max_early_data_size = 16_384;
    configuration.key_log = Arc::new(rustls::KeyLogFile::new());
    Ok(configuration)
}

/// Asks for a certificate, and takes a client without one as well.
fn permissive_configuration() -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(client_roots()))
        .allow_unauthenticated()
        .build()?;
    let chain = CertificateDer::pem_file_iter("../certs/server-chain.pem")?
        .collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file("../certs/server.key")?;
    Ok(ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?)
}

fn remember_peer(connection: &dyn Any, extensions: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<TlsStream<TcpStream>>() {
        let (_, session) = stream.get_ref();
        if let Some(certificate) = session.peer_certificates().and_then(|chain| chain.first()) {
            extensions.insert(PeerCertificate(certificate.clone().into_owned()));
        }
    }
}

async fn whoami(request: HttpRequest) -> HttpResponse {
    match request.conn_data::<PeerCertificate>() {
        Some(PeerCertificate(der)) => {
            HttpResponse::Ok().body(format!("{} bytes", der.as_ref().len()))
        }
        None => HttpResponse::Ok().body("hello, whoever you are"),
    }
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    let public = public_configuration().map_err(|error| io::Error::other(error.to_string()))?;
    let permissive =
        permissive_configuration().map_err(|error| io::Error::other(error.to_string()))?;
    HttpServer::new(|| App::new().route("/", web::get().to(whoami)))
        .bind("0.0.0.0:8080")?
        .bind_rustls_0_23("0.0.0.0:8443", public)?
        .bind_rustls_0_23("0.0.0.0:9443", permissive)?
        .on_connect(remember_peer)
        .run()
        .await
}
