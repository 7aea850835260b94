use openssl::ssl::{self, SslConnector, SslMethod};

fn connector() -> SslConnector {
    let mut builder = SslConnector::builder(SslMethod::tls()).unwrap();
    builder.set_verify(ssl::SslVerifyMode::PEER);
    builder.build()
}
