/** A server that verifies clients and cannot take up their sessions again. */
import { holding } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const missingSessionContext: CodeRule<"session-context"> = {
  id: "missing-session-context",
  judges: "code",
  observes: "session-context",
  summary: "clients are verified, but no session ID context is set: resumption fails",
  severity: "info",
  since: "0.1.0",
  cwe: [665],
  sources: [
    { title: "OpenSSL: SSL_CTX_set_session_id_context", url: "https://docs.openssl.org/master/man3/SSL_CTX_set_session_id_context/" },
    { title: "CWE-665: Improper Initialization", url: "https://cwe.mitre.org/data/definitions/665.html" },
  ],
  rationale: `OpenSSL separates sessions by a context that the server sets. A server that verifies clients without one rejects every
resumption with "session id context uninitialized": the first connection of a client succeeds, the second fails, and
verification gets disabled to make the errors go away.

Fine where no session is ever resumed: with the session cache and tickets disabled, or with clients that connect once. Servers
that trust different CAs need different contexts.`,
  examples: [
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_session_id_context(b"orders")?;
    Ok(builder)
}
`,
    },
  ],

  judge({ fact, endpoint, byDefault, excludes }) {
    if (fact.set || !byDefault) return undefined;
    const asked = holding(endpoint, "client-authentication").filter(
      (it) => (it.fact.mode === "required" || it.fact.mode === "optional") && excludes?.(it) !== true,
    );
    const [first] = asked;
    if (!first || holding(endpoint, "session-cache").some((it) => !it.fact.enabled)) return undefined;
    return {
      message: `\`${first.written}\` verifies clients, but no session ID context is set: resumption fails`,
      help: "set a session ID context for this service, or disable the session cache",
      related: [{ ...first.place, message: "clients are verified here" }],
      remedies: [{ want: { kind: "session-context", set: true } }],
    };
  },
};
