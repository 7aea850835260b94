/** A connection hook that looks for another stream than the listener's. */
import { before, isSame, related } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const wrongStreamType: CodeRule<"hook-stream"> = {
  id: "wrong-stream-type",
  judges: "code",
  observes: "hook-stream",
  summary: "the connection hook expects another stream type than the listener's",
  severity: "warning",
  since: "0.1.0",
  cwe: [843, 306],
  sources: [
    {
      title: "actix-web: HttpServer::on_connect",
      url: "https://docs.rs/actix-web/latest/actix_web/struct.HttpServer.html#method.on_connect",
    },
    {
      title: "actix-tls: accept, a stream for each library and version",
      url: "https://docs.rs/actix-tls/latest/actix_tls/accept/index.html",
    },
    { title: "Rust: Any::downcast_ref", url: "https://doc.rust-lang.org/std/any/trait.Any.html#method.downcast_ref" },
    { title: "CWE-306: Missing Authentication for Critical Function", url: "https://cwe.mitre.org/data/definitions/306.html" },
  ],
  byHand: "the listener or the type may be the one that is wrong, and what reads the stream depends on it",
  rationale: `The hook downcasts the connection to a stream type. Each TLS library and each version of rustls has its own \`TlsStream\`: after
an update the old type still compiles, and the downcast fails for every connection. Clients then have no identity: if that means
anonymous, every client is anonymous; if it means "reject", no client connects.

Fine for a hook that also downcasts to the listener's own stream: several listeners have several types.`,
  examples: [
    {
      bad: `use std::any::Any;

use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use actix_web::{web, App, HttpServer};
use rustls::ServerConfig;
use tokio_rustls::server::TlsStream;

struct Peer(Vec<u8>);

fn remember_peer(connection: &dyn Any, extensions: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<TlsStream<TcpStream>>() {
        if let Some([leaf, ..]) = stream.get_ref().1.peer_certificates() {
            extensions.insert(Peer(leaf.to_vec()));
        }
    }
}

pub async fn serve(tls: ServerConfig) -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "ok" })))
        .on_connect(remember_peer)
        .bind_rustls_0_23("0.0.0.0:8443", tls)?
        .run()
        .await
}
`,
      good: `use std::any::Any;

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use actix_web::{web, App, HttpServer};
use rustls::ServerConfig;

struct Peer(Vec<u8>);

fn remember_peer(connection: &dyn Any, extensions: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<TlsStream<TcpStream>>() {
        if let Some([leaf, ..]) = stream.get_ref().1.peer_certificates() {
            extensions.insert(Peer(leaf.to_vec()));
        }
    }
}

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
    const { fact, endpoint } = observation;
    const early = before(observation, "listener");
    const listeners = (endpoint?.facts ?? []).flatMap((it) =>
      it.fact.kind === "listener" && !early.some((one) => isSame(one, it)) ? [{ ...it, fact: it.fact }] : [],
    );
    const unseen = listeners.filter(({ fact: { stream } }) => stream !== undefined && !fact.expects.includes(stream));
    const [first] = unseen;
    const own = first?.fact.stream;
    if (first === undefined || own === undefined) return undefined;
    // It may be there for the connections in the clear alone.
    if (fact.secured === false && listeners.some((it) => it.fact.transport === "plaintext")) return undefined;
    return {
      message: `\`${observation.written}\` expects \`${fact.expects.join("`, `")}\`, but \`${first.written}\` yields \`${own}\`: the peer is never identified`,
      help: `downcast to \`${own}\`, beside the other types if there are other listeners`,
      related: related(unseen, "connections of this listener are not recognised"),
    };
  },
};
