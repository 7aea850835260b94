/** Whatever the input, reading ends, and says where it stopped. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_DEPTH, MAX_STEPS_PER_ENTRY } from "../../../server/src/reading/budgets.ts";
import { line, read, seen } from "./stage.ts";

test("recursion, cyclic constants and verifiers that ask themselves end", async () => {
  const source = `
const A: bool = B; const B: bool = A;
fn f(n: u32) -> reqwest::ClientBuilder { if n == 0 { reqwest::Client::builder() } else { g(n) } }
fn g(n: u32) -> reqwest::ClientBuilder { f(n - 1).danger_accept_invalid_certs(A) }
fn main() { let c = f(3).build(); go(c); }`;
  const { observations } = await read(source);
  assert.ok(observations.some((it) => it.fact.kind === "server-verification"));
});

test("calls are followed to a depth, and the trace says so", async () => {
  const chain = (length: number): string =>
    `${Array.from({ length }, (_, index) => `fn f${index}(x: bool) { f${index + 1}(x); }`).join("\n")}
fn f${length}(skip: bool) { let c = reqwest::Client::builder().danger_accept_invalid_certs(skip).build(); go(c); }
fn main() { f0(true); }`;
  const shallow = await read(chain(MAX_DEPTH - 3));
  assert.deepEqual(shallow.trace, []);
  assert.deepEqual(
    shallow.observations.filter((it) => !it.byDefault && it.fact.kind === "server-verification").map((it) => it.guards.length),
    [0],
  );
  const deep = await read(chain(MAX_DEPTH + 5));
  assert.ok(deep.trace.some((it) => it.reason.includes("deep")));
});

test("of a text longer than anybody's path or address only the beginning is known", async () => {
  const loading = (length: number): string => `
fn main() {
    let mut builder = openssl::ssl::SslConnector::builder(openssl::ssl::SslMethod::tls()).unwrap();
    builder.set_ca_file(concat!("${"a".repeat(length)}", "${"b".repeat(length)}.pem")).unwrap();
    go(builder.build());
}`;
  assert.equal((await seen(loading(10), ["file"])).length, 1);
  assert.deepEqual(await seen(loading(5_000), ["file"]), []);
});

test("a body that multiplies ends within its steps", async () => {
  const doubling = Array.from({ length: 24 }, (_, index) => `fn f${index}(x: bool) { f${index + 1}(x); f${index + 1}(!x); }`).join("\n");
  const { trace } = await read(
    `${doubling}\nfn f24(x: bool) { reqwest::Client::builder().danger_accept_invalid_certs(x).build(); }\nfn main() { f0(true); }`,
  );
  assert.ok(trace.length > 0);
});

test("what a function keeps is known where the steps of its caller end in it", async () => {
  const work = (steps: number): string => "work(1); ".repeat(steps / 2);
  const beside = `
    pub struct ByHost { strict: reqwest::Client, insecure: reqwest::Client }
    impl ByHost {
      pub fn new() -> Self {
        let strict = reqwest::Client::builder().build().unwrap();
        let insecure = reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap();
        ${work(MAX_STEPS_PER_ENTRY * 0.6)}
        Self { strict, insecure }
      }
      pub fn get(&self, host: &str) -> &reqwest::Client { if is_listed(host) { &self.insecure } else { &self.strict } }
    }`;
  const lines = async (steps: number): Promise<readonly string[]> => {
    const begun = `use crate::beside::ByHost; pub fn main() { ${work(steps)} serve(ByHost::new()); }`;
    const { observations, trace } = await read({ crate: begun, beside }, { used: ["beside"] });
    assert.equal(trace.length > 0, steps > 0);
    return observations.filter((it) => it.fact.kind === "server-verification" && !it.byDefault).map((it) => line(it, beside));
  };
  assert.deepEqual(await lines(0), ["server-verification off «true» [is_listed(host)]"]);
  assert.deepEqual(await lines(MAX_STEPS_PER_ENTRY * 0.6), ["server-verification off «true» [is_listed(host)]"]);
});

test("deep nesting and broken code do not stop the rest", async () => {
  const nested = `fn f() { let x = ${"(".repeat(2000)}1${")".repeat(2000)}; }`;
  const bad = "fn g() { let c = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); go(c); }";
  assert.deepEqual(await seen(`${nested}\n${bad}`, ["server-verification"]), ["server-verification off «true»"]);
  assert.deepEqual(await seen(`fn h( { let = ; \n}\n${bad}\nfn i() { match`, ["server-verification"]), ["server-verification off «true»"]);
});

test("the same input gives the same reading", async () => {
  const source = `
fn a(v: bool) { let c = reqwest::Client::builder().danger_accept_invalid_certs(v).build(); go(c); }
fn b() { a(true); a(false); }`;
  const [one, two] = [await read(source), await read(source)];
  const flat = (reading: typeof one): string =>
    JSON.stringify(reading.observations.map((it) => [it.fact, it.place, it.guards, it.related]));
  assert.equal(flat(one), flat(two));
});

test("a file of many lines is read in a breath", async () => {
  const filler = Array.from({ length: 20_000 }, (_, index) => `fn plain_${index}(x: u32) -> u32 { x + ${index} }`).join("\n");
  const source = `${filler}\nfn g() { let c = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); go(c); }`;
  assert.deepEqual(await seen(source, ["server-verification"]), ["server-verification off «true»"]);
});

test("functions that call each other in every order are read in bounded time", async () => {
  const functions = Array.from(
    { length: 10 },
    (_, index) => `fn f${index}(b: reqwest::ClientBuilder, n: u32, lax: bool) -> reqwest::ClientBuilder {
      if n == 0 { b.danger_accept_invalid_certs(lax) }
      else if n % 2 == 0 { f${(index * 7 + 1) % 10}(b, n - 1, lax) }
      else { f${(index * 3 + 5) % 10}(f${(index * 3 + 2) % 10}(b, n - 2, !lax), n - 1, lax) }
    }`,
  );
  const started = process.cpuUsage();
  const { observations } = await read(
    `${functions.join("\n")}\nfn main() { let c = f0(reqwest::Client::builder(), 9, true).build(); go(c); }`,
  );
  assert.ok(observations.some((it) => it.fact.kind === "server-verification"));
  assert.ok(process.cpuUsage(started).user < 15_000_000);
});

test("a match of thousands of arms is read", async () => {
  const arms = Array.from({ length: 3000 }, (_, index) => `${index} => ${index % 3 === 0},`).join("\n");
  const source = `fn f(n: u32) { let c = reqwest::Client::builder().danger_accept_invalid_certs(match n { ${arms} _ => false }).build(); go(c); }`;
  const started = process.cpuUsage();
  const { observations } = await read(source);
  assert.ok(observations.some((it) => it.fact.kind === "server-verification"));
  assert.ok(process.cpuUsage(started).user < 15_000_000);
});

test("what has itself inside comes to an end", async () => {
  const bad = "native_tls::TlsConnector::builder().danger_accept_invalid_certs(true).build().unwrap();";
  const sources = [
    // A list that takes back what it gave.
    `fn f() { let mut all = vec![native_tls::TlsConnector::builder()]; all.push(all); take(all); ${bad} }`,
    // Names of types that stand for one another.
    `type A = <B as Named>::Name; type B = <A as Named>::Name; fn f(a: A, b: B) { let c: A = g(); h(a, b, c); ${bad} }`,
    `type A = A; fn f(a: A) -> A { ${bad} a }`,
  ];
  for (const source of sources) {
    const { observations } = await read(source);
    assert.ok(observations.some(({ fact }) => fact.kind === "server-verification" && !fact.enabled));
  }
});
