/** What each form of Rust becomes in a body: its operations, and where control goes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Body, type Declared, declaredIn, printBody } from "../../../server/src/rust/bodies/index.ts";

const only = (text: string): Declared => {
  const [first, ...more] = declaredIn(text);
  assert.ok(first !== undefined && more.length === 0);
  return first;
};
/** The body of a function that holds the text, without what every body begins and ends with. */
const printed = (text: string): string => printBody(only(`fn f(a: A, b: B) -> C { ${text} }`).body());

function holds(text: string, ...lines: readonly string[]): void {
  const found = printed(text).split("\n");
  let from = 0;
  for (const line of lines) {
    const at = found.findIndex((it, index) => index >= from && new RegExp(`^ *${line}$`).test(it));
    assert.ok(at >= 0, `no line ${line} behind the ${from}th of\n${found.join("\n")}`);
    from = at + 1;
  }
}

test("values", () => {
  holds("let x = (1, [a, b], &mut a.c[0]); x", "_\\d+ = \\[_\\d+, _\\d+\\]", "_\\d+ = &mut a\\.c\\[_\\d+\\]", "x = _\\d+", "return _\\d+");
  holds("S { a, b: 1, ..base() }", "_\\d+ = base\\(\\)", "_\\d+ = S \\{ a: _\\d+, b: _\\d+, \\.\\._\\d+ \\}");
  holds("a.b = 1; a = b;", "_\\d+ = store a\\.b _\\d+", "a = _\\d+");
  holds("a.b += 1", "_\\d+ = a\\.b", "_\\d+ = _\\d+ \\+ _\\d+", "_\\d+ = store a\\.b _\\d+");
  holds("(a, b.c) = (1, 2)", "_\\d+ = \\(_\\d+, _\\d+\\)", "_\\d+ = store b\\.c _\\d+", "a = _\\d+");
  holds("a.f::<u8>(1)?.g().await", "_\\d+ = a\\.f\\(_\\d+\\)", "_\\d+ = _\\d+\\.<failure>", "_\\d+ = residual _\\d+");
  holds("..=a as usize", "_\\d+ = _\\d+ as …", "_\\d+ = \\.\\._\\d+");
});

test("conditions and patterns become tests, bindings and branches", () => {
  const text = "if let Some(x) = a && !b { x } else { 0 }";
  holds(
    text,
    "_\\d+ = test a Some",
    "if _\\d+ goto 1 else \\d+",
    "x = a\\.<Some>0",
    "_\\d+ = b",
    "if _\\d+ goto (\\d+) else \\d+",
    "_\\d+ = x",
  );
  holds("let Some(x) = a else { return b };", "_\\d+ = test a Some", "x = a\\.<Some>0", "return _\\d+", "_\\d+ = b");
  holds("match a { S { x: 1 | 2, .. } if b => 1, [p, .., q] => 2, _ => 3 }", "_\\d+ = test a S", "_\\d+ = test a\\.<S>x 1", "_\\d+ = b");
  holds("match a { [p, .., q] => 2, _ => 3 }", "_\\d+ = test a length 2\\+", "p = a\\[0\\]", "q = a\\[-1\\]");
  // The last arm needs no branch, and says what it takes the value for.
  holds("match a { Ok(()) => 1, Err(x) => x }", "_\\d+ = test a Ok", "_\\d+ = test a Err", "x = a\\.<Err>0");
  holds("let _ = a;", "_\\d+ = a");
  holds("match a { x @ (A(y) | B(y)) => y }", "x = a", "_\\d+ = test a A", "y = a\\.<A>0");
});

test("loops, labels and values of breaks", () => {
  holds("'o: loop { loop { break 'o; } }", "goto 1", "1:", "goto 2");
  holds("let v = loop { break 7; }; v", "_\\d+ = 7", "_\\d+ = _\\d+", "v = _\\d+");
  holds("for x in a { g(x); }", "_\\d+ = iterate _\\d+", "_\\d+ = test _\\d+ another", "x = _\\d+\\.<each>", "_\\d+ = g\\(_\\d+\\)");
  holds("while let Some(x) = a.next() { if x { continue } g() }", "_\\d+ = a\\.next\\(\\)", "_\\d+ = g\\(\\)");
  holds("let v = 'l: { if a { break 'l 1; } 2 }; v", "_\\d+ = 1", "v = _\\d+");
});

test("an async block catches `return` and `?`", () => {
  holds(
    "let x = async { g()?; return 1 }; h(x)",
    "x = (_\\d+)",
    "_\\d+ = h\\(_\\d+\\)",
    "return _\\d+",
    "_\\d+ = residual _\\d+",
    "goto 2",
  );
});

test("closures have bodies of their own, and say what they capture", () => {
  const body = only("fn f(a: A) { let g = |x| move || x + a; }").body();
  const [outer] = body.closures;
  assert.ok(outer !== undefined);
  assert.match(printBody(body), /_\d+ = closure 0 \[a\]/);
  assert.match(printBody(outer), /_\d+ = closure 0 \[x, a\]/);
  assert.match(printBody(outer.closures[0] ?? outer), /_\d+ = _\d+ \+ _\d+/);
});

test("macros with control flow", () => {
  holds(
    'ensure!(a == 1, "no {b}"); 2',
    "if _\\d+ goto 1 else \\d+",
    "_\\d+ = 2",
    "_\\d+ = ensure!\\(_\\d+, b\\)",
    "_\\d+ = residual _\\d+",
  );
  holds('bail!("x")', "_\\d+ = residual _\\d+");
  holds('panic!("{}", a)', "_\\d+ = panic!\\(_\\d+, _\\d+\\)", "diverge");
  holds("matches!(a, Some(x) if x > 1)", "_\\d+ = test a Some", "x = a\\.<Some>0", "_\\d+ = true");
  holds("vec![a; 3]", "_\\d+ = \\[_\\d+; _\\d+\\]");
  holds("vec![a, b]", "_\\d+ = \\[_\\d+, _\\d+\\]");
  holds('format!("x{a}y{}", b.c)', '_\\d+ = format\\("x", a, "y", _\\d+\\)');
  holds("select! { x = g() => x, Some(y) = h(), if b => y }", "_\\d+ = g\\(\\)", "x = _\\d+", "_\\d+ = h\\(\\)", "y = _\\d+\\.<Some>0");
  holds("cfg_if! { if #[cfg(unix)] { 1 } else { 2 } }", "_\\d+ = cfg .*unix.*", "_\\d+ = 1", "_\\d+ = 2");
  holds('info!(target: "t", k = %a.b, "m {}", g())', "_\\d+ = a\\.b", "_\\d+ = g\\(\\)", "_\\d+ = info!\\(_\\d+, _\\d+, _\\d+, _\\d+\\)");
});

test("what stands under `cfg` is behind a branch on it", () => {
  holds(
    "#[cfg(x)] let k = 1; #[cfg(not(x))] let k = 2; k",
    '_\\d+ = cfg .*"x".*',
    "k#\\d+ = _\\d+",
    "_\\d+ = cfg .*not.*",
    "k#\\d+ = _\\d+",
  );
  holds("match a { #[cfg(x)] A => 1, _ => 2 }", "_\\d+ = cfg .*", "_\\d+ = test a A");
  holds("#[cfg(x)] { 1 } #[cfg(not(x))] { 2 }", "_\\d+ = cfg .*", "_\\d+ = 1", "_\\d+ = 2");
  assert.match(printed("S { #[cfg(x)] a: 1, #[cfg(not(x))] a: 2 }"), /S \{ a: _\d+ \}/);
  assert.match(printed("debug_assert!(a)"), /debug_assertions/);
});

test("a variant under `cfg` leaves what a name meant before", () => {
  assert.match(printed("let k = 0; #[cfg(x)] let k = 1; k"), /k#\d+ = k#\d+/);
});

test("items in a body are bodies of their own, with what they stand in", () => {
  const body = only("fn f() { impl V for T { fn g(&self) { 1 } } const C: u8 = 2; }").body();
  assert.deepEqual(
    body.declared.map((it) => [it.name, it.self?.kind, it.implemented?.segments[0]?.name]),
    [
      ["g", "path", "V"],
      ["C", undefined, undefined],
    ],
  );
  assert.match(printBody(body.declared[1]?.body() ?? body), /_\d+ = 2/);
});

test("what does not parse becomes unknown and keeps what was read", () => {
  holds("let x = foo(a.; b.c(", '_\\d+ = unknown "syntax error" \\(_\\d+\\)', "_\\d+ = foo\\(_\\d+\\)");
  holds("break; continue; 1", '_\\d+ = unknown "jump without a target" \\(\\)', "_\\d+ = 1");
});

/** All operations, in blocks that nothing reaches, closures and items, too. */
function* operations(body: Body): Generator<Body["blocks"][number]["operations"][number]> {
  for (const block of body.blocks) yield* block.operations;
  for (const closure of body.closures) yield* operations(closure);
  for (const it of body.declared) yield* operations(it.body());
}

test("nothing vanishes: each call in each form of expression is an operation", () => {
  const forms = [
    "m0()",
    "&m0()",
    "-m0()",
    "*m0()",
    "!m0()",
    "(m0(), m1())",
    "[m0(), m1()]",
    "[m0(); m1()]",
    "m0() + m1()",
    "m0() && m1()",
    "m0().x = m1()",
    "m0()[m1()] += m2()",
    "m0()..m1()",
    "m0() as u8",
    "m0()(m1())",
    "m0().x(m1())",
    "m0().x",
    "m0()?",
    "m0().await",
    "S { a: m0(), ..m1() }",
    "{ m0(); m1() }",
    "unsafe { m0() }",
    "async { m0() }",
    "'a: { m0(); break 'a m1() }",
    "if m0() { m1() } else if m2() { m3() } else { m4() }",
    "if let A(x) = m0() && m1() { m2() }",
    "match m0() { A if m1() => m2(), B => m3(), _ => m4() }",
    "loop { break m0() }",
    "while m0() { m1() }",
    "for x in m0() { m1() }",
    "|x| m0(x)",
    "return m0()",
    "{ let A(x) = m0() else { m1(); return }; }",
    "assert!(m0(), m1())",
    "assert_eq!(m0(), m1())",
    "bail!(m0())",
    "matches!(m0(), A(_) if m1())",
    "select! { a = m0() => m1(), else => m2() }",
    "tokio::select! { biased; a = m0() => { m1() } }",
    "cfg_if! { if #[cfg(x)] { m0() } else { m1() } }",
    "vec![m0(), m1()]",
    'format!("{}", m0())',
    "other!(m0() => m1(); x = m2())",
    "other! { let a = m0(); m1() }",
    "m0()..",
    "fn g() { m0() }",
    "m0(m1() m2())",
    "vec![vec![m0()], m1()]",
    "try { m0()? }",
  ];
  for (const form of forms) {
    const found = new Set<string>();
    for (const it of operations(only(`fn f() { ${form} }`).body()))
      if (it.kind === "call" && it.callee.kind === "path") found.add(it.callee.path.segments[0]?.name ?? "");
    assert.deepEqual(
      [...form.matchAll(/m\d/g)].map((it) => it[0]).filter((it) => !found.has(it)),
      [],
      form,
    );
  }
});
