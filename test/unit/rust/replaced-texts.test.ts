/** Definition maps across edits: what stands in bodies is not in them, so that they hold, and answer as maps made anew do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CallGraph } from "../../../server/src/rust/index.ts";
import { type Resolved, resolved } from "../../harness/names.ts";

const FILES: Readonly<Record<string, string>> = {
  "/w/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\n',
  "/w/src/lib.rs": "pub mod client;\nmod caller;\n",
  "/w/src/client.rs": `pub struct Client { pub inner: Inner }
pub struct Inner;
impl Inner { pub fn insecure(&self) {} }
macro_rules! make { ($name:ident) => { pub fn $name() { skip(); } } }
pub fn skip() {}
pub fn idle() {}
`,
  "/w/src/caller.rs": `use crate::client::{self, Client};
fn first(client: &Client) {
    client.inner.insecure();
}
fn second() {
    use crate::client::idle as rest;
    fn deep() { crate::client::skip() }
    deep();
}
`,
};

const edited = (path: string, from: string, to: string): Readonly<Record<string, string>> => {
  const text = FILES[path] ?? "";
  assert.ok(text.includes(from), from);
  return { ...FILES, [path]: text.replace(from, to) };
};

const loaded = (files: Readonly<Record<string, string>>): Resolved => resolved(new Map(Object.entries(files)));

/** Of each function whether it is called, by whom, and where that stands. */
function verdicts({ maps }: Resolved): readonly string[] {
  const calls = new CallGraph(maps);
  // Bodies bring in items of their own while they are walked through, and those are gone through, too.
  for (const { items } of maps.crates) for (const it of items) calls.edgesFrom(it);
  const all = maps.crates.flatMap((it) => it.items.filter((item) => item.kind === "function"));
  return all
    .map((it) => {
      const edges = calls.edgesTo(it).map(({ from, span, certain }) => `${from.name}@${span.start} ${certain}`);
      return `${it.name} ${it.start}: ${calls.called(it)} ${edges.sort().join(", ")}`;
    })
    .sort();
}

const CALLER = "/w/src/caller.rs";
const CLIENT = "/w/src/client.rs";

const HOLDING: readonly (readonly [what: string, path: string, from: string, to: string])[] = [
  ["a call that goes", CALLER, "client.inner.insecure();", ""],
  ["a call that comes", CALLER, "deep();", "deep(); rest();"],
  ["text that moves what follows", CALLER, "fn first", "// more\n\nfn first"],
  ["an item of a body that goes", CALLER, "fn deep() { crate::client::skip() }", "let deep = || ();"],
  ["an import of a body that is another", CALLER, "use crate::client::idle as rest;", "use crate::client::skip as rest; rest();"],
  ["a body of a method", CLIENT, "pub fn insecure(&self) {}", "pub fn insecure(&self) { skip() }"],
];
const OTHERS: readonly (readonly [what: string, path: string, from: string, to: string])[] = [
  ["a type of a field", CLIENT, "pub inner: Inner", "pub inner: Other"],
  ["a macro", CLIENT, "{ skip(); }", "{ idle(); }"],
  ["a signature", CLIENT, "pub fn skip()", "pub fn skip(it: u8)"],
  ["an import", CALLER, "{self, Client}", "{self, Inner}"],
  ["a new item", CLIENT, "pub fn idle() {}", "pub fn idle() {}\npub fn other() {}"],
];

for (const [what, path, from, to] of HOLDING)
  test(`they hold: ${what}`, () => {
    const files = edited(path, from, to);
    const kept = loaded(FILES);
    const before = verdicts(kept);
    const { steps } = kept.maps;
    assert.ok(kept.maps.replace(path, files[path] ?? ""));
    assert.equal(kept.maps.steps, steps, "nothing is resolved once more");
    const after = verdicts(kept);
    assert.deepEqual(after, verdicts(loaded(files)));
    assert.notDeepEqual(after, before);
  });

for (const [what, path, from, to] of OTHERS)
  test(`they do not: ${what}`, () => {
    const kept = loaded(FILES);
    verdicts(kept);
    assert.equal(kept.maps.replace(path, edited(path, from, to)[path] ?? ""), false);
  });

test("edits to and fro add nothing", () => {
  const kept = loaded(FILES);
  const before = verdicts(kept);
  const items = kept.maps.crates.map((it) => it.items.length);
  for (let round = 0; round < 20; round++) {
    for (const text of [edited(CALLER, "deep();", "deep(); rest();")[CALLER], FILES[CALLER]])
      assert.ok(kept.maps.replace(CALLER, text ?? ""));
    assert.deepEqual(verdicts(kept), before);
  }
  assert.deepEqual(
    kept.maps.crates.map((it) => it.items.length),
    items,
  );
});

test("methods are those of the bodies as they are", () => {
  const inner = (method: string): string => `    struct Local;\n    impl Local { fn ${method}(&self) {} }\n    Local.${method}();\n`;
  const files = (method: string): Readonly<Record<string, string>> => edited(CALLER, "    deep();\n", `    deep();\n${inner(method)}`);
  const { maps } = loaded(files("former"));
  const calls = new CallGraph(maps);
  for (const { items } of maps.crates) for (const it of items) calls.edgesFrom(it);
  const { members } = calls.methods;
  const candidates = (name: string) => maps.crates.flatMap(({ root }) => calls.methods.candidates(name, 0, root));
  assert.equal(members.functionsNamed("former").length, 1);
  assert.equal(candidates("former").length, 1);
  assert.ok(maps.replace(CALLER, files("latter")[CALLER] ?? ""));
  for (const { items } of maps.crates) for (const it of items) new CallGraph(maps).edgesFrom(it);
  assert.equal(members.functionsNamed("former").length, 0);
  assert.equal(members.functionsNamed("latter").length, 1);
  assert.equal(candidates("latter").length, 1);
});
