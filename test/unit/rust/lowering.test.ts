/** What each form of the language is lowered to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, parsed } from "./load.ts";
import { printBlock, printCfg, printItem, printPattern, printType } from "./print.ts";

const statements = async (code: string): Promise<string> => printBlock(bodyOf(parsed(`fn f() { ${code} }`).items, "f")).slice(2, -2);
const items = async (code: string): Promise<string> => parsed(code).items.map(printItem).join(" ");

const EXPRESSIONS: readonly (readonly [code: string, printed: string])[] = [
  // Literals.
  ["true", "true"],
  ["1_000u32", "1000"],
  ["0xFF_u8", "255"],
  ["0b1010", "10"],
  ["0o17i64", "15"],
  ["1.5", "literal"],
  ["'c'", "c"],
  ["'\\u{3a}'", ":"],
  ["b'c'", "literal"],
  ['"a\\n\\u{1F600}\\x41\\"\\\\"', '"a\\n😀A\\"\\\\"'],
  ['"a \\\n     b"', '"a b"'],
  ['r#"a\\n"b"#', '"a\\\\n\\"b"'],
  ['b"h2"', 'b"h2"'],
  ['br"h\\2"', 'b"h\\\\2"'],
  // Paths.
  ["a::b::<T, U>::c", "a::b<T, U>::c"],
  ["::a::b", "::a::b"],
  ["<A as B>::c", "<A>::c"],
  ["<Vec<u8>>::new()", "(call <Vec<u8>>::new)"],
  ["Vec::<u8>::new()", "(call Vec<u8>::new)"],
  ["r#type::r#fn", "type::fn"],
  ["self.a", "self.a"],
  ["crate::a()", "(call crate::a)"],
  // Calls and chains.
  ["a(b, c)", "(call a b c)"],
  ["a.b::<T>(c)?.d.await", "(.b<T> a c)?.d.await"],
  ["a.0.1", "a.0.1"],
  ["(a.b)(c)", "(call a.b c)"],
  ["a[0]", "(index a 0)"],
  ["(a)", "a"],
  ["a()()", "(call (call a))"],
  ["|| -> T { a }()", "(call (|| { a }))"],
  ["|| { a }()", "(|| (call { a }))"],
  ["yield a", "(unknown a)"],
  ["yield", "(unknown)"],
  ["try { a? }", "{ a? }"],
  // Operators.
  ["!a", "(! a)"],
  ["-1", "(- 1)"],
  ["*a", "(* a)"],
  ["&a", "(& a)"],
  ["&mut a", "(&mut a)"],
  ["a + b * c", "(+ a (* b c))"],
  ["a | b | c", "(| (| a b) c)"],
  ["a == b && c || d", "(|| (&& (== a b) c) d)"],
  ["a = b", "(= a b)"],
  ["a |= b", "(|= a b)"],
  ["a as u8", "(as a u8)"],
  ["a..", "(.. a _)"],
  ["..b", "(.. _ b)"],
  ["a..=b", "(.. a b)"],
  ["a..b", "(.. a b)"],
  // Collections.
  ["()", "(tuple)"],
  ["(a,)", "(tuple a)"],
  ["(a, b)", "(tuple a b)"],
  ["[a, b]", "(array a b)"],
  ["[0; 4]", "(repeat 0 4)"],
  ["S { a, b: 1, ..d }", "(new S a b:1 ..d)"],
  ["a::S::<T> { 0: x }", "(new a::S<T> 0:x)"],
  // Blocks and control flow.
  ["unsafe { a }", "unsafe { a }"],
  ["async move { a }", "async { a }"],
  ["const { 1 }", "const { 1 }"],
  ["if a { b } else if c { d } else { e }", "(if a { b } (if c { d } { e }))"],
  ["if let Some(a) = b && c && let D = d { e }", "(if (&& (&& (let Some(a) b) c) (let D d)) { e })"],
  ["match a { A::B | C if d => 1, #[cfg(x)] _ => { 2 } }", "(match a (=> A::B|C if d 1) (#cfg(x) => _ { 2 }))"],
  ["loop { break 1 }", "(loop { (break 1) })"],
  ["'a: while let Some(x) = y { continue 'a; }", "(while (let Some(x) y) { (continue); })"],
  ["for (a, b) in c {}", "(for (a, b) c {})"],
  ["return a", "(return a)"],
  ["|a, (b, c), d: u8| e", "(|a, (b, c), d: u8| e)"],
  ["move || a.b()", "(|| (.b a))"],
  ["async |a| b(a)", "(|a| async { (call b a) })"],
  ["|a| -> u8 { b }", "(|a| { b })"],
];

test("expressions", async () => {
  for (const [code, printed] of EXPRESSIONS) assert.equal(await statements(code), printed, code);
});

test("statements, and the value of a block", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["let mut a: Vec<u8> = b;", "(let mut a: Vec<u8> b)"],
    ["let a;", "(let a)"],
    ["let Some(a) = b else { return };", "(let Some(a) b else { (return) })"],
    ["a; b", "a; b"],
    ["if a { b } c", "(if a { b }) c"],
    ["if a { b };", "(if a { b });"],
    ["#[cfg(x)] a(); #[allow(y)] let b = c;", "#cfg(x) (call a); #allow (let b c)"],
    ["#[cfg(x)] { a } #[cfg(not(x))] { b }", "#cfg(x) { a } #cfg(not(x)) { b }"],
    ["fn g() {} use a::b; g()", "(fn g [] {}) (use a::b) (call g)"],
    ["m!(a); n! { b } c", "(m! a); (n! { b }) c"],
    ["m!(a)", "(m! a)"],
  ];
  for (const [code, printed] of cases) assert.equal(await statements(code), printed, code);
  const block = bodyOf(parsed("fn f() { if a { b } else { c } }").items, "f");
  assert.equal(block.tail?.kind, "if");
  assert.equal(bodyOf(parsed("fn f() { if a { b }; }").items, "f").tail, undefined);
});

test("items", async () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      "pub(crate) async fn f<T: A + 'static, const N: usize>(&mut self, mut a: &'a dyn B, _: u8) -> Result<(), E> where T: C { a }",
      "(async fn f<T: A + C> [&mut self, mut a: &dyn B, _: u8] -> Result<(), E> { a })",
    ],
    ["trait T { fn a(self: Arc<Self>); const B: u8; type C; fn d() { e } }", "(trait T (fn a [self]) (const B: u8) (fn d [] { e }))"],
    [
      "unsafe impl<T> A<T> for b::C<T> { type D = E; const F: u8 = 1; fn g() {} }",
      "(impl A<T> for b::C<T> (type D E) (const F: u8 1) (fn g [] {}))",
    ],
    ["impl dyn A + Send {}", "(impl dyn A + Send)"],
    ["struct S<T> { #[serde(x)] pub a: T, b: Option<Arc<A>> }", "(struct S #serde a: T b: Option<Arc<A>>)"],
    ["pub struct S(pub A, #[cfg(x)] B);", "(struct S 0: A #cfg(x) 1: B)"],
    ["struct U;", "(struct U)"],
    ["#[derive(Default)] enum E { #[default] A, B(u8), C { d: e::F } = 3 }", "#derive (enum E #default A B{0: u8} C{d: e::F})"],
    ['static mut A: &[&str] = &["x"]; const B: u8 = 1;', '(static A: &[&str] (& (array "x"))) (const B: u8 1)'],
    ['#[path = "x.rs"] mod a; mod b { #![cfg(test)] fn c() {} }', "#path (mod a at x.rs) #cfg(test) (mod b (fn c [] {}))"],
    ['#[path = r"x.rs"] mod a; #[path /* "y.rs" */ = "z.rs"] mod b;', "#path (mod a at x.rs) #path (mod b at z.rs)"],
    ["type A<T> = b::C<T>;", "(type A b::C<T>)"],
    ["extern crate a as b; extern crate c;", "(extern a b) (extern c c)"],
    ['extern "C" { fn a(b: u8); }', "(other (fn a [b: u8]))"],
    ["union U { a: u8 }", "(other U)"],
  ];
  for (const [code, printed] of cases) assert.equal(await items(code), printed, code);
});

test("use trees are flat", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["use a;", "(use a)"],
    ["pub use a::b as c;", "(pub use a::b as c)"],
    ["use a::{self, b::{c, d as e, *}, f::self};", "(use a a::b::c a::b::d as e a::b::* a::f)"],
    ["use a::{self as b};", "(use a as b)"],
    ["use ::a::{b, c};", "(use ::a::b ::a::c)"],
    ["use ::{a, b};", "(use ::a ::b)"],
    ["use {a, b::c};", "(use a b::c)"],
    ["use self::a; use super::super::*; use crate::b;", "(use self::a) (use super::super::*) (use crate::b)"],
    ["use a::T as _;", "(use a::T as _)"],
    ["use r#type::a;", "(use type::a)"],
    ["use *;", "(use ::*)"],
  ];
  for (const [code, printed] of cases) assert.equal(await items(code), printed, code);
});

test("patterns", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["a", "a"],
    ["mut a", "mut a"],
    ["ref mut a", "ref mut a"],
    ["None", "None"],
    ["A::B", "A::B"],
    ["A(b, .., _)", "A(b, .., _)"],
    ["A { b, c: ref d, mut e, .. }", "A{b: b, c: ref d, e: mut e}"],
    ["(a, _)", "(a, _)"],
    ["(a)", "a"],
    ["[a, .., b @ 1..=2]", "[a, .., b@other]"],
    ["&(a, b)", "&(a, b)"],
    ["A(box B(c))", "A(&B(c))"],
    ["A | B | C(d)", "A|B|C(d)"],
    ["-1", "-1"],
    ['"x"', '"x"'],
    ["true", "true"],
  ];
  for (const [code, printed] of cases) {
    const block = bodyOf(parsed(`fn f() { match x { ${code} => y } }`).items, "f");
    assert.ok(block.tail?.kind === "match");
    assert.equal(block.tail.arms.map((it) => printPattern(it.pattern)).join(), printed, code);
  }
});

test("types", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["a::B<C<D>, 'a, 3>", "a::B<C<D>, other>"],
    ["&'a mut [u8; 4]", "&mut [u8]"],
    ["Box<dyn Fn(&A) -> B + Send + 'static>", "Box<dyn Fn<&A> + Send>"],
    ["impl Future<Output = A> + Send", "impl Future + Send"],
    ["(A, B)", "(A, B)"],
    ["()", "()"],
    ["(dyn A)", "dyn A"],
    ["<A as B>::C", "<A>::C"],
    ["fn(A) -> B", "other"],
    ["!", "other"],
    ["*const u8", "other"],
    ["Option<&'static str>", "Option<&str>"],
  ];
  for (const [code, printed] of cases) {
    const [item] = parsed(`fn f() -> ${code} {}`).items;
    assert.ok(item?.kind === "function" && item.returns !== undefined, code);
    assert.equal(printType(item.returns), printed, code);
  }
});

test("cfg predicates, and attributes with their texts", async () => {
  const source = '#[cfg(all(any(test, feature = "x"), not(windows)))] #[tokio::test(flavor = "y")] #[cfg_attr(a, b)] fn f() {}';
  const [item] = parsed(source).items;
  assert.ok(item !== undefined);
  assert.deepEqual(
    item.attributes.cfg.map((it) => printCfg(it.predicate)),
    ["all(any(test, feature=x), not(windows))"],
  );
  assert.deepEqual(item.attributes.names, ["tokio::test", "cfg_attr"]);
  for (const { text, span } of item.attributes.texts) assert.equal(source.slice(span.start, span.end), text);
  const spread = "#[allow(a)] # /* what for */ [\n        allow(b)\n    ]\nfn f() {}";
  assert.deepEqual(
    parsed(spread).items[0]?.attributes.texts.map(({ whole }) => spread.slice(whole.start, whole.end)),
    ["#[allow(a)]", "# /* what for */ [\n        allow(b)\n    ]"],
  );
  assert.deepEqual(
    parsed("#![cfg(test)] fn f() {}").attributes?.cfg.map((it) => printCfg(it.predicate)),
    ["test"],
  );
});

test("imports and predicates nest as deep as anything else", () => {
  const nested = (open: string, inner: string, close: string, levels: number): string => open.repeat(levels) + inner + close.repeat(levels);
  const { items } = parsed(`use ${nested("a::{", "b", "}", 150)};\n#[cfg(${nested("not(", "c", ")", 150)})]\nfn f() {}`);
  const [imported, guarded] = items;
  assert.ok(imported?.kind === "use" && guarded !== undefined);
  assert.deepEqual(
    imported.imports.map((it) => it.path.length),
    [151],
  );
  let { predicate } = guarded.attributes.cfg[0] ?? assert.fail("no predicate");
  let levels = 0;
  for (; predicate.kind === "not"; predicate = predicate.of) levels++;
  assert.equal(levels, 150);
});

test("bodies are lowered once", async () => {
  const [f] = parsed("fn f() { a }").items;
  assert.ok(f?.kind === "function");
  assert.equal(f.body(), f.body());
});

test("comments are in order and without the end of their line", async () => {
  const source = "// a\n/// b\r\nfn f() { /* c\n */ m!(/* d */ x); // e\n}\n//! g";
  const file = parsed(source);
  assert.deepEqual(
    file.comments.map((it) => source.slice(it.start, it.end)),
    ["// a", "/// b", "/* c\n */", "/* d */", "// e", "//! g"],
  );
});

test("the string literal at an offset", async () => {
  const source = 'fn f() { open("a\\tb"); m!(r#"c"#, "d") }';
  const file = parsed(source);
  const at = (marker: string) => file.stringAt(source.indexOf(marker));
  assert.deepEqual(at("\\t"), { value: "a\tb", span: { start: source.indexOf("a\\t"), end: source.indexOf('"); m') } });
  assert.equal(at('c"#')?.value, "c");
  assert.equal(at('"d')?.value, "d");
  assert.equal(at("open"), undefined);
  assert.equal(file.stringAt(10_000), undefined);
});

test("visibility is that of the item, and no parenthesis of a type is a restriction", () => {
  const of = (code: string) => {
    const [item] = parsed(code).items;
    assert.ok(item?.kind === "struct");
    return [item.visibility, ...item.fields.map((it) => `${it.name} ${it.visibility} ${printType(it.type)}`)];
  };
  assert.deepEqual(of("struct S { pub a: A, pub (crate) b: B, pub(in crate::c) c: C, /* pub */ d: D }"), [
    "private",
    "a public A",
    "b restricted B",
    "c restricted C",
    "d private D",
  ]);
  assert.deepEqual(of("pub /* (crate) */ struct S(pub(super) A, pub (A, B), pub (crate::A, B), B);"), [
    "public",
    "0 restricted A",
    "1 public (A, B)",
    "2 public (crate::A, B)",
    "3 private B",
  ]);
  const items =
    "pub fn f() {} pub(crate) enum E {} pub(self) const C: u8 = 1; pub static S: u8 = 1; pub mod m {} mod n; pub use a; type T = u8;";
  const visible = parsed(items).items.map((it) => ("visibility" in it ? it.visibility : undefined));
  assert.deepEqual(visible, ["public", "restricted", "restricted", "public", "public", "private", "public", "private"]);
});
