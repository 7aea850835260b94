/** A server that asks no client for a certificate. */

import type { Observation } from "../tls/facts.ts";
import {
  before,
  failsOpen,
  holding,
  idleAnchors,
  meansMutualTls,
  neverAnswers,
  related,
  replaced,
  roleOf,
  signs,
  stricterBeforeReload,
} from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const noClientAuth: CodeRule<"client-authentication"> = {
  id: "no-client-auth",
  judges: "code",
  observes: "client-authentication",
  summary: "the server accepts every client without a certificate",
  severity: "info",
  since: "0.1.0",
  cwe: [306],
  sources: [
    { title: "RFC 8446, section 4.3.2: Certificate Request", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.3.2" },
    {
      title: "rustls: ConfigBuilder<ServerConfig, WantsVerifier>::with_no_client_auth",
      url: "https://docs.rs/rustls/latest/rustls/struct.ConfigBuilder.html#method.with_no_client_auth",
    },
    { title: "OpenSSL: SSL_CTX_set_verify", url: "https://docs.openssl.org/master/man3/SSL_CTX_set_verify/" },
    { title: "CWE-306: Missing Authentication for Critical Function", url: "https://cwe.mitre.org/data/definitions/306.html" },
  ],
  rationale: `TLS alone authenticates the server. Unless the server requests a client certificate, it serves every client that reaches the
port: an attacker inside the network, or one who relays a victim's requests.

Fine for a public web site, and for a server without a certificate of its own, whose handshakes never succeed. The finding is
therefore information, and a warning where mutual TLS is intended: \`mtls = "required"\`, or, with \`"auto"\`, signs such as a
loaded client CA, a handler that reads the peer certificate, or another branch that requires one; not where another server of
the program requests certificates: it is what the signs mean, and what it requires is judged there. \`mtls = "off"\` disables the
rule.

A client CA that is loaded but never used is \`unenforced-client-ca\`; a requirement that is overridden is
\`overridden-verification\`. Settings that need a missing feature, and OpenSSL's \`FAIL_IF_NO_PEER_CERT\` without \`PEER\`, which
requests no certificate, are warnings.`,
  examples: [
    {
      bad: `use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;

pub fn mutual_tls(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, rustls::Error> {
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
}
`,
      good: `use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub fn mutual_tls(
    client_roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(client_roots)).build()?;
    Ok(ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?)
}
`,
    },
  ],

  judge(observation, context) {
    const { fact, endpoint, written, place, excludes } = observation;
    // A verifier that asks nobody was named in so many words, although it is its nature and no call of its own.
    const byDefault = observation.byDefault && endpoint?.sort !== "verifier";
    if (roleOf(observation) !== "server" || neverAnswers(endpoint) || failsOpen(observation)) return undefined;
    const want = { kind: "client-authentication", mode: "required" } as const;
    const remedies = [{ want }] as const;
    // Nothing says that this server should know its clients: to ask them is no correction.
    const choices = [{ want, isChoice: true }] as const;
    if (fact.mode === "ignored")
      return fact.needs === undefined
        ? {
            severity: "warning",
            message: `\`${written}\` requires a certificate but never requests one: every client is accepted`,
            help: "request the certificate in the same call; requiring it alone has no effect",
            remedies,
          }
        : {
            severity: "warning",
            message: `\`${written}\` has no effect without ${fact.needs}: every client is accepted`,
            help: `enable ${fact.needs}`,
            remedies,
          };
    if (fact.mode !== "none" || context.policy.mtls === "off") return undefined;
    // The guide's imaginary calls, a CA that decorates, a stricter call that was replaced: each has a rule of its own.
    if (holding(endpoint, "imaginary-call").length > 0) return undefined;
    if (stricter(observation) || stricterBeforeReload(observation).length > 0) return undefined;
    // Two branches, or a default and a call under a condition: whoever sets the condition chooses.
    const elsewhere = holding(endpoint, "client-authentication").filter(
      (it) => it.fact.mode === "required" || (it.fact.mode === "optional" && (excludes?.(it) === true || takesTurns(it, observation))),
    );
    if (elsewhere.length > 0 && holding(endpoint, "fail-open").some((it) => it.fact.loses === "client-authentication")) return undefined;
    if (elsewhere.length > 0)
      return {
        severity: context.policy.mtls === "required" ? "warning" : "info",
        message: `\`${written}\` accepts every client; certificates are required only conditionally`,
        help: "require client certificates by default",
        related: related(elsewhere, "a certificate is required here"),
        remedies: context.policy.mtls === "required" ? remedies : choices,
      };
    if (idleAnchors(endpoint).length > 0) return undefined;
    const anchors = holding(endpoint, "trust").filter(
      (it) => (it.fact.anchors === "loaded" || it.fact.anchors === "unknown") && excludes?.(it) !== true,
    );
    if (byDefault && (anchors.length > 0 || verifiesItself(observation))) return undefined;

    const meant = meansMutualTls(context) || anchors.length > 0;
    const cause = byDefault ? `\`${written}\` requests no client certificate by default` : `\`${written}\` requests no client certificate`;
    return meant
      ? {
          severity: "warning",
          message: `mutual TLS is intended, but ${cause}`,
          help: "verify clients against their CA and require a certificate",
          related: [...related(anchors, "the client CA is loaded here"), ...signs(context, place)],
          remedies,
        }
      : {
          message: cause,
          help: "fine for a public server; if only known clients may connect, verify them against their CA",
          remedies: choices,
        };
  },
};

/** Of two verifiers that one configuration is given, a branch picked one. */
const takesTurns = (one: Observation, other: Observation): boolean =>
  one.endpoint !== other.endpoint && one.endpoint?.sort === "verifier" && other.endpoint?.sort === "verifier";

const stricter = (observation: Parameters<typeof noClientAuth.judge>[0]): boolean =>
  replaced(observation, "client-authentication").some(({ fact }) => fact.mode === "required" || fact.mode === "optional");

/** A callback or verifier of the user's own asks, whatever the default says. */
const verifiesItself = (observation: Parameters<typeof noClientAuth.judge>[0]): boolean =>
  [...holding(observation.endpoint, "verifier"), ...before(observation, "verifier")].some(({ fact }) => fact.verifies === "client");
