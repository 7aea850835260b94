/** The token scan: the same items as tree-sitter's grammar sees, the names of each, and what holds of a file that is half typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOfName, MEMBER, PATH_REST, PATH_START, type ScannedFile, scan, type TreeItem } from "../../../server/src/rust/items/index.ts";
import { fixtures } from "../../harness/fixtures.ts";
import { grammarListing, scanListing } from "../../harness/grammar-items.ts";
import { workspaces } from "../../harness/workspaces.ts";

test("every fixture has the items that the grammar sees", async () => {
  const listed = await grammarListing();
  const texts = [
    ...fixtures().map(({ text }) => text),
    ...workspaces().flatMap(({ files }) => [...files].flatMap(([path, { text }]) => (path.endsWith(".rs") ? [text] : []))),
  ];
  let compared = 0;
  for (const text of texts) {
    const expected = listed(text);
    if (expected === undefined) continue;
    compared++;
    assert.deepEqual(scanListing(text), expected, text.slice(0, 200));
  }
  assert.ok(compared > 500, `${compared} of ${texts.length} files were compared`);
});

const outline = (text: string): readonly string[] => {
  const { tree } = scan(text);
  const lines = (items: readonly TreeItem[]): string[] =>
    items.flatMap(({ kind, name, items: inner }) => [`${kind} ${name}`, ...lines(inner ?? [])]);
  return lines(tree.items);
};

test("literals and comments hide what they hold", () => {
  const text = `fn a() { let s = "} fn no() {"; let r = r#"" } fn no() {"#; let c = '{'; }
/* fn no() { /* } */ fn no() {} */ fn b<'a>(x: &'a str) -> &'a str { x }
// fn no() {}
#[doc = "fn no() {}"] fn c() { let q = b'}'; let z = br##"{"#"##; }`;
  assert.deepEqual(outline(text), ["function a", "function b", "function c"]);
});

test("an item that is half typed ends where the next one must begin", () => {
  for (const broken of [
    "fn half(",
    "fn half() { if x {",
    "struct Half",
    "use std::io",
    "impl Half {",
    "fn half() { let x = foo.",
    "const X: u32 =",
    "mod",
  ]) {
    const found = outline(`fn before() {}\n\n${broken}\n\npub fn after() {\n    1\n}\n\nfn last() {}\n`);
    assert.ok(
      found.includes("function before") && found.includes("function after") && found.includes("function last"),
      `${broken}: ${found.join(", ")}`,
    );
  }
});

test("heads, imports and ordinals are told", () => {
  const { tree } = scan(`use a::{b::C as D, self, e::*}; pub use ::f; extern crate g as h;
impl<T: Into<u8>> x::Trait<T> for &y::Type<T> where T: Copy {}
impl Type {}
#[cfg(test)] pub(crate) fn one<const N: usize>(x: [u8; N]) -> Foo<{ N }> { x }
#[cfg(not(test))] fn one() {}`);
  const [use, second, crate, of, own, one, other] = tree.items;
  assert.deepEqual(
    use?.imports?.map((it) => [it.path.join("::"), it.name]),
    [
      ["a::b::C", "D"],
      ["a", "a"],
      ["a::e", undefined],
    ],
  );
  assert.deepEqual(second?.imports, [{ path: ["f"], global: true, name: "f" }]);
  assert.deepEqual(crate?.imports, [{ path: ["g"], global: false, name: "h" }]);
  assert.deepEqual(of?.implements, { trait: ["x", "Trait"], type: ["y", "Type"] });
  assert.deepEqual(own?.implements, { trait: undefined, type: ["Type"] });
  assert.equal(one?.head, "fn one<const N: usize>(x: [u8; N]) -> Foo<{ N }>");
  assert.deepEqual([one?.visibility, one?.attributes, one?.ordinal, other?.ordinal], ["pub(crate)", ["cfg(test)"], 0, 1]);
});

test("an edit inside a body, or a comment above, leaves the tree equal", () => {
  const text = "mod m {\n    pub fn a() {\n        1\n    }\n    fn b() {}\n}\nstruct S;\n";
  const edited = text.replace("        1\n", '        // more\n        let x = r#"}"#;\n        x.len()\n');
  assert.deepEqual(scan(edited).tree, scan(text).tree);
  assert.deepEqual(scan(`// above\n${text}`).tree, scan(text).tree);
  const { spans } = scan(edited);
  assert.equal(edited.slice(spans.start(1), spans.end(1)).startsWith("pub fn a() {"), true);
  assert.equal(edited.slice(spans.name(2)).startsWith("b() {}"), true);
  assert.equal(edited.slice(spans.start(3), spans.end(3)), "struct S;");
});

const has = ({ namesIn }: ScannedFile, index: number, name: string, writing = 0): boolean =>
  namesIn(index).includes(hashOfName(name) | writing);

test("names are told by how they are written, those of inner items with those", () => {
  const file = scan(`mod m { fn a() { redis::open("redistribute"); x.verify(); /* tls */ } }
#[serde(default = "crate::defaults::lax")] struct S { verify: bool }
fn é() { ß::ü() }`);
  const [m, a, s, unicode] = [0, 1, 2, 3];
  assert.ok(has(file, a, "redis", PATH_START) && has(file, a, "open", PATH_REST) && has(file, a, "verify", MEMBER));
  assert.ok(!has(file, m, "redis", PATH_START) && !has(file, a, "redistribute") && !has(file, a, "tls"));
  assert.ok(has(file, s, "verify") && has(file, s, "lax", PATH_REST));
  assert.ok(has(file, unicode, "ß", PATH_START) && has(file, unicode, "ü", PATH_REST));
});

test("what is hostile takes no more than its length", () => {
  const cost = (text: string): number => {
    const from = process.cpuUsage();
    scan(text);
    const { user, system } = process.cpuUsage(from);
    return user + system;
  };
  for (const unit of [
    "fn ",
    "{",
    "}",
    "mod a {",
    "#",
    "#[",
    "use a::{",
    "impl ",
    "fn a() {} ",
    "x! ",
    "pub ",
    "<",
    "fn a(",
    "'",
    'r#"',
    "struct A<",
  ]) {
    const repeated = (length: number): string => unit.repeat(Math.ceil(length / unit.length));
    scan(repeated(50_000));
    const [one, eight] = [cost(repeated(50_000)), cost(repeated(400_000))];
    assert.ok(eight < Math.max(one, 4_000) * 40, `${JSON.stringify(unit)}: ${one} µs, eight times as long ${eight} µs`);
  }
});
