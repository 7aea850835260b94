/**
 * Speed, as ratios within one run: spawn to first diagnostic against a bare `node -e 0`, keystroke to diagnostics on a file of
 * 2,000 lines against a bare request, a code action, fix-all against diagnostics, and a folder against reading its files. Nothing here passes or
 * fails.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { buildAll } from "../scripts/build.mjs";
import { startClient } from "./client.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const server = join(root, "server/out/server.js");
const ROUNDS = 9;
const KEYSTROKES = 300;

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const quantile = (numbers, q) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * q))];
const ms = (number) => `${number.toFixed(1)} ms`;

/** A long Rust file from the examples: their functions over and over under other names, as a big `main.rs` would look. */
function longFile(lines) {
  const text = readFileSync(join(root, "examples/actix-openssl/src/bin/mistaken.rs"), "utf8");
  const head = text.slice(0, text.indexOf("/// PEER alone"));
  const functions = text.slice(text.indexOf("/// PEER alone"), text.indexOf("#[actix_web::main]"));
  const filler = Array.from(
    { length: 40 },
    (_, n) => `fn filler_NUMBER_${n}(value: u32) -> u32 {\n    let sum = value + ${n};\n    sum * 2\n}\n`,
  ).join("\n");
  let result = head;
  for (let number = 0; result.split("\n").length < lines; number++)
    result += `${functions.replaceAll(/fn (\w+)/g, `fn $1_${number}`)}\n${filler.replaceAll("NUMBER", String(number))}\n`;
  return result;
}

function initialize(client, folder) {
  return client.request("initialize", {
    processId: process.pid,
    rootUri: `file://${folder}`,
    workspaceFolders: [{ uri: `file://${folder}`, name: "bench" }],
    capabilities: {
      textDocument: {
        diagnostic: {},
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source"] } },
          dataSupport: true,
          resolveSupport: { properties: ["edit"] },
        },
      },
      workspace: { workspaceEdit: { documentChanges: true } },
      general: { positionEncodings: ["utf-16"] },
    },
  });
}
const pull = (client, uri) => client.request("textDocument/diagnostic", { textDocument: { uri } });

/** The command line, cold and with the code that V8 made of it before, against a bare node; the least of all rounds, for a machine has other work. */
function starts() {
  const cache = mkdtempSync(join(tmpdir(), "tlslint-bench-"));
  const crate = join(cache, "crate");
  mkdirSync(join(crate, "src"), { recursive: true });
  writeFileSync(
    join(crate, "Cargo.toml"),
    '[package]\nname = "one"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nreqwest = "0.12"\n',
  );
  writeFileSync(join(crate, "src/main.rs"), mistakenFile(1));
  const cli = join(root, "server/out/cli.js");
  const calls = {
    node: ["-e", "0"],
    "--version": [cli, "--version"],
    "check of one crate": [cli, "check", "--no-cache", crate],
    "check of it again": [cli, "check", crate],
  };
  for (const [how, env] of [
    ["without kept code", { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1", XDG_CACHE_HOME: cache }],
    ["with it", { ...process.env, XDG_CACHE_HOME: cache }],
  ]) {
    const least = new Map();
    for (let round = 0; round < 2 * ROUNDS; round++)
      for (const [name, args] of Object.entries(calls)) {
        const from = performance.now();
        spawnSync(process.execPath, args, { env });
        least.set(name, Math.min(least.get(name) ?? Infinity, performance.now() - from));
      }
    for (const name of ["--version", "check of one crate", "check of it again"])
      console.log(`${name}, ${how}: ${ms(least.get(name))}, ${(least.get(name) / least.get("node")).toFixed(2)} times a bare node`);
  }
  rmSync(cache, { recursive: true, force: true });
}

async function startup(text) {
  const bare = [];
  const first = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    bare.push(performance.now() - from);
    const client = startClient(process.execPath, [server, "--stdio"]);
    await initialize(client, join(root, "examples"));
    client.notify("initialized", {});
    const uri = `file://${root}/examples/actix-openssl/src/bin/long.rs`;
    client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "rust", version: 1, text } });
    await pull(client, uri);
    first.push(performance.now() - client.started);
    await client.stop();
  }
  const ratio = quantile(first, 0.5) / quantile(bare, 0.5);
  console.log(
    `spawn to first diagnostics: ${ms(quantile(first, 0.5))}, ${ratio.toFixed(1)} times a bare node (${ms(quantile(bare, 0.5))})`,
  );
}

async function keystrokes(text) {
  const client = startClient(process.execPath, [server, "--stdio"]);
  await initialize(client, join(root, "examples"));
  client.notify("initialized", {});
  const uri = `file://${root}/examples/actix-openssl/src/bin/long.rs`;
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "rust", version: 1, text } });
  const { items } = await pull(client, uri);
  const line = text.split("\n").findIndex((it, at) => at > 900 && it.includes("let sum = value"));
  const times = [];
  const echoes = [];
  for (let version = 2; version < KEYSTROKES + 2; version++) {
    const at = { line, character: 8 + (version % 3) };
    const change = { range: { start: at, end: at }, text: "x" };
    const from = performance.now();
    client.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [change] });
    await pull(client, uri);
    times.push(performance.now() - from);
    const echo = performance.now();
    await client.request("tlslint/none", {});
    echoes.push(performance.now() - echo);
  }
  await client.stop();
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  console.log(
    `keystroke to diagnostics, ${text.split("\n").length} lines, ${items.length} findings: p50 ${ms(p50)}, p95 ${ms(p95)}; ${(p50 / quantile(echoes, 0.5)).toFixed(0)} times an empty request (${ms(quantile(echoes, 0.5))})`,
  );
}

/** A client with two mistakes in one chain, over and over. */
function mistakenFile(findings) {
  const one = (number) => `pub fn client_${number}() -> reqwest::Result<Client> {
    Client::builder()
        .danger_accept_invalid_certs(true)
        .danger_accept_invalid_hostnames(true)
        .build()
}
`;
  return `use reqwest::Client;\n\n${Array.from({ length: Math.ceil(findings / 2) }, (_, number) => one(number)).join("\n")}`;
}

/** Session keys are logged, over and over: what is fixed unseen, for nobody is locked out. */
function observedFile(findings) {
  const one = (number) => `pub fn observed_${number}(builder: &mut SslContextBuilder) {
    builder.set_keylog_callback(|_, line| println!("{line}"));
}
`;
  return `use openssl::ssl::SslContextBuilder;\n\n${Array.from({ length: findings }, (_, number) => one(number)).join("\n")}`;
}

/** The cursor on a finding right after an edit: what an editor asks for with every move, then the edit of the action that is chosen. */
async function codeAction(findings, lines) {
  const client = startClient(process.execPath, [server, "--stdio"]);
  await initialize(client, join(root, "examples"));
  client.notify("initialized", {});
  const uri = `file://${root}/examples/actix-openssl/src/bin/many.rs`;
  const mistaken = mistakenFile(findings);
  const text = mistaken + "// more\n".repeat(Math.max(0, lines - mistaken.split("\n").length));
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "rust", version: 1, text } });
  await pull(client, uri);
  const [actions, edits] = [[], []];
  for (let version = 2; version < 2 + 2 * ROUNDS; version++) {
    const at = { line: 1, character: 0 };
    const change = { range: { start: at, end: at }, text: " " };
    client.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [change] });
    const { items } = await pull(client, uri);
    const finding = items[items.length >> 1];
    const from = performance.now();
    const context = { diagnostics: [finding], only: ["quickfix"] };
    const [action] = await client.request("textDocument/codeAction", { textDocument: { uri }, range: finding.range, context });
    actions.push(performance.now() - from);
    const start = performance.now();
    await client.request("codeAction/resolve", action);
    edits.push(performance.now() - start);
  }
  await client.stop();
  console.log(
    `code action after an edit, ${findings} findings in ${text.split("\n").length} lines: p50 ${ms(quantile(actions, 0.5))}, p95 ${ms(quantile(actions, 0.95))}; its edit p50 ${ms(quantile(edits, 0.5))}`,
  );
}

/** As an editor asks for it on saving: the action, then its edit. The text changes before, so that nothing is known of it. */
async function fixAll(findings) {
  const client = startClient(process.execPath, [server, "--stdio"]);
  await initialize(client, join(root, "examples"));
  client.notify("initialized", {});
  const uri = `file://${root}/examples/actix-openssl/src/bin/many.rs`;
  const text = observedFile(findings);
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "rust", version: 1, text } });
  const { items } = await pull(client, uri);
  const range = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };
  const [times, before] = [[], []];
  for (let version = 2; version < 2 + 2 * ROUNDS; version++) {
    const at = { line: 1, character: 0 };
    client.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end: at }, text: " " }],
    });
    const start = performance.now();
    await pull(client, uri);
    const from = performance.now();
    const [action] = await client.request("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context: { diagnostics: [], only: ["source.fixAll.tlslint"] },
    });
    await client.request("codeAction/resolve", action);
    times.push(performance.now() - from);
    before.push(from - start);
  }
  await client.stop();
  const p50 = quantile(times, 0.5);
  console.log(
    `fix-all of ${items.length} findings: p50 ${ms(p50)}, p95 ${ms(quantile(times, 0.95))}; ${(p50 / quantile(before, 0.5)).toFixed(1)} times their diagnostics (${ms(quantile(before, 0.5))})`,
  );
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory()
      ? /^(target|node_modules|\..*)$/.test(entry.name)
        ? []
        : files(path)
      : entry.name.endsWith(".rs")
        ? [path]
        : [];
  });
}

function folder(path) {
  const from = performance.now();
  let bytes = 0;
  const found = files(path);
  for (const file of found) bytes += readFileSync(file, "latin1").length;
  const reading = performance.now() - from;
  const start = performance.now();
  spawnSync(process.execPath, [join(root, "server/out/cli.js"), "check", "--no-cache", "--format", "json", path], { maxBuffer: 1 << 30 });
  const checking = performance.now() - start;
  console.log(
    `check of ${found.length} Rust files, ${(bytes / 1e6).toFixed(1)} MB: ${ms(checking)}, ${(checking / reading).toFixed(1)} times reading them (${ms(reading)})`,
  );
}

await buildAll();
starts();
const text = longFile(2000);
await startup(text);
await keystrokes(text);
await codeAction(216, 2000);
for (const findings of [2, 10, 100]) await fixAll(findings);
for (const path of process.argv.slice(2)) folder(path);
