/** One certificate taken of a file that may hold several. */
import { holding, users } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const partialBundle: CodeRule<"partial-bundle"> = {
  id: "partial-bundle",
  judges: "code",
  observes: "partial-bundle",
  summary: "only one certificate of a bundle is used",
  severity: "info",
  since: "0.1.0",
  cwe: [296],
  sources: [
    {
      title: "rustls-pki-types: PemObject::from_pem_file reads the first item",
      url: "https://docs.rs/rustls-pki-types/latest/rustls_pki_types/pem/trait.PemObject.html#method.from_pem_file",
    },
    {
      title: "openssl crate: X509::stack_from_pem",
      url: "https://docs.rs/openssl/latest/openssl/x509/struct.X509.html#method.stack_from_pem",
    },
    {
      title: "reqwest: Certificate::from_pem_bundle",
      url: "https://docs.rs/reqwest/latest/reqwest/tls/struct.Certificate.html#method.from_pem_bundle",
    },
    { title: "CWE-296: Improper Following of a Certificate's Chain of Trust", url: "https://cwe.mitre.org/data/definitions/296.html" },
  ],
  rationale: `A PEM file may contain many certificates, and several functions read only the first. Of a CA bundle only one CA is then trusted,
and peers of the others are rejected, also after a rotation that puts the new CA second. Of a server chain only the leaf is
sent. Both look like broken TLS and end with disabled verification.

Fine for a file that contains one certificate and always will.

A warning where the name says that there are several (\`bundle\`, \`chain\`, \`ca-certificates\`, \`roots\`), where one of several
certificates is picked as a trust anchor or shown as the own one, or where either comes from a file that is named where the program
runs; else information. Some backends of a library read all, others the first: the finding
says so.`,
  examples: [
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::SslContextBuilder;
use openssl::x509::X509;

pub fn trust(builder: &mut SslContextBuilder, bundle: &[u8]) -> Result<(), ErrorStack> {
    builder.cert_store_mut().add_cert(X509::from_pem(bundle)?)
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::SslContextBuilder;
use openssl::x509::X509;

pub fn trust(builder: &mut SslContextBuilder, bundle: &[u8]) -> Result<(), ErrorStack> {
    for certificate in X509::stack_from_pem(bundle)? {
        builder.cert_store_mut().add_cert(certificate)?;
    }
    Ok(())
}
`,
    },
  ],

  judge(observation) {
    const { fact, endpoint } = observation;
    const plural = fact.called !== undefined && SEVERAL.test(fact.called);
    const isStored = endpoint !== undefined && [endpoint, ...users(endpoint)].some((it) => it.sort === "trust-store");
    // Where the rest of the chain comes from somewhere else, it is not ignored.
    if (fact.shown === "with-others") return undefined;
    const isShown = fact.shown === "alone";
    const anchors = !isShown && (holding(endpoint, "trust").length > 0 || isStored);
    // How many certificates a file has that is named where the program runs, the program's author cannot know. Whoever gives a text may have
    // taken it apart, to hand over one authority after the other; the rest of an own chain is needed all the same.
    const isUnknown = isShown ? fact.from !== "own" : anchors && fact.from === "configured";
    const open = isUnknown && !fact.platformDependent;
    const where = fact.called === undefined ? "" : ` of \`${fact.called}\``;
    const some = fact.platformDependent ? "on some backends, " : "";
    return {
      // Of certificates that were all read, one may be wanted for itself: its digest, its dates.
      severity: (fact.picked ? anchors || isShown : plural || open) ? "warning" : "info",
      message: `${some}\`${fact.call}\` uses one certificate${where} and ignores the rest`,
      help: HELP[isShown ? "shown" : anchors ? "anchors" : "other"],
      ...(isShown && { remedies: [{ want: { kind: "partial-bundle" } }] }),
    };
  },
};

const HELP = {
  shown: "load the whole chain, so that peers get the intermediate certificates, too",
  anchors: "load all certificates of the file as trust anchors",
  other: "load all certificates of the file",
} as const;

/** Names that say that a file holds several certificates. */
const SEVERAL = /bundle|chain|ca[-_]?certificates|cacerts?|roots(?![a-z])|\bcas\b|trust[-_]?store/i;
