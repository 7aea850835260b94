//! The same handshakes with rustls 0.21, whose interfaces are of another shape. Without revocation lists: its server verifier has none.
use crate::handshake::{exchange, Peer};
use crate::{kind, Case};
use rustls_0_21::client::{ServerCertVerified, ServerCertVerifier, ServerName, WebPkiVerifier};
use rustls_0_21::server::{AllowAnyAuthenticatedClient, ClientCertVerified, ClientCertVerifier};
use rustls_0_21::{
    Certificate, ClientConfig, ClientConnection, DistinguishedName, Error, PrivateKey, RootCertStore, ServerConfig, ServerConnection,
};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Verifies as of a time; without a verifier it takes whatever comes.
struct ServerAt(Option<WebPkiVerifier>, SystemTime);
impl ServerCertVerifier for ServerAt {
    fn verify_server_cert(
        &self,
        end_entity: &Certificate,
        intermediates: &[Certificate],
        name: &ServerName,
        scts: &mut dyn Iterator<Item = &[u8]>,
        ocsp: &[u8],
        _now: SystemTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.0 {
            Some(inner) => inner.verify_server_cert(end_entity, intermediates, name, scts, ocsp, self.1),
            None => Ok(ServerCertVerified::assertion()),
        }
    }
}

struct ClientAt(AllowAnyAuthenticatedClient, SystemTime);
impl ClientCertVerifier for ClientAt {
    fn client_auth_root_subjects(&self) -> &[DistinguishedName] {
        self.0.client_auth_root_subjects()
    }
    fn verify_client_cert(&self, end_entity: &Certificate, intermediates: &[Certificate], _now: SystemTime) -> Result<ClientCertVerified, Error> {
        self.0.verify_client_cert(end_entity, intermediates, self.1)
    }
}

pub fn run(case: &Case, peer: &Peer) -> Result<(), String> {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(case.time);
    let mut roots = RootCertStore::empty();
    for der in &case.anchors {
        roots.add(&Certificate(der.clone())).map_err(kind)?;
    }
    let chain: Vec<Certificate> = std::iter::once(&case.leaf).chain(&case.intermediates).map(|it| Certificate(it.clone())).collect();
    let key = PrivateKey(case.key.clone());
    let builder = ClientConfig::builder().with_safe_defaults();
    let (client, server, name) = if case.server {
        let verifier = ServerAt(Some(WebPkiVerifier::new(roots, None)), time);
        let client = builder.with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth();
        let server = ServerConfig::builder().with_safe_defaults().with_no_client_auth();
        let server = server.with_single_cert(chain, key).map_err(kind)?;
        (client, server, case.host.clone().unwrap_or_default())
    } else {
        // A store without roots makes 0.22 and later fail; this one refuses whoever comes.
        let verifier = ClientAt(AllowAnyAuthenticatedClient::new(roots), time);
        let client = builder.with_custom_certificate_verifier(Arc::new(ServerAt(None, time)));
        let client = client.with_client_auth_cert(chain, key).map_err(kind)?;
        let own = vec![Certificate(peer.certificate.clone())];
        let server = ServerConfig::builder().with_safe_defaults().with_client_cert_verifier(Arc::new(verifier));
        (client, server.with_single_cert(own, PrivateKey(peer.key.clone())).map_err(kind)?, "peer.test".to_string())
    };
    let name = ServerName::try_from(name.as_str()).map_err(|_| "InvalidDnsNameError".to_string())?;
    let mut client = ClientConnection::new(Arc::new(client), name).map_err(kind)?;
    let mut server = ServerConnection::new(Arc::new(server)).map_err(kind)?;
    exchange!(client, server)
}
