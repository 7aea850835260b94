/** The peer's certificate is asked for, and the answer is dropped or taken for granted. */
import type { CodeRule } from "./rule.ts";

export const ignoredPeerCertificate: CodeRule<"peer-certificate"> = {
  id: "ignored-peer-certificate",
  judges: "code",
  observes: "peer-certificate",
  summary: "the peer certificate is requested, but no code checks whether there is one",
  severity: "info",
  since: "0.1.0",
  cwe: [252, 287],
  sources: [
    {
      title: "rustls: CommonState::peer_certificates",
      url: "https://docs.rs/rustls/latest/rustls/struct.CommonState.html#method.peer_certificates",
    },
    {
      title: "openssl crate: SslRef::peer_certificate",
      url: "https://docs.rs/openssl/latest/openssl/ssl/struct.SslRef.html#method.peer_certificate",
    },
    { title: "OpenSSL: SSL_get_verify_result", url: "https://docs.openssl.org/master/man3/SSL_get_verify_result/" },
    { title: "CWE-252: Unchecked Return Value", url: "https://cwe.mitre.org/data/definitions/252.html" },
  ],
  byHand: "what becomes of a client without a certificate is for the program to decide",
  rationale: `An attacker presents no certificate. A call whose result is ignored looks like a check and is none; unwrapping the missing
certificate panics, and an aborting program stops; OpenSSL's verification result is \`OK\` if there was no certificate to verify.

Fine in code that only warms something up. On a server that requires certificates, unwrapping is silent.`,
  examples: [
    {
      bad: `use rustls::ServerConnection;

pub fn admit(connection: &ServerConnection) -> bool {
    let _ = connection.peer_certificates();
    true
}
`,
      good: `use rustls::ServerConnection;

pub fn admit(connection: &ServerConnection, known: &[u8]) -> bool {
    match connection.peer_certificates() {
        Some([leaf, ..]) => leaf.as_ref() == known,
        _ => false,
    }
}
`,
    },
  ],

  judge({ fact }) {
    if (fact.use === "unasked")
      return {
        severity: "warning",
        message: `\`${fact.call}\` also reports success for clients that present no certificate`,
        help: "check for a peer certificate first, or require one in the handshake",
        notes: ["this server accepts clients without a certificate, so nothing was verified"],
      };
    if (fact.use === "dropped")
      return {
        message: `the result of \`${fact.call}\` is ignored, so the peer is not checked`,
        help: "compare the certificate with the allowed clients, or remove the call",
      };
    return {
      message: `unwrapping \`${fact.call}\` panics for clients that present no certificate`,
      help: "reject connections without a certificate, or require one in the handshake",
      notes: ["this server accepts clients without a certificate"],
    };
  },
};
