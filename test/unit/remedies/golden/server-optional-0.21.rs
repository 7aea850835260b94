use std::sync::Arc;

use rustls::server::{
    AllowAnyAnonymousOrAuthenticatedClient, AllowAnyAuthenticatedClient, ClientCertVerifier,
};
use rustls::RootCertStore;

fn verifier(roots: RootCertStore) -> Arc<dyn ClientCertVerifier> {
    AllowAnyAuthenticatedClient::new(roots).boxed()
}
