/** What is evaluated: bodies that a model is told something in, and who calls them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Acting } from "../../../server/src/analysis/acting.ts";
import { ModelIndex } from "../../../server/src/analysis/model-index.ts";
import { ModelRows } from "../../../server/src/analysis/model-rows.ts";
import { Nomination } from "../../../server/src/analysis/nomination.ts";
import { isOpenFor } from "../../../server/src/analysis/roots.ts";
import { seedsOf, sliceOf } from "../../../server/src/analysis/slice.ts";
import { atOnce, type Steps } from "../../../server/src/base/steps.ts";
import { Flow } from "../../../server/src/flow/index.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { createRustParser, isTestCode } from "../../../server/src/rust/index.ts";
import { programOf } from "../../harness/flow.ts";

/** Names of its functions, without the crate's. `isAsked`: whether callers may add something is asked of flow, and not taken for granted. */
function sliced(text: string, isAsked = false): readonly string[] {
  const program = programOf(text);
  const parsed = createRustParser().parse(text);
  assert.ok(parsed.ok);
  const index = new ModelIndex({ files: [{ name: "/f.rs", file: parsed.value, modulePath: [], testCode: false }], models });
  const nomination = new Nomination(index);
  const rows = new ModelRows(
    index,
    () => "/f.rs",
    () => false,
  );
  const acting = new Acting(program, rows, index);
  const flow = new Flow(program, STD, undefined, rows);
  const seeds = [...atOnce(seedsOf(program, (it) => nomination.nominates(it)))].filter((it) => acting.acts(it));
  const isOpen = isAsked ? (it: (typeof seeds)[number]): Steps<boolean> => isOpenFor(flow, program.ids.id(it)) : undefined;
  return [...atOnce(sliceOf(program, seeds, isTestCode, isOpen))].map((it) => it.slice("f::".length));
}

const CLIENT = "pub fn client(b: bool) -> reqwest::Client { reqwest::Client::builder().danger_accept_invalid_certs(b).build().unwrap() }";

test("callers join over calls, and methods over a dot or the type's name, its aliases among them", () => {
  const text = `use reqwest as http; ${CLIENT}
struct Api { client: http::Client }
type Alias = Api;
impl Api { fn new() -> Self { Api { client: client(true) } } fn open(&self) { client(false); } fn own() { Self::new(); } }
fn by_alias() { Alias::new(); }
fn by_dot(api: Api) { api.open(); }
struct Other; impl Other { fn new() -> Self { Other } }
fn other() { Other::new(); }`;
  assert.deepEqual(sliced(text), ["client", "Api::new", "Api::open", "Api::own", "by_alias", "by_dot"]);
});

test("a trait's method is called where the trait's is", () => {
  const text = `${CLIENT}
trait Open { fn open(&self); }
struct A; impl Open for A { fn open(&self) { client(true); } }
fn any(it: &dyn Open) { it.open(); }`;
  assert.deepEqual(sliced(text), ["client", "A::open", "any"]);
});

test("tests that call it do not join, nor do bodies that only name a type", () => {
  const text = `${CLIENT}
fn keeps(client: reqwest::Client) -> reqwest::Client { other(); client }
fn other() {}
#[test] fn tested() { client(true); }`;
  assert.deepEqual(sliced(text), ["client"]);
});

test("functions inside of a function join, and what they stand in", () => {
  const text = `${CLIENT}\nfn outer() { fn inner() { client(true); } inner(); }`;
  assert.deepEqual(sliced(text).length, 3);
});

test("callers join as long as they may add something", () => {
  const text = `${CLIENT}
fn strict() { let own = client(false); }
fn calls_strict() { strict(); }
fn passes(b: bool) { let own = client(b); }
fn decides() { passes(true); }
fn calls_decides() { decides(); }
fn gives() -> reqwest::Client { client(true) }
fn takes() { let given = gives(); }
fn calls_takes() { takes(); }
fn with(done: impl Fn(reqwest::Client)) { done(client(true)); }
fn tells() { with(|it| drop(it)); }`;
  assert.deepEqual(sliced(text, true), ["client", "strict", "passes", "decides", "gives", "takes", "with", "tells"]);
});
