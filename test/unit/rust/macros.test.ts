/** Tokens of macros: arguments, statements, items. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, parsed } from "./load.ts";
import { printBlock, printItem } from "./print.ts";

const inside = async (code: string): Promise<string> => printBlock(bodyOf(parsed(`fn f() { ${code} }`).items, "f")).slice(2, -2);

test("arguments between commas", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["vec![a, b(c)]", "(vec! a (call b c))"],
    ["vec![]", "(vec!)"],
    ["vec![0u8; 32]", "(vec! (repeat 0 32))"],
    ["vec![a, // one\n b, /* two */ // three\n]", "(vec! a b)"],
    ['println!("{}, {x}", a.b(), x = c)', '(println! "{}, {x}" (.b a) (= x c))'],
    ['assert!(a == b(c), "d")', '(assert! (== a (call b c)) "d")'],
    ["m!(a.b::<C, D>(), |x, y| x.z(y))", "(m! (.b<C, D> a) (|x, y| (.z x y)))"],
    ["m!(if a { b } else { c }, match d { _ => e }, S { f })", "(m! (if a { b } { c }) (match d (=> _ e)) (new S f))"],
    ["matches!(a.b(), A::B | C)", "(matches! (.b a) (| A::B C))"],
    ["matches!(a, A { .. } if b.c())", "(matches! a (unknown (unknown (new A) (if (.c b) {}))))"],
    ['info!(%a, b = ?c.d(), "e")', '(info! a (= b (.d c)) "e")'],
    ['info!(target: "t", ?a, name: %b, c)', '(info! "t" a b c)'],
    ['m!(a, |$t| b::<$t>($c), "$1")', '(m! a (|_t| (call b<_t> _c)) "$1")'],
    ["m!(a as B<C, D>, <E as F<G, H>>::i())", "(m! (as a B<C, D>) (call <E>::i))"],
    ["vec![$(a($b)),*]", "(vec! (call a _b))"],
    ['assert!(a,\n @"b")', '(assert! a "b")'],
    ["m!(n!(o(p)))", "(m! (n! (call o p)))"],
    ["tokio::try_join!(a(), b())?", "(tokio::try_join! (call a) (call b))?"],
    ['m!(\'(\', "),", r#"]"#, b)', '(m! ( ")," "]" b)'],
    ["m!(-1, *a, &b, !c)", "(m! (- 1) (* a) (& b) (! c))"],
  ];
  for (const [code, printed] of cases) assert.equal(await inside(code), printed, code);
});

test("statements", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["m! { let a = b(); a.c() }", "(m! { (let a (call b)) (.c a) })"],
    ["select! { x = a.b() => { c(x).await; } _ = d() => e(), }", "(select! { (= x (.b a)); { (call c x).await; } (unknown); (call e); })"],
    ["cfg_if! { if #[cfg(unix)] { a() } else { b() } }", "(cfg_if! { (if (cfg! unix) { (call a) } { (call b) }) })"],
  ];
  for (const [code, printed] of cases) {
    if (code.startsWith("select"))
      assert.match(await inside(code), /\(= x \(\.b a\)\); \{ \(call c x\)\.await; \}.*\(call d\).*\(call e\)/);
    else assert.equal(await inside(code), printed, code);
  }
});

test("offsets of arguments are those of the file", async () => {
  const source = 'fn f() { m!(/* é */ "ä", n![b.c("x", d)]) }';
  const block = bodyOf(parsed(source).items, "f");
  assert.ok(block.tail?.kind === "macro");
  const [first, second] = block.tail.arguments;
  assert.ok(first?.kind === "literal" && first.literal.type === "string" && second?.kind === "macro");
  assert.equal(source.slice(first.literal.valueSpan.start, first.literal.valueSpan.end), "ä");
  const [call] = second.arguments;
  assert.ok(call?.kind === "method");
  assert.equal(source.slice(call.span.start, call.span.end), 'b.c("x", d)');
  assert.equal(source.slice(call.segmentSpan.start, call.segmentSpan.end), '.c("x", d)');
});

test("items that macros hold", async () => {
  const print = async (code: string) => parsed(code).items.map(printItem).join(" ");
  assert.equal(await print("lazy_static! { static ref A: B = c(); }"), "(other (static A: B (call c)))");
  assert.equal(await print("thread_local!(static A: B = c());"), "(other (static A: B (call c)))");
  assert.equal(
    await print("cfg_if::cfg_if! { if #[cfg(a)] { use x::Y; } else if #[cfg(b)] { fn z() {} } else { mod w {} } }"),
    "(other #cfg(all(a)) (use x::Y) #cfg(all(not(a), b)) (fn z [] {}) #cfg(all(not(a), not(b))) (mod w))",
  );
  assert.equal(
    await print("macro_rules! m { ($n:ident) => { fn $n() { a.b($crate::C) } }; ($e:expr) => { d($e) }; }"),
    "(other m (fn _n [] { (.b a crate::C) }) (fn m! [_e] { (call d _e) }))",
  );
  assert.equal(
    await print("macro_rules! all { ($($e:expr),+ $(,)?) => {{ $( add($e)?; )+ done() }}; }"),
    "(other all (fn all!…! [] { { (call add _e)?; (call done) } }))",
  );
  assert.equal(await print("run! { a.b(c); }"), "(other (fn run! [] { (.b a c); }))");
});
