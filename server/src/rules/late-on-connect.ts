/** A connection hook that is registered after the listener that should have had it. */
import { before, related } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const lateOnConnect: CodeRule<"connection-hook"> = {
  id: "late-on-connect",
  judges: "code",
  observes: "connection-hook",
  summary: "the connection hook is registered after the listener and never runs for it",
  severity: "warning",
  since: "0.1.0",
  cwe: [696, 306],
  sources: [
    {
      title: "actix-web: HttpServer::on_connect",
      url: "https://docs.rs/actix-web/latest/actix_web/struct.HttpServer.html#method.on_connect",
    },
    {
      title: "actix-web: HttpServer, where each bind copies the hook",
      url: "https://docs.rs/actix-web/latest/src/actix_web/server.rs.html",
    },
    { title: "CWE-696: Incorrect Behavior Order", url: "https://cwe.mitre.org/data/definitions/696.html" },
  ],
  rationale: `A listener copies the hook that is registered when it is bound. A later hook never runs, and handlers find no peer certificate
on any connection: if "none" means anonymous, every client is anonymous; if it means "reject", no client connects.

Fine for a hook that only counts or logs connections, except that it counts none. Other settings of the server (workers,
timeouts) may come in any order.`,
  examples: [
    {
      bad: `use std::any::Any;

use actix_web::dev::Extensions;
use actix_web::{web, App, HttpServer};
use rustls::ServerConfig;

fn remember_peer(_connection: &dyn Any, _extensions: &mut Extensions) {}

pub async fn serve(tls: ServerConfig) -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "ok" })))
        .bind_rustls_0_23("0.0.0.0:8443", tls)?
        .on_connect(remember_peer)
        .run()
        .await
}
`,
      good: `use std::any::Any;

use actix_web::dev::Extensions;
use actix_web::{web, App, HttpServer};
use rustls::ServerConfig;

fn remember_peer(_connection: &dyn Any, _extensions: &mut Extensions) {}

pub async fn serve(tls: ServerConfig) -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "ok" })))
        .on_connect(remember_peer)
        .bind_rustls_0_23("0.0.0.0:8443", tls)?
        .run()
        .await
}
`,
    },
  ],

  judge(observation) {
    const listeners = before(observation, "listener");
    const [first] = listeners;
    if (!first) return undefined;
    return {
      message: `\`${observation.written}\` is registered after \`${first.written}\` and never runs for its connections`,
      help: "register the hook before binding the listener",
      related: related(listeners, "this listener is bound without the hook"),
      remedies: [{ want: { kind: "move-before-listener" } }],
    };
  },
};
