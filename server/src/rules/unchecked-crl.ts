/** Revocation lists that are loaded and never consulted. */
import type { ObservationOf } from "../tls/facts.ts";
import { clientLacksLists, holding, lacksLists } from "./evidence.ts";
import type { CodeRule, RuleContext, Verdict } from "./rule.ts";

type Judged = "revocation" | "client-authentication" | "revocation-check";

export const uncheckedCrl: CodeRule<Judged> = {
  id: "unchecked-crl",
  judges: "code",
  observes: "revocation",
  alsoObserves: ["client-authentication", "revocation-check"],
  summary: "a CRL is loaded but never checked",
  severity: "warning",
  since: "0.1.0",
  cwe: [299],
  sources: [
    {
      title: "OpenSSL: X509_VERIFY_PARAM_set_flags, X509_V_FLAG_CRL_CHECK",
      url: "https://docs.openssl.org/master/man3/X509_VERIFY_PARAM_set_flags/",
    },
    {
      title: "openssl crate: X509VerifyFlags",
      url: "https://docs.rs/openssl/latest/openssl/x509/verify/struct.X509VerifyFlags.html",
    },
    { title: "RFC 5280, section 6.3: CRL Validation", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.3" },
    { title: "CWE-299: Improper Check for Certificate Revocation", url: "https://cwe.mitre.org/data/definitions/299.html" },
  ],
  rationale: `OpenSSL checks a loaded CRL only if the flag \`CRL_CHECK\` is set (\`CRL_CHECK_ALL\` for the whole chain). Without it an attacker
uses a stolen key whose certificate is revoked. rustls checks those that its verifier was given.

Reported also at a verifier that is given no CRL, of clients or of servers of a CA of one's own, where the program loads one and
does nothing with it: it is only counted, logged or kept in a field.

Fine where the program compares serial numbers with the CRL itself. The flag without a CRL rejects every peer.`,
  examples: [
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};
use openssl::x509::store::X509Lookup;

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder
        .cert_store_mut()
        .add_lookup(X509Lookup::file())?
        .load_crl_file("client-ca.crl.pem", SslFiletype::PEM)?;
    Ok(builder)
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};
use openssl::x509::store::X509Lookup;
use openssl::x509::verify::X509VerifyFlags;

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder
        .cert_store_mut()
        .add_lookup(X509Lookup::file())?
        .load_crl_file("client-ca.crl.pem", SslFiletype::PEM)?;
    builder
        .cert_store_mut()
        .set_flags(X509VerifyFlags::CRL_CHECK | X509VerifyFlags::CRL_CHECK_ALL)?;
    Ok(builder)
}
`,
    },
  ],

  judge: (observation, context) => (isList(observation) ? ofLoaded(observation) : ofForgotten(observation, context)),
};

const isList = (it: ObservationOf<Judged>): it is ObservationOf<"revocation"> => it.fact.kind === "revocation";

function ofLoaded({ fact, endpoint, written }: ObservationOf<"revocation">): Verdict | undefined {
  if (fact.lists !== "loaded") return undefined;
  const checks = holding(endpoint, "revocation-check");
  if (checks.length === 0 || checks.some((it) => it.fact.enabled)) return undefined;
  return {
    message: `\`${written}\` loads a CRL that is never checked: revoked certificates are accepted`,
    help: "enable revocation checking for this store",
    remedies: [{ want: { kind: "revocation-check", enabled: true } }],
  };
}

/** A verifier that checks no revocation, of a program that loads a CRL for nothing. */
function ofForgotten(observation: ObservationOf<Judged>, context: RuleContext): Verdict | undefined {
  const unused = context.intent.filter((it) => it.unusedList !== undefined && it.unusedList === observation.endpoint?.library);
  if (unused.length === 0 || !(lacksLists(observation, context) || clientLacksLists(observation))) return undefined;
  return {
    message: `\`${observation.written}\` is not given the CRL that the program loads: revoked certificates are accepted`,
    help: "give the verifier the CRL and enforce its expiry, or do not load it",
    related: unused.slice(0, 2).map(({ place }) => ({ ...place, message: "the CRL is loaded here, and no verifier uses it" })),
    remedies: [{ want: { kind: "revocation", lists: "loaded" } }],
  };
}
