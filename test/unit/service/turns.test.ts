/** Others have their turn while a workspace is analysed, and what was made of it once is there for all who ask. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointsAt } from "../../../server/src/service/code/endpoint-at.ts";
import { lintRust } from "../../../server/src/service/code/lint-rust.ts";
import { lintedUnit } from "../../../server/src/service/code/linted-unit.ts";
import { createLintService, type LintService } from "../../../server/src/service/index.ts";
import { Workspace } from "../../../server/src/service/workspace.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const FUNCTIONS = 400;
const FILE = "/w/src/main.rs";
const MANIFEST = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\nopenssl = "0.10"\n';

const name = (at: number): string => `client_${at}`;
const CODE = Array.from(
  { length: FUNCTIONS },
  (_, at) => `pub fn ${name(at)}(lenient: bool, more: &[u8]) -> reqwest::Client {
    let mut builder = reqwest::Client::builder();
    for it in more { if *it > ${at} { builder = builder.danger_accept_invalid_certs(lenient); } }
    ${at === 0 ? "builder.build().unwrap()" : `if lenient { ${name(at - 1)}(false, more) } else { builder.build().unwrap() }`}
}
`,
).join("");

const ONE = "fn main() { reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap(); }\n";

const serviceOf = (): Promise<LintService> =>
  createLintService(memoryHost({ "/w/Cargo.toml": MANIFEST, [FILE]: `${CODE}fn main() { ${name(FUNCTIONS - 1)}(true, &[]); }\n` }), {
    roots: ["/w"],
  });

/** How often others had their turn while something was worked on. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns++;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isDone = true;
  return turns;
}

test("an analysis of many functions is interrupted many times", async () => {
  const service = await serviceOf();
  const turns = await turnsDuring(() => service.lint(FILE));
  assert.ok(turns > 20, `${turns} turns`);
  service.dispose();
});

test("code is read once, however many ask what it sets up", async () => {
  const code = `use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
pub fn acceptor() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_ca_file("ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder.build())
}
fn main() { drop(acceptor()); }
`;
  const files = { "/w/Cargo.toml": MANIFEST, [FILE]: code };
  const workspace = new Workspace(memoryHost(files), { roots: ["/w"] });
  const [unit] = (await workspace.rust.holding(FILE, undefined)) ?? [];
  assert.ok(unit !== undefined);
  let readings = 0;
  const reading = unit.reading.bind(unit);
  const counted = (): ReturnType<typeof reading> => {
    readings++;
    return reading();
  };
  Object.defineProperty(unit, "reading", { value: counted });
  const at = code.indexOf("mozilla_modern_v5");
  for (let round = 0; round < 3; round++) assert.equal((await endpointsAt(workspace, FILE, at)).length, 1);
  assert.equal(readings, 1);
  workspace.dispose();
});

test("what is changed while code is read is read again, once", { timeout: 60_000 }, async () => {
  const other = "/w/src/other.rs";
  const main = `mod other;\n${ONE}`;
  const workspace = new Workspace(memoryHost({ "/w/Cargo.toml": MANIFEST, [FILE]: main, [other]: "pub fn sum() {}\n" }), { roots: ["/w"] });
  const [unit] = (await workspace.rust.holding(FILE, undefined)) ?? [];
  assert.ok(unit !== undefined);
  let readings = 0;
  const reading = unit.reading.bind(unit);
  function* interrupted(): ReturnType<typeof reading> {
    if (++readings > 1) return yield* reading();
    const work = reading();
    work.next();
    workspace.files.setOpen(other, "pub fn sum() {}\n// A note.\n");
    workspace.rust.forget([other]);
    let isOver = false;
    void workspace.rust.holding(FILE, undefined).then(() => (isOver = true));
    while (!isOver) yield;
    return yield* work;
  }
  Object.defineProperty(unit, "reading", { value: interrupted });
  const { findings } = await lintRust(workspace, FILE, main);
  assert.deepEqual(
    findings.map((it) => it.rule),
    ["disabled-verification"],
  );
  assert.equal(readings, 2);
  workspace.dispose();
});

test("whoever gives up leaves what was read to the next one", async () => {
  const workspace = new Workspace(memoryHost({ "/w/Cargo.toml": MANIFEST, [FILE]: ONE }), { roots: ["/w"] });
  const [unit] = (await workspace.rust.holding(FILE, undefined)) ?? [];
  assert.ok(unit !== undefined);
  const first = lintedUnit(workspace, unit, AbortSignal.abort(new Error("given up")));
  const second = lintedUnit(workspace, unit);
  await assert.rejects(first, /given up/);
  assert.equal(await lintedUnit(workspace, unit), await second);
  workspace.dispose();
});
