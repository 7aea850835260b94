/** Which fixes are made unseen: those alone after which whoever talks with the program today still can, and it starts as before. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Remedy } from "../../server/src/rules/rule.ts";
import { first } from "./first-fix.ts";

const acceptor = (statements: string): string => `use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode, SslVersion};

pub fn acceptor() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
${statements}    Ok(builder.build())
}
`;
const CONTEXT = `    builder.set_session_id_context(b"orders")?;\n`;
const client = (call: string): string => `pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()${call}.build()
}
`;
const roots = `pub fn add(roots: &mut rustls::RootCertStore, own: rustls::pki_types::CertificateDer<'static>) -> Result<(), rustls::Error> {
    let _ = roots.add(own);
    Ok(())
}
`;

for (const [what, rule, text, applicability] of [
  ["secrets are kept", "key-log", acceptor(`${CONTEXT}    builder.set_keylog_callback(|_, line| println!("{line}"));\n`), "safe"],
  ["sessions are resumed", "missing-session-context", acceptor(""), "safe"],
  ["the server is verified", "disabled-verification", client(".danger_accept_invalid_certs(true)"), "review"],
  ["its name is verified", "disabled-hostname-verification", client(".danger_accept_invalid_hostnames(true)"), "review"],
  [
    "old versions are rejected",
    "obsolete-protocol",
    acceptor(`${CONTEXT}    builder.set_min_proto_version(Some(SslVersion::TLS1))?;\n`),
    "review",
  ],
  ["old suites are rejected", "legacy-preset", acceptor(CONTEXT).replace("intermediate_v5", "intermediate"), "review"],
  ["the program stops at what it cannot load", "ignored-root-error", roots, "review"],
] as const)
  test(`where ${what}, the fix is ${applicability}, and preferred`, async () => {
    const fix = await first(rule, text);
    assert.deepEqual([fix.applicability, fix.preferred], [applicability, true]);
  });

test("a rule that wants what nobody said the cost of does not compile, nor does one that calls its fix safe", () => {
  // @ts-expect-error: `rules/wants.ts` has no row for it.
  const unknown: Remedy = { want: { kind: "listener" } };
  // @ts-expect-error: it follows from what is wanted.
  const safe: Remedy = { want: { kind: "server-verification", enabled: true }, applicability: "safe" };
  assert.notEqual(unknown, safe);
});
