/** Verdicts of the verification that stand alone: with what they are compared, and by whom. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { underlined } from "./underlined.ts";

const program = (body: string): string => `use openssl::ssl::{SslAcceptor, SslMethod, SslRef, SslVerifyMode};
use openssl::x509::X509VerifyResult;

pub fn acceptor() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder.build())
}

${body}
`;

const unasked = (body: string): Promise<readonly string[]> => underlined("ignored-peer-certificate", program(body));

test("a verdict is compared where it was asked for, by a pattern, or by whoever called", async () => {
  const found = ["warning: verify_result"];
  assert.deepEqual(await unasked("pub fn f(ssl: &SslRef) -> bool { ssl.verify_result() == X509VerifyResult::OK }"), found);
  assert.deepEqual(await unasked("pub fn f(ssl: &SslRef) -> bool { let v = &ssl.verify_result(); X509VerifyResult::OK != *v }"), found);
  assert.deepEqual(await unasked("pub fn f(ssl: &SslRef) -> bool { matches!(ssl.verify_result(), X509VerifyResult::OK) }"), found);
  const verdict = "fn verdict(ssl: &SslRef) -> X509VerifyResult { ssl.verify_result() }";
  assert.deepEqual(await unasked(`${verdict} pub fn f(ssl: &SslRef) -> bool { verdict(ssl) == X509VerifyResult::OK }`), found);
});

test("a verdict that nobody compares with the good one decides nothing", async () => {
  assert.deepEqual(await unasked('pub fn f(ssl: &SslRef) { println!("{}", ssl.verify_result().error_string()); }'), []);
  assert.deepEqual(await unasked("pub fn f(ssl: &SslRef, it: X509VerifyResult) -> bool { ssl.verify_result() == it }"), []);
});

test("somebody asks for the certificate, by whatever name the connection has", async () => {
  const judged = "pub fn f(ssl: &SslRef) -> bool { ssl.verify_result() == X509VerifyResult::OK }";
  assert.deepEqual(await unasked(`${judged} pub fn g(ssl: &SslRef) -> bool { ssl.peer_certificate().is_some() }`), []);
  assert.deepEqual(await unasked(`${judged} pub fn g(it: Unknown) -> bool { it.peer_certificate().is_some() }`), []);
});
