/** A setting that undoes a stricter one made before on the same endpoint. */
import type { Observation, ObservationOf } from "../tls/facts.ts";
import { before, related, replaced, STRENGTH, stricterBeforeReload } from "./evidence.ts";
import type { CodeRule, Verdict } from "./rule.ts";

export const overriddenVerification: CodeRule<"client-authentication" | "server-verification"> = {
  id: "overridden-verification",
  judges: "code",
  observes: "client-authentication",
  alsoObserves: ["server-verification"],
  summary: "a later call overrides stricter verification",
  severity: "warning",
  since: "0.1.0",
  cwe: [670, 295],
  sources: [
    {
      title: "openssl crate: SslContextBuilder::set_verify",
      url: "https://docs.rs/openssl/latest/openssl/ssl/struct.SslContextBuilder.html#method.set_verify",
    },
    { title: "OpenSSL: SSL_CTX_set_verify", url: "https://docs.openssl.org/master/man3/SSL_CTX_set_verify/" },
    { title: "CWE-670: Always-Incorrect Control Flow Implementation", url: "https://cwe.mitre.org/data/definitions/670.html" },
  ],
  rationale: `The last call wins. A server that first requires a certificate and later sets a weaker mode accepts clients without one, while
the first call still reads like mutual TLS. With OpenSSL, setting the verify mode again also removes the callback. A reload that
builds its configuration from certificate and key alone weakens a running server in the same way.

Fine where the two calls are in different branches: both hold, and the rule is silent. Client verification that ends up disabled
is \`disabled-verification\`.`,
  examples: [
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder)
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}
`,
    },
  ],

  judge(observation) {
    if (observation.byDefault) return undefined;
    return weakened(observation) ?? reloaded(observation) ?? droppedVerifier(observation);
  },
};

function weakened(observation: ObservationOf<"client-authentication" | "server-verification">): Verdict | undefined {
  const { fact, written } = observation;
  if (fact.kind !== "client-authentication" || observation.role === "client") return undefined;
  const stricter = replaced(observation, "client-authentication").filter((it) => STRENGTH[it.fact.mode] > STRENGTH[fact.mode]);
  const [first] = stricter;
  if (!first) return undefined;
  return {
    message: `\`${written}\` overrides the stricter \`${first.written}\`: clients without a certificate are accepted`,
    help: "keep the stricter call and remove this one",
    related: related(stricter, "this stricter setting is overridden"),
    remedies: [{ want: { kind: "client-authentication", mode: first.fact.mode } }, { want: { kind: "remove-call" } }],
  };
}

/** The configuration that a running server had is replaced by one that demands less. */
function reloaded(observation: ObservationOf<"client-authentication" | "server-verification">): Verdict | undefined {
  const [first] = stricterBeforeReload(observation);
  if (!first) return undefined;
  return {
    message: `\`${observation.written}\` replaces a configuration that requires client certificates with a weaker one`,
    help: "build the new configuration with the same verifier as the old one",
    related: related([first], "until then certificates are requested here"),
    remedies: [{ want: { kind: "client-authentication", mode: first.fact.mode } }],
  };
}

/** The mode is set again without the callback that was installed together with it before. */
function droppedVerifier(observation: Observation): Verdict | undefined {
  const companions = replaced(observation, observation.fact.kind);
  const verifiers = before(observation, "verifier").filter(
    (it) =>
      MATTERS.has(it.fact.judgement) &&
      it.call !== observation.call &&
      companions.some((companion) => companion.call === it.call && companion.place.file === it.place.file),
  );
  const [first] = verifiers;
  if (!first) return undefined;
  return {
    message: `\`${observation.written}\` removes the callback set by \`${first.written}\`, and its checks with it`,
    help: "set the mode and the callback in one call",
    related: related(verifiers, "this callback is removed"),
  };
}

/** What passed everything, or only passed the library's answer on, is no loss. */
const MATTERS: ReadonlySet<string> = new Set(["pins", "compares-other", "rejects", "unknown"]);
