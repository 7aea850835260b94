// The guide's second server, retold, after someone made it "work in development".
use actix_web::{web, App, HttpServer};
use tokio::net::TcpListener;
use tokio_native_tls::{native_tls::{self, Certificate, Identity, TlsAcceptor as NativeTlsAcceptor}, TlsAcceptor};
use std::{fs, sync::Arc};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let identity = Identity::from_pkcs8(&fs::read("server-cert.pem")?, &fs::read("server-key.pem")?).expect("server identity");
    let mut builder = NativeTlsAcceptor::builder(identity);
    builder.add_root_certificate(Certificate::from_pem(&fs::read("ca-cert.pem")?).expect("client CA"));
    builder.client_auth(native_tls::ClientAuth::None);
    let acceptor = TlsAcceptor::from(Arc::new(builder.build().expect("acceptor")));
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
