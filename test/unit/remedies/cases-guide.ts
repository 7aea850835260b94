/** The guide's two programs, as pasted and as written out. */
import { type Case, REQUIRED } from "./case.ts";

const tidyGuide = `use actix_web::{web, App, HttpServer};
use actix_web_native_tls::TlsAcceptor;
use native_tls::Identity;
use std::fs;
use std::sync::Arc;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    // Load server identity (cert + private key)
    let cert = fs::read("server-cert.pem").expect("unable to read server cert");
    let key = fs::read("server-key.pem").expect("unable to read server key");
    let identity = Identity::from_pkcs8(&cert, &key).expect("invalid server identity");
    let address = "127.0.0.1:8443";

    // Configure server TLS acceptor with client CA and verification
    let mut builder = native_tls::TlsAcceptor::builder(identity);
    let ca_cert = fs::read("ca-cert.pem").expect("unable to read CA cert");
    let ca = native_tls::Certificate::from_pem(&ca_cert).expect("invalid CA cert");
    builder.add_root_certificate(ca);
    builder.client_auth_native_tls(native_tls::ClientAuthMode::Verify);
    // Require and verify client certificates against the CA
    builder.min_protocol_version(Some(native_tls::Protocol::Tlsv12));
    let acceptor =
        TlsAcceptor::from(Arc::new(builder.build().expect("failed to build TLS acceptor")));

    HttpServer::new(move || {
        App::new()
            .wrap(TlsAcceptor::from(acceptor.clone()))
            .route("/health", web::get().to(|| async { "ok" }))
    })
    .bind_rustls(address, acceptor)?
    .run()
    .await
}
`;
const pastedGuide = `use actix_web::{web, App, HttpServer}; use actix_web_native_tls::TlsAcceptor; use native_tls::{Identity, TlsAcceptor as NativeTlsAcceptor};
use std::fs; use std::sync::Arc;
#[actix_web::main]
async fn main() -> std::io::Result<()> {
// Load server identity (cert + private key)
let cert = fs::read("server-cert.pem").expect("unable to read server cert");
let key = fs::read("server-key.pem").expect("unable to read server key");
let identity = Identity::from_pkcs8(&cert, &key).expect("invalid server identity");
// Configure server TLS acceptor with client CA and verification
let mut builder = native_tls::TlsAcceptor::builder(identity);
let ca_cert = fs::read("ca-cert.pem").expect("unable to read CA cert");
let ca = native_tls::Certificate::from_pem(&ca_cert).expect("invalid CA cert");
builder.add_root_certificate(ca);
builder.client_auth_native_tls(native_tls::ClientAuthMode::Verify);
// Require and verify client certificates against the CA
builder.min_protocol_version(Some(native_tls::Protocol::Tlsv12));
let acceptor = TlsAcceptor::from(Arc::new(builder.build().expect("failed to build TLS acceptor")));
HttpServer::new(move || {
App::new()
.wrap(TlsAcceptor::from(acceptor.clone()))
.route("/health", web::get().to(|| async { "ok" }))
})
.bind_rustls("127.0.0.1:8443", acceptor)?
.run()
.await
}
`;
const secondGuide = `use actix_web::{web, App, HttpServer}; use actix_http::ConnectInfo; use tokio_native_tls::native_tls::{TlsAcceptor as NativeTlsAcceptor, Identity, Certificate};
use tokio_native_tls::TlsAcceptor;
use std::net::SocketAddr; use std::sync::Arc; use tokio::net::TcpListener;
#[actix_web::main]
async fn main() -> std::io::Result<()> {
let server_identity = Identity::from_pkcs8(
&fs::read("server-cert.pem").expect("cannot read server cert"),
&fs::read("server-key.pem").expect("cannot read server key"),
).expect("invalid server identity");
let mut builder = NativeTlsAcceptor::builder(server_identity);
let ca = Certificate::from_pem(&fs::read("ca-cert.pem").expect("cannot read CA"))?;
builder.add_root_certificate(ca);
builder.client_auth(native_tls::ClientAuth::Required);
let acceptor = TlsAcceptor::from(Arc::new(builder.build()?));
let listener = TcpListener::bind("127.0.0.1:8443").await?;
HttpServer::new(move || {
App::new()
.wrap(TlsAcceptor::from(acceptor.clone()))
.route("/api/secure", web::get().to(|| async { "secure" }))
})
.listen_rustls(listener, acceptor)?
.run()
.await
}
`;
const IMAGINARY = {
  at: ".client_auth_native_tls",
  call: "native_tls::TlsAcceptorBuilder::client_auth_native_tls",
  want: REQUIRED,
  role: "server",
  binding: "builder",
  others: [[".add_root_certificate", "native_tls::TlsAcceptorBuilder::add_root_certificate"]],
} as const;
const SECOND = { ...IMAGINARY, at: ".client_auth(", call: "native_tls::TlsAcceptorBuilder::client_auth" } as const;
export const guide: readonly Case[] = [
  { name: "guide-tidy-rustls", set: "rustls-0.23", text: tidyGuide, ...IMAGINARY },
  { name: "guide-tidy-openssl", set: "openssl", text: tidyGuide, ...IMAGINARY, number: 1 },
  { name: "guide-pasted-rustls", set: "rustls-0.23", text: pastedGuide, ...IMAGINARY },
  { name: "guide-pasted-openssl", set: "openssl", text: pastedGuide, ...IMAGINARY, number: 1 },
  { name: "guide-second-rustls", set: "rustls-0.23", text: secondGuide, ...SECOND },
  { name: "guide-second-openssl", set: "openssl", text: secondGuide, ...SECOND, number: 1 },
];
