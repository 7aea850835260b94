use openssl::ssl::{SslConnectorBuilder, SslVerifyMode};

fn trust(builder: &mut SslConnectorBuilder) {
    builder.set_verify(SslVerifyMode::PEER);
}
