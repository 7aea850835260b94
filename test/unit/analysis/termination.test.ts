/** Whatever the input, analysis ends, in bounded time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { said } from "../../harness/said.ts";
import { read, seen } from "./stage.ts";

test("recursion, cyclic constants and verifiers that ask themselves end", () => {
  const source = `
const A: bool = B; const B: bool = A;
fn f(n: u32) -> reqwest::ClientBuilder { if n == 0 { reqwest::Client::builder() } else { g(n) } }
fn g(n: u32) -> reqwest::ClientBuilder { f(n - 1).danger_accept_invalid_certs(A) }
fn main() { let c = f(3).build(); go(c); }`;
  const { observations } = read(source);
  assert.ok(observations.some((it) => it.fact.kind === "server-verification"));
});

test("a chain of calls has no end before its own", () => {
  const length = 300;
  const chain = Array.from({ length }, (_, index) => `fn f${index}(x: bool) { f${index + 1}(x); }`).join("\n");
  const last = `fn f${length}(skip: bool) { let c = reqwest::Client::builder().danger_accept_invalid_certs(skip).build(); go(c); }`;
  assert.deepEqual(seen(`${chain}\n${last}\nfn main() { f0(true); }`, ["server-verification"]), ["server-verification off «true»"]);
});

test("a loop into parts of itself ends", async () => {
  const text = `use reqwest::{Client, Result};
pub struct Command { children: Vec<Command>, insecure: bool }
fn made(insecure: bool) -> Result<Client> {
    let mut builder = Client::builder();
    if insecure {
        builder = builder.danger_accept_invalid_certs(true);
    }
    builder.build()
}
pub fn run(root: Command) -> Result<Client> {
    let mut node = root;
    for _ in 0..3 {
        node = node.children.remove(0);
    }
    made(node.insecure)
}
`;
  assert.deepEqual(await said(text), ["6 hint disabled-verification: true"]);
});

test("of a text longer than anybody's path or address only the beginning is known", () => {
  const loading = (length: number): string => `
fn main() {
    let mut builder = openssl::ssl::SslConnector::builder(openssl::ssl::SslMethod::tls()).unwrap();
    builder.set_ca_file(concat!("${"a".repeat(length)}", "${"b".repeat(length)}.pem")).unwrap();
    go(builder.build());
}`;
  assert.deepEqual(
    seen(loading(2), ["file"]).map((it) => it.split(" ")[1]),
    ["aabb.pem"],
  );
  assert.deepEqual(seen(loading(5_000), ["file"]), []);
});

test("deep nesting and broken code do not stop the rest", () => {
  const nested = `fn f() { let x = ${"(".repeat(2000)}1${")".repeat(2000)}; }`;
  const bad = "fn g() { let c = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); go(c); }";
  assert.deepEqual(seen(`${nested}\n${bad}`, ["server-verification"]), ["server-verification off «true»"]);
  assert.deepEqual(seen(`fn h( { let = ; \n}\n${bad}\nfn i() { match`, ["server-verification"]), ["server-verification off «true»"]);
});

test("the same input gives the same observations", () => {
  const source = `
fn a(v: bool) { let c = reqwest::Client::builder().danger_accept_invalid_certs(v).build(); go(c); }
fn b() { a(true); a(false); }`;
  const [one, two] = [read(source), read(source)];
  const flat = ({ observations }: typeof one): string =>
    JSON.stringify(observations.map((it) => [it.fact, it.place, it.guards, it.related]));
  assert.equal(flat(one), flat(two));
});

test("a file of many functions", () => {
  const filler = Array.from({ length: 20_000 }, (_, index) => `fn plain_${index}(x: u32) -> u32 { x + ${index} }`).join("\n");
  const source = `${filler}\nfn g() { let c = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); go(c); }`;
  assert.deepEqual(seen(source, ["server-verification"]), ["server-verification off «true»"]);
});

test("functions that call each other in every order are read in bounded time", () => {
  const functions = Array.from(
    { length: 10 },
    (_, index) => `fn f${index}(b: reqwest::ClientBuilder, n: u32, lax: bool) -> reqwest::ClientBuilder {
      if n == 0 { b.danger_accept_invalid_certs(lax) }
      else if n % 2 == 0 { f${(index * 7 + 1) % 10}(b, n - 1, lax) }
      else { f${(index * 3 + 5) % 10}(f${(index * 3 + 2) % 10}(b, n - 2, !lax), n - 1, lax) }
    }`,
  );
  const started = process.cpuUsage();
  const { observations } = read(`${functions.join("\n")}\nfn main() { let c = f0(reqwest::Client::builder(), 9, true).build(); go(c); }`);
  assert.ok(observations.some((it) => it.fact.kind === "server-verification"));
  assert.ok(process.cpuUsage(started).user < 15_000_000);
});

test("a match of thousands of arms is read", () => {
  const arms = Array.from({ length: 3000 }, (_, index) => `${index} => ${index % 3 === 0},`).join("\n");
  const source = `fn f(n: u32) { let c = reqwest::Client::builder().danger_accept_invalid_certs(match n { ${arms} _ => false }).build(); go(c); }`;
  const started = process.cpuUsage();
  assert.ok(seen(source, ["server-verification"]).some((it) => it.startsWith("server-verification off «true» […]")));
  assert.ok(process.cpuUsage(started).user < 15_000_000);
});

test("a callback that is put into itself comes to an end", () => {
  const source = `
struct Env { callback: Box<dyn FnMut()> }
fn run(env: &mut Env, again: bool) -> reqwest::Client {
    if again { env.callback = &mut env.callback; }
    (env.callback)();
    reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()
}`;
  assert.deepEqual(seen(source, ["server-verification"]), ["server-verification off «true»"]);
});

test("what has itself inside comes to an end", () => {
  const bad = "native_tls::TlsConnector::builder().danger_accept_invalid_certs(true).build().unwrap();";
  const sources = [
    // A list that takes back what it gave.
    `fn f() { let mut all = vec![native_tls::TlsConnector::builder()]; all.push(all); take(all); ${bad} }`,
    // Names of types that stand for one another.
    `type A = <B as Named>::Name; type B = <A as Named>::Name; fn f(a: A, b: B) { let c: A = g(); h(a, b, c); ${bad} }`,
    `type A = A; fn f(a: A) -> A { ${bad} a }`,
  ];
  for (const source of sources) {
    const { observations } = read(source);
    assert.ok(observations.some(({ fact }) => fact.kind === "server-verification" && !fact.enabled));
  }
});
