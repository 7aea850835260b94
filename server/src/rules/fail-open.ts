/** A program that goes on without TLS, or without asking its clients, where setting it up has failed. */
import type { FactOf } from "../tls/facts.ts";
import type { CodeRule } from "./rule.ts";

export const failOpen: CodeRule<"fail-open"> = {
  id: "fail-open",
  judges: "code",
  observes: "fail-open",
  summary: "a failure to set up TLS or client authentication turns it off",
  severity: "warning",
  since: "0.1.0",
  cwe: [636, 755],
  sources: [
    { title: "CWE-636: Not Failing Securely (Failing Open)", url: "https://cwe.mitre.org/data/definitions/636.html" },
    { title: "RFC 9325, section 3.2: Strict TLS", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.2" },
  ],
  rationale: `TLS was configured, and a file that cannot be read, a key that does not match or a certificate that has expired turns it off:
the program serves in plaintext, or lets every client in, and works as if nothing had happened. A line in a log is read when somebody
looks for it. Who can delete or damage a file, or fill a disk, can switch TLS off.

An option that is \`None\` both where TLS is not configured and where it could not be loaded leads there, too: whoever has it takes one for
the other.

The same where TLS needs several options, a certificate and its key, and is off as soon as one of them is missing: whoever gave the other
one meant TLS. Of a client's own certificate it is information: a server that wants one refuses the client. Of certificates that are
demanded of clients, it is what they are verified with that is missing: whoever demands them and names no CA gets no client
authentication. A check elsewhere that fails where only one of them is set is taken for an answer.

The same where a word chooses between TLS and none, and any other word, or one that does not parse, means none: whoever mistyped it meant
TLS.

A list of CAs for clients that could not be read is empty, and who takes an empty list for one that nobody has configured asks no client
for a certificate.

A client that trusts a CA of its own, and cannot load it, trusts whoever the web trusts, if that is what its builder does by default, or if
the program adds the roots of the web then. One that stands in for another, which could not be made, has neither that one's certificate nor
its CA.

The same where a server is asked on the connection itself whether it speaks TLS, and its no is taken for an answer: whoever is between can
give it. So can they make a handshake fail, and a client that connects anew without TLS then does what they want.

Return the error, so that the program does not start; while it runs, keep the configuration that worked.

It does not matter where the program was configured not to use TLS, or where whoever asks gets an error instead of a connection.`,
  byHand: "whether the program stops, or keeps what worked, is for you to decide",
  examples: [
    {
      bad: `use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub fn server(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, rustls::Error> {
    let verifier = match WebPkiClientVerifier::builder(Arc::new(roots)).build() {
        Ok(verifier) => verifier,
        Err(error) => {
            eprintln!("no client authentication: {error}");
            WebPkiClientVerifier::no_client_auth()
        }
    };
    ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
}
`,
      good: `use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub fn server(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    Ok(ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?)
}
`,
    },
  ],

  judge({ fact: { loses, cause } }) {
    const lost = LOST[loses];
    switch (cause.kind) {
      case "attempt":
        return {
          message: `${lost} if ${cause.call === "" ? "its files cannot be loaded" : `\`${cause.call}\` fails`}`,
          help: "return the error instead, so that the program does not start without it",
          remedies: [{ want: { kind: "propagate-error" } }],
        };
      case "half":
        return {
          // The server decides whether it wants one.
          ...(loses === "own-certificate" && { severity: "info" }),
          message: `${cause.isOff ? "TLS is off" : lost} if \`${cause.given}\` is set without \`${cause.missing}\``,
          help:
            loses === "client-authentication"
              ? "return an error then, so that the program does not start without client authentication"
              : "return an error where only one of them is set, so that the program does not start without TLS",
        };
      case "words":
        return {
          message: `${lost} for any other word than ${cause.known.map((it) => `\`${it}\``).join(", ")}`,
          help: "return an error for other words, so that the program does not start without TLS",
        };
      case "declined":
        return {
          message: `${lost} if the server declines TLS: an on-path attacker can decline for it`,
          help: "return an error instead, unless the configuration asks for plaintext",
        };
    }
  },
};

const LOST: Readonly<Record<FactOf<"fail-open">["loses"], string>> = {
  tls: "connections continue in plaintext",
  "client-authentication": "every client is accepted without a certificate",
  "own-certificate": "the client connects without its certificate",
  "trust-anchors": "the client trusts other roots than its own",
};
