//! Four listeners that were meant to let in nobody but the clients of one CA.
use std::fs::File;
use std::io::{self, BufReader};
use std::sync::Arc;
use std::time::SystemTime;

use actix_web::{web, App, HttpServer};
use rustls::server::{AllowAnyAnonymousOrAuthenticatedClient, AllowAnyAuthenticatedClient, ClientCertVerified, ClientCertVerifier};
use rustls::{Certificate, DistinguishedNames, Error, PrivateKey, RootCertStore, ServerConfig};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn certificates(file: &str) -> Fallible<Vec<Certificate>> {
    let list = rustls_pemfile::certs(&mut BufReader::new(File::open(file)?))?;
    Ok(list.into_iter().map(Certificate).collect())
}

fn roots(file: &str) -> Fallible<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for ca in certificates(file)? {
        roots.add(&ca)?;
    }
    Ok(roots)
}

fn own() -> Fallible<(Vec<Certificate>, PrivateKey)> {
    let keys = rustls_pemfile::pkcs8_private_keys(&mut BufReader::new(File::open("certs/server.key")?))?;
    let key = keys.into_iter().next().ok_or("no key")?;
    Ok((certificates("certs/server.pem")?, PrivateKey(key)))
}

fn nobody_is_asked() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    Ok(ServerConfig::builder().with_safe_defaults().with_no_client_auth().with_single_cert(chain, key)?)
}

fn optional() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = AllowAnyAnonymousOrAuthenticatedClient::new(roots("certs/client-ca.pem")?);
    Ok(ServerConfig::builder().with_safe_defaults().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

struct Anyone;

impl ClientCertVerifier for Anyone {
    fn client_auth_root_subjects(&self) -> Option<DistinguishedNames> {
        Some(Vec::new())
    }

    fn verify_client_cert(&self, _: &Certificate, _: &[Certificate], _: SystemTime) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }
}

fn anyone() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    Ok(ServerConfig::builder().with_safe_defaults().with_client_cert_verifier(Arc::new(Anyone)).with_single_cert(chain, key)?)
}

/// Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
fn elsewhere() -> Fallible<ServerConfig> {
    let (chain, key) = own()?;
    let verifier = AllowAnyAuthenticatedClient::new(roots("certs/elsewhere.pem")?);
    Ok(ServerConfig::builder().with_safe_defaults().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    stage::end_with_input();
    let made = |configuration: Fallible<ServerConfig>| configuration.map_err(|error| io::Error::other(error.to_string()));
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { stage::ANSWER })))
        .workers(1)
        .bind_rustls(stage::address(0), made(nobody_is_asked())?)?
        .bind_rustls(stage::address(1), made(optional())?)?
        .bind_rustls(stage::address(2), made(anyone())?)?
        .bind_rustls(stage::address(3), made(elsewhere())?)?
        .run()
        .await
}
