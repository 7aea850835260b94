/** A client that is made beside a CA, and trusts others in its place. */
import type { Endpoint, FactOf } from "../tls/facts.ts";
import { holding } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const unusedCa: CodeRule<"unused-anchors"> = {
  id: "unused-ca",
  judges: "code",
  observes: "unused-anchors",
  summary: "a CA is loaded, but servers are verified without it",
  severity: "warning",
  since: "0.1.0",
  cwe: [295, 296],
  sources: [
    {
      title: "rustls: ConfigBuilder::with_root_certificates",
      url: "https://docs.rs/rustls/latest/rustls/struct.ConfigBuilder.html#method.with_root_certificates",
    },
    {
      title: "RFC 5280, section 6.1: trust anchors are an input of path validation",
      url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1",
    },
    { title: "CWE-296: Improper Following of a Certificate's Chain of Trust", url: "https://cwe.mitre.org/data/definitions/296.html" },
  ],
  byHand: "whether the client is to trust this CA alone, or others, too, is for you to decide",
  rationale: `Whoever names a CA for a client wants that CA to vouch for its servers, mostly nobody else. A CA that no client is given,
by itself, in a store or in a configuration, has no effect: the client trusts whom it trusted before, often every public CA, and any of these
can vouch for an impostor. Connections to the servers meant fail, or, where a public CA knows them, work and hide the mistake.

Fine where the CA is loaded to show that the file can be read; make the client of it all the same.

For servers, and the CA of their clients, see [unenforced-client-ca](unenforced-client-ca.md).`,
  examples: [
    {
      bad: `use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

pub fn client(ca: Option<CertificateDer<'static>>) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(ca) = ca {
        let mut private = RootCertStore::empty();
        private.add(ca)?;
    }
    Ok(ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth())
}
`,
      good: `use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

pub fn client(ca: Option<CertificateDer<'static>>) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    if let Some(ca) = ca {
        roots.add(ca)?;
    } else {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    Ok(ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth())
}
`,
    },
  ],

  judge({ fact, endpoint }) {
    if (!endpoint || !verifiesByOthers(endpoint, fact)) return undefined;
    return {
      message: `\`${fact.call}\` loads a CA that no client is given: servers are verified without it`,
      help: "give the CA to the client that is to trust it, or do not load it",
      related: [{ ...endpoint.place, message: "this client is made without the CA" }],
    };
  },
};

/** It verifies by what it was given, and was not given this CA by another way. */
function verifiesByOthers(client: Endpoint, { from }: FactOf<"unused-anchors">): boolean {
  if (holding(client, "verifier").length > 0 || holding(client, "own-verifier").length > 0) return false;
  if (holding(client, "server-verification").some((it) => !it.fact.enabled)) return false;
  const isAnother = (other: string | undefined): boolean => from !== undefined && other !== undefined && from !== other;
  return holding(client, "trust").every(({ fact: it }) => it.anchors === "system" || it.anchors === "none" || isAnother(it.from));
}
