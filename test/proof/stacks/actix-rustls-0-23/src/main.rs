//! Listeners that were meant to let in nobody but the clients of one CA.
use std::any::Any;
use std::io;
use std::sync::Arc;

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use actix_web::{web, App, HttpRequest, HttpResponse, HttpServer};
use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::WebPkiClientVerifier;
use rustls::{DigitallySignedStruct, DistinguishedName, Error, RootCertStore, ServerConfig, SignatureScheme};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn roots(file: &str) -> Fallible<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for ca in CertificateDer::pem_file_iter(file)? {
        roots.add(ca?)?;
    }
    Ok(roots)
}

fn own() -> Fallible<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let chain = CertificateDer::pem_file_iter("certs/server.pem")?.collect::<Result<_, _>>()?;
    Ok((chain, PrivateKeyDer::from_pem_file("certs/server.key")?))
}

fn nobody_is_asked() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let clients = roots("certs/client-ca.pem")?;
    println!("{} client CAs", clients.len());
    Ok(ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?)
}

fn optional() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/client-ca.pem")?))
        .allow_unauthenticated()
        .build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

#[derive(Debug)]
struct Anyone;

impl ClientCertVerifier for Anyone {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(&self, _: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: UnixTime) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ECDSA_NISTP256_SHA256]
    }
}

fn anyone() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(Arc::new(Anyone)).with_single_cert(chain, key)?)
}

fn no_list() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/client-ca.pem")?))
        .with_crls(Vec::new())
        .build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

fn stale_list() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let revoked = CertificateRevocationListDer::pem_file_iter("certs/stale/list.pem")?.collect::<Result<Vec<_>, _>>()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/client-ca.pem")?))
        .with_crls(revoked)
        .build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

/// Certificates are verified, and whoever shows one is believed to have its key.
#[derive(Debug)]
struct Copies(Arc<dyn ClientCertVerifier>);

impl ClientCertVerifier for Copies {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.0.root_hint_subjects()
    }

    fn verify_client_cert(&self, leaf: &CertificateDer<'_>, chain: &[CertificateDer<'_>], now: UnixTime) -> Result<ClientCertVerified, Error> {
        self.0.verify_client_cert(leaf, chain, now)
    }

    fn verify_tls12_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

fn copies() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let inner = WebPkiClientVerifier::builder(Arc::new(roots("certs/client-ca.pem")?)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(Arc::new(Copies(inner))).with_single_cert(chain, key)?)
}

fn required() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/client-ca.pem")?)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

/// Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
fn elsewhere() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots("certs/elsewhere.pem")?)).build()?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

/// Whose certificate the connection was opened with.
struct Peer(CertificateDer<'static>);

fn remember(connection: &dyn Any, extensions: &mut Extensions) {
    let Some(stream) = connection.downcast_ref::<TlsStream<TcpStream>>() else { return };
    if let Some([leaf, ..]) = stream.get_ref().1.peer_certificates() {
        extensions.insert(Peer(leaf.clone().into_owned()));
    }
}

async fn answer_by_name(request: HttpRequest) -> HttpResponse {
    let known = CertificateDer::from_pem_file("certs/client/valid.pem").ok();
    match (request.conn_data::<Peer>(), known) {
        (Some(Peer(leaf)), Some(known)) if *leaf == known => HttpResponse::Ok().body(stage::ANSWER),
        _ => HttpResponse::Forbidden().finish(),
    }
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    stage::end_with_input();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let made = |configuration: Fallible<ServerConfig>| configuration.map_err(|error| io::Error::other(error.to_string()));
    let host = std::env::var("HOST").map_err(io::Error::other)?;
    let by_name = HttpServer::new(|| App::new().route("/", web::get().to(answer_by_name)))
        .workers(1)
        .bind_rustls_0_23(stage::address(7), made(required())?)?
        .on_connect(remember)
        .run();
    let by_certificate = HttpServer::new(|| App::new().route("/", web::get().to(|| async { stage::ANSWER })))
        .workers(1)
        .bind_rustls_0_23(stage::address(0), made(nobody_is_asked())?)?
        .bind_rustls_0_23(stage::address(1), made(optional())?)?
        .bind_rustls_0_23(stage::address(2), made(anyone())?)?
        .bind_rustls_0_23(stage::address(3), made(no_list())?)?
        .bind_rustls_0_23(stage::address(4), made(stale_list())?)?
        .bind_rustls_0_23(stage::address(5), made(copies())?)?
        .bind((host, stage::address(6).port()))?
        .bind_rustls_0_23(stage::address(8), made(elsewhere())?)?
        .run();
    tokio::try_join!(by_certificate, by_name).map(|_| ())
}
