//! The same service, strict: a client without a valid certificate does not get past the handshake.
use std::{any::Any, io, sync::Arc};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::{
    dev::Extensions, rt::net::TcpStream, web, App, HttpRequest, HttpResponse, HttpServer,
};
use rustls::{
    pki_types::{pem::PemObject, CertificateDer, CertificateRevocationListDer, PrivateKeyDer},
    server::WebPkiClientVerifier,
    RootCertStore, ServerConfig,
};

#[derive(Clone)]
struct PeerCertificate(CertificateDer<'static>);

fn configuration() -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter("../certs/client-ca.pem")? {
        roots.add(certificate?)?;
    }
    let revoked = CertificateRevocationListDer::pem_file_iter("../certs/client-ca.crl")?
        .collect::<Result<Vec<_>, _>>()?;
    if revoked.is_empty() {
        return Err("the revocation list is empty".into());
    }
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots))
        .with_crls(revoked)
        .enforce_revocation_expiration()
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
        None => HttpResponse::Unauthorized().finish(),
    }
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    let configuration = configuration().map_err(|error| io::Error::other(error.to_string()))?;
    HttpServer::new(|| App::new().route("/", web::get().to(whoami)))
        .on_connect(remember_peer)
        .bind_rustls_0_23("0.0.0.0:8443", configuration)?
        .run()
        .await
}
