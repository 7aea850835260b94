// A guide's server, retold. It does not compile: no native-tls release has these client authentication calls.
use actix_web::{web, App, HttpServer}; use actix_web_native_tls::TlsAcceptor; use native_tls::Identity;
use std::{fs, sync::Arc};
#[actix_web::main]
async fn main() -> std::io::Result<()> {
let cert = fs::read("server-cert.pem").expect("server certificate");
let key = fs::read("server-key.pem").expect("server key");
let identity = Identity::from_pkcs8(&cert, &key).expect("server identity");
let mut builder = native_tls::TlsAcceptor::builder(identity);
let ca = fs::read("ca-cert.pem").expect("client CA");
builder.add_root_certificate(native_tls::Certificate::from_pem(&ca).expect("client CA"));
builder.client_auth_native_tls(native_tls::ClientAuthMode::Verify);
builder.min_protocol_version(Some(native_tls::Protocol::Tlsv12));
let acceptor = TlsAcceptor::from(Arc::new(builder.build().expect("acceptor")));
HttpServer::new(move || {
App::new()
.wrap(TlsAcceptor::from(acceptor.clone()))
.route("/health", web::get().to(|| async { "ok" }))
})
.bind_rustls("127.0.0.1:8443", acceptor)?
.run()
.await
}
