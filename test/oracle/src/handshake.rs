//! Handshakes in memory: what rustls itself, both sides of it, makes of a certificate and its key. The clock is the case's.
use crate::{kind, Case};

/// A peer that has nothing wrong: the server of a client whose certificate is judged.
pub struct Peer {
    pub certificate: Vec<u8>,
    pub key: Vec<u8>,
}

/// Carries what each side has to say to the other until both are through: the interfaces have one shape in all series.
macro_rules! exchange {
    ($client:ident, $server:ident) => {{
        for _ in 0..20 {
            let mut sent = Vec::new();
            while $client.wants_write() {
                $client.write_tls(&mut sent).map_err(kind)?;
            }
            let mut rest = &sent[..];
            while $server.read_tls(&mut rest).map_err(kind)? > 0 {
                $server.process_new_packets().map_err(|error| format!("{error:?}"))?;
            }
            let mut sent = Vec::new();
            while $server.wants_write() {
                $server.write_tls(&mut sent).map_err(kind)?;
            }
            let mut rest = &sent[..];
            while $client.read_tls(&mut rest).map_err(kind)? > 0 {
                $client.process_new_packets().map_err(|error| format!("{error:?}"))?;
            }
            if !$client.is_handshaking() && !$server.is_handshaking() {
                return Ok(());
            }
        }
        Err("unfinished".to_string())
    }};
}
pub(crate) use exchange;

macro_rules! handshakes {
    ($module:ident, $rustls:ident $(, $enforce:ident)?) => {
        pub mod $module {
            use super::{kind, Case, Peer};
            use pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
            use std::sync::Arc;
            use $rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
            use $rustls::client::WebPkiServerVerifier;
            use $rustls::crypto::CryptoProvider;
            use $rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
            use $rustls::server::WebPkiClientVerifier;
            use $rustls::{
                ClientConfig, ClientConnection, ConfigBuilder, DigitallySignedStruct, DistinguishedName, Error, RootCertStore,
                ServerConfig, ServerConnection, SignatureScheme,
            };

            /// Verifies as of a time; without a verifier it takes whatever comes.
            #[derive(Debug)]
            struct ServerAt(Option<Arc<WebPkiServerVerifier>>, UnixTime, Vec<SignatureScheme>);
            impl ServerCertVerifier for ServerAt {
                fn verify_server_cert(
                    &self,
                    end_entity: &CertificateDer<'_>,
                    intermediates: &[CertificateDer<'_>],
                    name: &ServerName<'_>,
                    ocsp: &[u8],
                    _now: UnixTime,
                ) -> Result<ServerCertVerified, Error> {
                    match &self.0 {
                        Some(inner) => inner.verify_server_cert(end_entity, intermediates, name, ocsp, self.1),
                        None => Ok(ServerCertVerified::assertion()),
                    }
                }
                fn verify_tls12_signature(
                    &self,
                    message: &[u8],
                    cert: &CertificateDer<'_>,
                    dss: &DigitallySignedStruct,
                ) -> Result<HandshakeSignatureValid, Error> {
                    match &self.0 {
                        Some(inner) => inner.verify_tls12_signature(message, cert, dss),
                        None => Ok(HandshakeSignatureValid::assertion()),
                    }
                }
                fn verify_tls13_signature(
                    &self,
                    message: &[u8],
                    cert: &CertificateDer<'_>,
                    dss: &DigitallySignedStruct,
                ) -> Result<HandshakeSignatureValid, Error> {
                    match &self.0 {
                        Some(inner) => inner.verify_tls13_signature(message, cert, dss),
                        None => Ok(HandshakeSignatureValid::assertion()),
                    }
                }
                fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
                    self.2.clone()
                }
            }

            #[derive(Debug)]
            struct ClientAt(Arc<dyn ClientCertVerifier>, UnixTime);
            impl ClientCertVerifier for ClientAt {
                fn root_hint_subjects(&self) -> &[DistinguishedName] {
                    self.0.root_hint_subjects()
                }
                fn verify_client_cert(
                    &self,
                    end_entity: &CertificateDer<'_>,
                    intermediates: &[CertificateDer<'_>],
                    _now: UnixTime,
                ) -> Result<ClientCertVerified, Error> {
                    self.0.verify_client_cert(end_entity, intermediates, self.1)
                }
                fn verify_tls12_signature(
                    &self,
                    message: &[u8],
                    cert: &CertificateDer<'_>,
                    dss: &DigitallySignedStruct,
                ) -> Result<HandshakeSignatureValid, Error> {
                    self.0.verify_tls12_signature(message, cert, dss)
                }
                fn verify_tls13_signature(
                    &self,
                    message: &[u8],
                    cert: &CertificateDer<'_>,
                    dss: &DigitallySignedStruct,
                ) -> Result<HandshakeSignatureValid, Error> {
                    self.0.verify_tls13_signature(message, cert, dss)
                }
                fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
                    self.0.supported_verify_schemes()
                }
            }

            fn key(der: &[u8]) -> PrivateKeyDer<'static> {
                PrivatePkcs8KeyDer::from(der.to_vec()).into()
            }
            fn server(provider: &Arc<CryptoProvider>) -> Result<ConfigBuilder<ServerConfig, $rustls::WantsVerifier>, String> {
                ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().map_err(kind)
            }

            pub fn run(case: &Case, peer: &Peer, provider: CryptoProvider) -> Result<(), String> {
                let provider = Arc::new(provider);
                let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(case.time));
                let mut roots = RootCertStore::empty();
                for der in &case.anchors {
                    roots.add(CertificateDer::from(der.clone())).map_err(kind)?;
                }
                let roots = Arc::new(roots);
                let lists: Vec<CertificateRevocationListDer<'static>> = case.lists.iter().map(|it| it.clone().into()).collect();
                let chain: Vec<CertificateDer<'static>> =
                    std::iter::once(&case.leaf).chain(&case.intermediates).map(|it| CertificateDer::from(it.clone())).collect();
                let schemes = provider.signature_verification_algorithms.supported_schemes();
                macro_rules! policies {
                    ($builder:expr) => {{
                        let mut builder = $builder.with_crls(lists);
                        if case.leaf_only {
                            builder = builder.only_check_end_entity_revocation();
                        }
                        if case.unknown_allowed {
                            builder = builder.allow_unknown_revocation_status();
                        }
                        $(if case.expired_refused {
                            builder = builder.$enforce();
                        })?
                        builder.build().map_err(kind)?
                    }};
                }
                let builder = ClientConfig::builder_with_provider(provider.clone());
                let builder = builder.with_safe_default_protocol_versions().map_err(kind)?.dangerous();
                let (client, server, name) = if case.server {
                    let verifier = policies!(WebPkiServerVerifier::builder_with_provider(roots, provider.clone()));
                    let verifier = Arc::new(ServerAt(Some(verifier), time, schemes));
                    let client = builder.with_custom_certificate_verifier(verifier).with_no_client_auth();
                    let server = server(&provider)?.with_no_client_auth().with_single_cert(chain, key(&case.key)).map_err(kind)?;
                    (client, server, case.host.clone().unwrap_or_default())
                } else {
                    let verifier = policies!(WebPkiClientVerifier::builder_with_provider(roots, provider.clone()));
                    let anything = Arc::new(ServerAt(None, time, schemes));
                    let client = builder.with_custom_certificate_verifier(anything);
                    let client = client.with_client_auth_cert(chain, key(&case.key)).map_err(kind)?;
                    let own = vec![CertificateDer::from(peer.certificate.clone())];
                    let server = server(&provider)?.with_client_cert_verifier(Arc::new(ClientAt(verifier, time)));
                    (client, server.with_single_cert(own, key(&peer.key)).map_err(kind)?, "peer.test".to_string())
                };
                let name = ServerName::try_from(name).map_err(|_| "InvalidDnsNameError".to_string())?;
                let mut client = ClientConnection::new(Arc::new(client), name).map_err(kind)?;
                let mut server = ServerConnection::new(Arc::new(server)).map_err(kind)?;
                exchange!(client, server)
            }
        }
    };
}

// rustls 0.22 has no way to refuse expired lists.
handshakes!(series_022, rustls_0_22);
handshakes!(series_023, rustls_0_23, enforce_revocation_expiration);
