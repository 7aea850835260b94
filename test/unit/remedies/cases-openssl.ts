/** Acceptors and connectors of OpenSSL. */
import { type Case, REQUIRED, VERIFIED } from "./case.ts";

const OPENSSL = { openssl: "0.10.72" };
const acceptor = `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

fn acceptor() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls())?;
    builder.set_private_key_file("key.pem", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("cert.pem")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder.build())
}
`;
export const openssl: readonly Case[] = [
  {
    name: "openssl-peer",
    set: "openssl",
    text: acceptor,
    versions: OPENSSL,
    at: ".set_verify",
    call: "openssl::ssl::SslContextBuilder::set_verify",
    want: REQUIRED,
    role: "server",
    binding: "builder",
  },
  {
    name: "openssl-nothing",
    set: "openssl",
    text: acceptor.replace("    builder.set_verify(SslVerifyMode::PEER);\n", "").replace(", SslVerifyMode", ""),
    versions: OPENSSL,
    at: "SslAcceptor::mozilla_intermediate(",
    call: "openssl::ssl::SslAcceptor::mozilla_intermediate",
    want: REQUIRED,
    role: "server",
    binding: "builder",
  },
  {
    name: "openssl-nothing-io",
    set: "openssl",
    text: `use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod};

fn acceptor() -> std::io::Result<SslAcceptorBuilder> {
    let builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    Ok(builder)
}
`,
    versions: OPENSSL,
    at: "SslAcceptor::mozilla_intermediate_v5(",
    call: "openssl::ssl::SslAcceptor::mozilla_intermediate_v5",
    want: REQUIRED,
    role: "server",
    binding: "builder",
  },
  {
    name: "openssl-preset",
    set: "openssl",
    text: acceptor,
    versions: OPENSSL,
    at: "SslAcceptor::mozilla_intermediate(",
    call: "openssl::ssl::SslAcceptor::mozilla_intermediate",
    want: { kind: "preset", name: "mozilla_intermediate_v5" },
    role: "server",
  },
  {
    name: "openssl-floor",
    set: "openssl",
    text: `use openssl::ssl::*;

fn floor(builder: &mut SslContextBuilder) {
    builder
        .set_min_proto_version(Some(SslVersion::TLS1))
        .expect("version");
}
`,
    versions: OPENSSL,
    at: ".set_min_proto_version",
    call: "openssl::ssl::SslContextBuilder::set_min_proto_version",
    want: { kind: "minimum-version", version: "TLS 1.2" },
    role: "server",
  },
  {
    name: "openssl-callback",
    set: "openssl",
    text: `use openssl::ssl::{SslConnectorBuilder, SslVerifyMode};

fn trust(builder: &mut SslConnectorBuilder) {
    builder.set_verify_callback(SslVerifyMode::PEER, |_, context| {
        println!("{}", context.error());
        true
    });
}
`,
    versions: OPENSSL,
    at: ".set_verify_callback",
    call: "openssl::ssl::SslContextBuilder::set_verify_callback",
    want: VERIFIED,
    role: "client",
  },
  {
    name: "openssl-connector-none",
    set: "openssl",
    text: `use openssl::ssl::{self, SslConnector, SslMethod};

fn connector() -> SslConnector {
    let mut builder = SslConnector::builder(SslMethod::tls()).unwrap();
    builder.set_verify(ssl::SslVerifyMode::NONE);
    builder.build()
}
`,
    versions: OPENSSL,
    at: ".set_verify",
    call: "openssl::ssl::SslContextBuilder::set_verify",
    want: VERIFIED,
    role: "client",
  },
];
