/** A fault of functions that the database names counts for code that has a name which leads there; otherwise it is information. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = '[package]\nname = "a"\n\n[dependencies]\nrustls = "=0.20.7"\n';
const BLOCKING = "pub fn talk(c: rustls::ClientConnection, s: std::net::TcpStream) { let _ = rustls::StreamOwned::new(c, s); }\n";
const FUTURES = "pub fn wait(s: impl futures::Stream) { drop(s) }\n";

async function toldOf(files: Record<string, string>, change?: readonly [string, string]) {
  const service = await createLintService(memoryHost({ "/w/a/Cargo.toml": MANIFEST, ...files }), { roots: ["/w"] });
  if (change) {
    await service.lint("/w/a/Cargo.toml");
    service.open(...change);
  }
  const { findings } = await service.lint("/w/a/Cargo.toml");
  service.dispose();
  const [finding] = findings.filter((it) => it.rule === "outdated-tls-crate");
  assert.match(finding?.message ?? "", /RUSTSEC-2024-0336/);
  return { severity: finding?.severity, notes: finding?.notes?.join() };
}

test("who has a name that leads to the fault is warned", async () => {
  assert.equal((await toldOf({ "/w/a/src/lib.rs": "mod talk;\n", "/w/a/src/talk.rs": BLOCKING })).severity, "warning");
});

test("without one it is information, and says what is not there", async () => {
  const { severity, notes } = await toldOf({ "/w/a/src/lib.rs": "pub fn of(c: rustls::ClientConfig) {}\n", "/w/a/src/wait.rs": FUTURES });
  assert.equal(severity, "info");
  assert.match(notes ?? "", /`StreamOwned`/);
});

test("where there is no code nobody can tell", async () => {
  assert.equal((await toldOf({})).severity, "warning");
  assert.equal(
    (await toldOf({ "/w/b/Cargo.toml": '[package]\nname = "b"\n', "/w/b/src/lib.rs": "pub fn strict() {}\n" })).severity,
    "warning",
  );
});

test("code that begins to use it is seen", async () => {
  assert.equal((await toldOf({ "/w/a/src/lib.rs": "pub fn strict() {}\n" }, ["/w/a/src/lib.rs", BLOCKING])).severity, "warning");
});

test("MISSING: what is called through a re-export of the program's own", async () => {
  const talk = "use crate::tls::*;\npub fn talk(c: ClientConnection, s: std::net::TcpStream) { let _ = StreamOwned::new(c, s); }\n";
  const files = { "/w/a/src/lib.rs": "mod tls;\nmod talk;\n", "/w/a/src/tls.rs": "pub use rustls::*;\n", "/w/a/src/talk.rs": talk };
  assert.equal((await toldOf(files)).severity, "info");
});
