/** A server that loads a CA for its clients and never asks them for a certificate. */
import type { ObservationOf } from "../tls/facts.ts";
import { holding, idleAnchors, isSame, neverAnswers, related, roleOf, STRENGTH, whole } from "./evidence.ts";
import type { CodeRule, RuleContext, Verdict } from "./rule.ts";

export const unenforcedClientCa: CodeRule<"trust" | "client-authentication"> = {
  id: "unenforced-client-ca",
  judges: "code",
  observes: "trust",
  alsoObserves: ["client-authentication"],
  summary: "a client CA is loaded, but no client certificate is requested",
  severity: "warning",
  since: "0.1.0",
  cwe: [295, 306],
  sources: [
    { title: "OpenSSL: SSL_CTX_set_verify", url: "https://docs.openssl.org/master/man3/SSL_CTX_set_verify/" },
    { title: "OpenSSL: SSL_CTX_load_verify_locations", url: "https://docs.openssl.org/master/man3/SSL_CTX_load_verify_locations/" },
    {
      title: "openssl crate: SslContextBuilder::set_verify",
      url: "https://docs.rs/openssl/latest/openssl/ssl/struct.SslContextBuilder.html#method.set_verify",
    },
    { title: "CWE-295: Improper Certificate Validation", url: "https://cwe.mitre.org/data/definitions/295.html" },
  ],
  byHand: "the callback that switches sets the verify mode of its connection, too, and which one it is for each name is yours to say",
  rationale: `A loaded CA says which clients would be trusted; it does not make the server request certificates. The server accepts every
client, while the code reads like mutual TLS.

Fine for a context that only acts as a client, or where the store serves another purpose, such as building the server's own
chain. \`mtls = "off"\` disables the rule.

Reported where the CA is loaded; for a CA in a store or verifier that is never used, at the server that should have it; and for
an OpenSSL context that connections switch to by SNI: \`set_ssl_context\` changes certificate and CAs, not the verify mode. An
explicit verify mode of "none" is \`no-client-auth\`.`,
  examples: [
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_private_key_file("server-key.pem", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("server-chain.pem")?;
    builder.set_ca_file("client-ca.pem")?;
    Ok(builder)
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslFiletype, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_private_key_file("server-key.pem", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("server-chain.pem")?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}
`,
    },
  ],

  judge: (observation, context) =>
    isTrust(observation) ? ofTrust(observation, context) : (ofSwitched(observation, context) ?? ofIdle(observation, context)),
};

const isTrust = (it: ObservationOf<"trust" | "client-authentication">): it is ObservationOf<"trust"> => it.fact.kind === "trust";

/** The verify mode of a context that connections only go on with by name is nobody's: theirs is that of the first context. */
function ofSwitched(observation: ObservationOf<"trust" | "client-authentication">, { policy }: RuleContext): Verdict | undefined {
  const { fact, endpoint, written, byDefault } = observation;
  if (fact.kind !== "client-authentication" || STRENGTH[fact.mode] === 0 || byDefault || policy.mtls === "off" || !endpoint)
    return undefined;
  const switches = endpoint.effective.filter((it) => it.fact.kind === "session-state" && it.fact.byName);
  const [first] = endpoint.parts.flatMap((it) => (holding(it, "session-state").length > 0 ? it.usedBy : []));
  if (switches.length === 0 || !first || first === endpoint) return undefined;
  const asks = [first, ...first.usedBy].flatMap((it) => it.facts.filter((one) => one.fact.kind === "client-authentication"));
  if (asks.some((it) => it.fact.kind === "client-authentication" && STRENGTH[it.fact.mode] > 0)) return undefined;
  return {
    message: `\`${written}\` has no effect: connections keep the verify mode of their first context`,
    help: "set the verify mode on the connection when switching to this context",
    notes: ["the first context requests no client certificate"],
    related: [
      ...related(switches, "connections switch to it here"),
      { ...first.place, message: "the first context requests no client certificate" },
    ],
  };
}

/** The server was made beside the store, and without it. */
function ofIdle(observation: ObservationOf<"trust" | "client-authentication">, { policy }: RuleContext): Verdict | undefined {
  const { fact, endpoint, written } = observation;
  if (fact.kind !== "client-authentication" || fact.mode !== "none" || roleOf(observation) !== "server" || policy.mtls === "off")
    return undefined;
  const anchors = idleAnchors(endpoint);
  if (anchors.length === 0 || neverAnswers(endpoint)) return undefined;
  if (holding(endpoint, "verifier").length > 0 || holding(endpoint, "own-verifier").length > 0) return undefined;
  if (holding(endpoint, "client-authentication").some((it) => it.fact.mode !== "none")) return undefined;
  const requests = observation.byDefault ? "requests no client certificate by default" : "requests no client certificate";
  return {
    message: `client CA is loaded but never used: \`${written}\` ${requests}`,
    help: "verify clients against the CA, or do not load it",
    related: related(anchors, "the CA is loaded here"),
    remedies: [{ want: { kind: "client-authentication", mode: "required" } }],
  };
}

function ofTrust(observation: ObservationOf<"trust">, { policy }: RuleContext): Verdict | undefined {
  const { fact, endpoint, written, excludes } = observation;
  if ((fact.anchors !== "loaded" && fact.anchors !== "unknown") || roleOf(observation) !== "server" || policy.mtls === "off")
    return undefined;
  if (fact.ownChain || holding(endpoint, "imaginary-call").length > 0 || neverAnswers(endpoint)) return undefined;
  if (holding(endpoint, "verifier").some((it) => it.fact.verifies === "client")) return undefined;
  const asked = holding(endpoint, "client-authentication").filter((it) => excludes?.(it) !== true);
  const [silence] = asked;
  if (!silence || !asked.every((it) => it.fact.mode === "none" && it.byDefault)) return undefined;
  // Several CAs on one endpoint are one fault.
  const anchors = whole(endpoint).flatMap((it) => it.facts.filter(({ fact: { kind } }) => kind === "trust"));
  const first = anchors.find(({ fact: it }) => it.kind === "trust" && (it.anchors === "loaded" || it.anchors === "unknown"));
  if (first && !isSame(first, observation)) return undefined;
  return {
    message: `\`${written}\` loads a client CA, but no client certificate is ever requested`,
    help: "require client certificates on this server, or do not load the CA",
    related: related([silence], "by default this server requests no client certificate"),
    remedies: [{ want: { kind: "client-authentication", mode: "required" } }],
  };
}
