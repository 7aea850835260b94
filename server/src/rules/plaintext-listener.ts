/** An address where the server answers without TLS. */
import type { Endpoint, Observation } from "../tls/facts.ts";
import { failsOpen, holding, isSame, meansMutualTls, related, signs, whole } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const plaintextListener: CodeRule<"listener"> = {
  id: "plaintext-listener",
  judges: "code",
  observes: "listener",
  summary: "the server listens without TLS",
  severity: "info",
  since: "0.1.0",
  cwe: [319, 306],
  sources: [
    {
      title: "actix-web: HttpServer::bind",
      url: "https://docs.rs/actix-web/latest/actix_web/struct.HttpServer.html#method.bind",
    },
    { title: "RFC 9325, section 3.2: Strict TLS", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.2" },
    { title: "CWE-319: Cleartext Transmission of Sensitive Information", url: "https://cwe.mitre.org/data/definitions/319.html" },
  ],
  rationale: `An on-path attacker reads and changes all traffic. If the same app also listens with TLS, the plaintext listener bypasses it:
all routes are reachable without TLS and without a client certificate.

Fine behind a proxy on the same machine that terminates TLS: bind to loopback. An app that only redirects to https, and
challenges under \`/.well-known/acme-challenge\`, are silent.

A warning beside a TLS listener of the same server, and on a public address where mutual TLS is intended or where another server
demands certificates for the same application; a public address alone is information, an unknown address a hint, loopback silent.
Silent for a server that listens either with TLS or without, as configured.`,
  examples: [
    {
      bad: `use actix_web::{web, App, HttpServer};
use rustls::ServerConfig;

pub async fn serve(tls: ServerConfig) -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "ok" })))
        .bind("0.0.0.0:8080")?
        .bind_rustls_0_23("0.0.0.0:8443", tls)?
        .run()
        .await
}
`,
      good: `use actix_web::{web, App, HttpServer};
use rustls::ServerConfig;

pub async fn serve(tls: ServerConfig) -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "ok" })))
        .bind_rustls_0_23("0.0.0.0:8443", tls)?
        .run()
        .await
}
`,
    },
  ],

  judge(observation, context) {
    const { fact, endpoint, written, place } = observation;
    if (fact.transport !== "plaintext" || fact.reach === "loopback" || failsOpen(observation)) return undefined;
    if (holding(endpoint, "redirects").length > 0) return undefined;
    const address = fact.address === undefined ? "" : ` on \`${fact.address}\``;
    const isSecured = (it: Observation): boolean =>
      it.fact.kind === "listener" && it.fact.transport === "tls" && !isSame(it, observation) && observation.excludes?.(it) !== true;
    // Which listeners one server has its author has decided. Of several each may have its users, but where one demands certificates.
    const alike = fact.reach === "public" ? (endpoint?.alike ?? []).filter(asksForCertificates) : [];
    const own = whole(endpoint)
      .flatMap((it) => it.facts)
      .filter(isSecured);
    const secured = [...own, ...alike.flatMap((it) => it.facts).filter(isSecured)];
    if (secured.length > 0)
      return {
        severity: "warning",
        message: `\`${written}\` serves the same app${address} in plaintext, bypassing TLS and client certificates`,
        help: "remove the listener, bind it to loopback, or serve only redirects to https there",
        related: related(secured, "the same app is served with TLS here"),
        // A server that listens nowhere else goes as a whole.
        remedies: own.length > 0 ? [{ want: { kind: "remove-call" } }] : [],
      };
    if (fact.reach === "unknown")
      return {
        severity: "hint",
        message: `\`${written}\` serves${address} in plaintext`,
        help: "serve with TLS, or bind to loopback behind a proxy that terminates TLS",
      };
    const meant = meansMutualTls(context);
    return {
      severity: meant ? "warning" : "info",
      message: meant
        ? `mutual TLS is intended, but \`${written}\` serves${address} in plaintext`
        : `\`${written}\` serves${address} in plaintext: on-path attackers can read and change traffic`,
      help: "serve with TLS, or bind to loopback behind a proxy that terminates TLS",
      related: meant ? signs(context, place) : [],
    };
  },
};

const asksForCertificates = (listener: Endpoint): boolean =>
  holding(listener, "client-authentication").some(({ fact }) => fact.mode !== "none" && fact.mode !== "ignored");
