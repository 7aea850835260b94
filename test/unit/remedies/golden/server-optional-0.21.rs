use std::sync::Arc;

use rustls::server::AllowAnyAuthenticatedClient;
use rustls::server::{AllowAnyAnonymousOrAuthenticatedClient, ClientCertVerifier};
use rustls::RootCertStore;

fn verifier(roots: RootCertStore) -> Arc<dyn ClientCertVerifier> {
    AllowAnyAuthenticatedClient::new(roots).boxed()
}
