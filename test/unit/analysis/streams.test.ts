/** Hooks on connections: which streams they ask for, however far away and by whatever name they do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../server/src/analysis/index.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { rustParser } from "../../../server/src/rust/index.ts";
import { programOf } from "../../harness/flow.ts";

const AT_ONCE = "if let Some(_) = connection.downcast_ref::<TcpStream>() {}";
const handed = (steps: number): string =>
  Array.from({ length: steps }, (_, at) => `fn step${at}(connection: &dyn Any) { step${at + 1}(connection) }`).join("\n");

function asked(hook: string, more = ""): readonly string[] {
  const text = `use std::any::Any;
use actix_web::rt::net::TcpStream;
use actix_web::{App, HttpServer};
type Encrypted = actix_tls::accept::openssl::TlsStream<TcpStream>;
pub async fn serve(tls: rustls::ServerConfig) -> std::io::Result<()> {
    HttpServer::new(App::new).on_connect(|connection, extensions| { ${hook} }).bind_rustls_0_23("0.0.0.0:8443", tls)?.run().await
}
${more}`;
  const rust = rustParser.parse(text);
  assert.ok(rust.ok);
  const file = { name: "/f.rs", file: rust.value, modulePath: [], testCode: false, crate: undefined };
  const { observations } = analyse({ files: [file], models, program: programOf(text), standard: STD });
  return observations.filter(({ fact }) => fact.kind === "hook-stream").map(({ place }) => text.slice(place.span.start, place.span.end));
}

for (const [what, hook, more, found] of [
  ["at once", AT_ONCE, "", ["TcpStream"]],
  ["by an alias", "if let Some(_) = connection.downcast_ref::<Encrypted>() {}", "", ["Encrypted"]],
  ["behind nine calls", "step0(connection)", `${handed(9)}\nfn step9(connection: &dyn Any) { ${AT_ONCE} }`, ["TcpStream"]],
  [
    "by functions that call each other",
    "even(connection)",
    `fn even(connection: &dyn Any) { ${AT_ONCE} odd(connection) }\nfn odd(connection: &dyn Any) { even(connection) }`,
    ["TcpStream"],
  ],
  ["what else is done with it is not known", `${AT_ONCE} elsewhere(connection)`, "", []],
] as const)
  test(what, () => assert.deepEqual(asked(hook, more), found));
