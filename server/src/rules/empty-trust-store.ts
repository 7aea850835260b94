/** A trust store without any trust anchor. */
import type { Endpoint } from "../tls/facts.ts";
import { holding, roleOf, users, whole } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const emptyTrustStore: CodeRule<"trust"> = {
  id: "empty-trust-store",
  judges: "code",
  observes: "trust",
  summary: "the trust store has no trust anchors, so every peer is rejected",
  severity: "warning",
  since: "0.1.0",
  cwe: [296],
  sources: [
    { title: "rustls: RootCertStore::empty", url: "https://docs.rs/rustls/latest/rustls/struct.RootCertStore.html#method.empty" },
    { title: "RFC 5280, section 6.1.1: trust anchor information", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.1" },
    { title: "CWE-296: Improper Following of a Certificate's Chain of Trust", url: "https://cwe.mitre.org/data/definitions/296.html" },
  ],
  rationale: `Without trust anchors every handshake fails. That is safe in itself, but it is how verification gets disabled: the client "does
not work", a search finds a verifier that accepts everything, and on-path attackers can impersonate the server.

Fine where a verifier is installed afterwards; that is silent. Where an empty store only replaces one that is missing or failed
to load, it is information.

Newer verifier builders reject an empty store; older ones, and clients, start and reject every peer.`,
  examples: [
    {
      bad: `use rustls::{ClientConfig, RootCertStore};

pub fn client() -> ClientConfig {
    ClientConfig::builder()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth()
}
`,
      good: `use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

pub fn client(ca: CertificateDer<'static>) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(ca)?;
    Ok(ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth())
}
`,
    },
  ],

  judge(observation) {
    const { fact, endpoint, written } = observation;
    if (fact.anchors !== "none") return undefined;
    if (holding(endpoint, "trust").some((it) => it.fact.anchors !== "none")) return undefined;
    // Nobody asks the store where the user's own verifier answers, or where verification is off: other rules speak.
    if (holding(endpoint, "verifier").length > 0 || holding(endpoint, "own-verifier").length > 0) return undefined;
    if (hasOtherVerifier(endpoint)) return undefined;
    if (holding(endpoint, "server-verification").some((it) => !it.fact.enabled)) return undefined;
    if (roleOf(observation) === "server" && holding(endpoint, "client-authentication").some((it) => it.fact.mode === "none"))
      return undefined;
    const peer = roleOf(observation) === "server" ? "client" : "server";
    return {
      ...(fact.standsIn === true ? { severity: "info" } : {}),
      message:
        fact.standsIn === true
          ? `\`${written}\` has no trust anchors and replaces a missing store: every ${peer} is rejected`
          : `\`${written}\` has no trust anchors: every ${peer} is rejected`,
      help: `add the CA that issues the ${peer} certificates; do not disable verification instead`,
      remedies: [{ want: { kind: "trust", anchors: "loaded" } }],
    };
  },
};

/** A verifier that was not made from this store is what the configuration asks. */
function hasOtherVerifier(store: Endpoint | undefined): boolean {
  if (!store) return false;
  const own = new Set([store, ...users(store)]);
  return whole(store).some((it) => it.sort === "verifier" && !own.has(it));
}
