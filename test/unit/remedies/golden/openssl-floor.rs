use openssl::ssl::*;

fn floor(builder: &mut SslContextBuilder) {
    builder
        .set_min_proto_version(Some(SslVersion::TLS1_2))
        .expect("version");
}
