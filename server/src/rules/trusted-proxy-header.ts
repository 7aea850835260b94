/** A header that is taken for who the client is. */
import type { CodeRule } from "./rule.ts";

export const trustedProxyHeader: CodeRule<"identity-header"> = {
  id: "trusted-proxy-header",
  judges: "code",
  observes: "identity-header",
  summary: "the client's identity comes from a header that anyone can set",
  severity: "info",
  since: "0.1.0",
  cwe: [290, 345],
  sources: [
    { title: "RFC 9440, section 4: Security Considerations of Client-Cert", url: "https://www.rfc-editor.org/rfc/rfc9440#section-4" },
    { title: "CWE-290: Authentication Bypass by Spoofing", url: "https://cwe.mitre.org/data/definitions/290.html" },
  ],
  rationale: `A proxy that terminates mutual TLS forwards the client's identity in a header. An attacker who reaches the server without the
proxy sets the header, and so does every client of a proxy that forwards a header instead of overwriting it.

Fine where only the proxy can connect (a Unix socket, a private network, mutual TLS between them) and the proxy overwrites the
header on every request.

Information, since the proxy's configuration is unknown; a warning where the server binds a reachable address, or where it demands
certificates itself and never reads one: then any header by which a client is let in counts (\`x-agent-id\`). Silent on
loopback, and where the same function checks the address of the peer.`,
  byHand: "whether nothing but the proxy can connect, and what it does with the header, is decided outside of the program",
  examples: [
    {
      bad: `use actix_web::{web, App, HttpRequest, HttpServer};

async fn whoami(request: HttpRequest) -> String {
    match request.headers().get("X-SSL-Client-CN") {
        Some(name) => name.to_str().unwrap_or_default().to_owned(),
        None => "nobody".to_owned(),
    }
}

pub async fn serve(address: std::net::SocketAddr) -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(whoami))).bind(address)?.run().await
}
`,
      good: `use actix_web::{web, App, HttpRequest, HttpServer};

async fn whoami(request: HttpRequest) -> String {
    match request.headers().get("X-SSL-Client-CN") {
        Some(name) => name.to_str().unwrap_or_default().to_owned(),
        None => "nobody".to_owned(),
    }
}

pub async fn serve() -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(whoami))).bind("127.0.0.1:8080")?.run().await
}
`,
    },
  ],

  judge({ fact }) {
    if (fact.checked || fact.reach === "loopback") return undefined;
    const who = fact.unread ? "any client" : "anyone who reaches this server";
    return {
      ...(fact.reach === "public" || fact.unread ? { severity: "warning" } : {}),
      message: `\`${fact.header}\` is trusted as the client's identity, but ${who} can set it`,
      help: fact.unread
        ? "take the identity from the certificate that the client has shown"
        : "read the certificate of the connection, or accept the header only from the proxy",
    };
  },
};
