/** Bodies in which something does not parse: what is written in them counts, what is missing in them may be about to be written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { underlined } from "./underlined.ts";

const acceptor = (written: string): string => `use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};
pub fn acceptor() -> SslAcceptorBuilder {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server()).unwrap();
    ${written}
    builder
}
`;

test("nobody says that something is missing while it may be typed", async () => {
  const verify = "builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);";
  assert.equal((await underlined("missing-session-context", acceptor(verify))).length, 1);
  assert.deepEqual(await underlined("missing-session-context", acceptor(`${verify}\n    builder.`)), []);
  assert.equal((await underlined("no-client-auth", acceptor(""))).length, 1);
  assert.deepEqual(await underlined("no-client-auth", acceptor("builder.set_ver")), []);
  assert.deepEqual(await underlined("no-client-auth", acceptor("builder.set_verify(")), []);
});

test("a failure that nobody has yet is no dropped one", async () => {
  const context = 'builder.set_session_id_context(b"app")';
  assert.equal((await underlined("ignored-root-error", acceptor(`${context};`))).length, 1);
  assert.deepEqual(await underlined("ignored-root-error", acceptor(`builder.set_session_id_context(\n`)), []);
});

test("what is written counts, and so does what is missing in other bodies", async () => {
  assert.equal((await underlined("optional-client-auth", acceptor("builder.set_verify(SslVerifyMode::PEER); builder."))).length, 1);
  const other = "pub fn other() {\n    let x =\n}\n";
  assert.equal((await underlined("no-client-auth", `${acceptor("")}${other}`)).length, 1);
});
