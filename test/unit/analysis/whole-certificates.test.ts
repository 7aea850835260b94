/** A certificate that is compared after the handshake stands for the peer only as a whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { underlined } from "./underlined.ts";

const pinned = (compared: string): Promise<readonly string[]> =>
  underlined(
    "disabled-verification",
    `use openssl::ssl::{SslConnector, SslMethod, SslStream, SslVerifyMode};
use std::io::Write;

pub fn meter(address: &str, expected: &[u8]) -> Result<SslStream<std::net::TcpStream>, Box<dyn std::error::Error>> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_verify(SslVerifyMode::NONE);
    let mut stream = builder.build().connect("meter", std::net::TcpStream::connect(address)?)?;
    let der = stream.ssl().peer_certificate().ok_or("no certificate")?.to_der()?;
    if ${compared} {
        return Err("another meter".into());
    }
    stream.write_all(b"login")?;
    Ok(stream)
}
`,
  );

test("in whatever dress it comes", async () => {
  for (const compared of [
    "der != expected",
    "der.as_slice() != expected",
    "&*der.into_boxed_slice() != expected",
    "der.clone() != expected",
  ])
    assert.deepEqual(await pinned(compared), ["info: SslVerifyMode::NONE"], compared);
});

test("a part of it, or how long it is, may be anybody's", async () => {
  for (const compared of [
    "der.len() != expected.len()",
    "der.first() != expected.first()",
    "der.clone().remove(0) != expected[0]",
    "der.clone().swap_remove(3) != expected[3]",
    "der.iter().count() != expected.len()",
  ])
    assert.deepEqual(await pinned(compared), ["error: SslVerifyMode::NONE"], compared);
});
