/**
 * What people wait for in an editor, and what they pay: `node bench/editor.mjs` makes a workspace of 3,000 Rust files in thirty packages and
 * 1,000 certificates, opens a file of it, and prints the server's processor seconds up to the first diagnostic, of a hover, a light bulb and
 * a fix, of the whole workspace and its lists, and its memory then. Seconds stand beside those of node's own start; Linux counts in
 * hundredths. Nothing here passes or fails.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildAll, common } from "../scripts/build.mjs";
import { startClient } from "./client.mjs";
import { cpuOf } from "./cpu.mjs";

const [PACKAGES, FILES, CERTIFICATES] = [30, 100, 980];
const TICKS = 100;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

const MANIFEST = (name) =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nopenssl = "0.10.72"\nreqwest = "0.12.12"\n`;
const PLAIN = Array.from(
  { length: 20 },
  (_, at) => `pub fn f${at}(values: &[u32]) -> u32 {\n    values.iter().map(|it| it + ${at}).sum()\n}\n`,
);
const CLIENT = (at) =>
  `pub fn client${at}() -> reqwest::Result<reqwest::Client> {\n    reqwest::Client::builder().danger_accept_invalid_certs(true).build()\n}\n`;
const SERVER = `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("../certs/ca-0.pem")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder)
}
`;

/** As dense as the worst files in use: forty mistakes. */
const DENSE = SERVER + Array.from({ length: 40 }, (_, at) => CLIENT(at)).join("\n");

function makeWorkspace(folder) {
  for (let number = 0; number < PACKAGES; number++) {
    const source = join(folder, `p${number}/src`);
    mkdirSync(source, { recursive: true });
    writeFileSync(join(folder, `p${number}/Cargo.toml`), MANIFEST(`p${number}`));
    const modules = Array.from({ length: FILES - 1 }, (_, at) => `m${at}`);
    writeFileSync(join(source, "lib.rs"), modules.map((it) => `pub mod ${it};\n`).join(""));
    for (const [at, name] of modules.entries())
      writeFileSync(join(source, `${name}.rs`), at === 0 ? (number === 0 ? DENSE : SERVER) : at === 1 ? CLIENT(at) : PLAIN.join("\n"));
  }
}

await buildAll();
const entry = join(root, "test/out/bench-folder.cjs");
await build({ ...common, entryPoints: [join(root, "bench/folder-entry.ts")], outfile: entry });
const { makeFolder } = (await import(pathToFileURL(entry).href)).default;
const folder = mkdtempSync(join(tmpdir(), "tlslint-editor-bench-"));
const aside = mkdtempSync(join(tmpdir(), "tlslint-editor-aside-"));
makeWorkspace(folder);
makeFolder(join(folder, "certs"), join(aside, "bundle.pem"), CERTIFICATES);

const bare = cpuOf(process.execPath, ["-e", "0"], { rounds: 5 });
const client = startClient(process.execPath, [join(root, "server/out/server.js"), "--stdio"]);
let last = 0;
const shown = (seconds) => `${seconds.toFixed(2)} s of CPU, ${(seconds / bare).toFixed(1)} times node's start`;

function cpu() {
  const fields = readFileSync(`/proc/${client.pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
const memory = (row) => Number(new RegExp(`${row}:\\s+(\\d+)`).exec(readFileSync(`/proc/${client.pid}/status`, "utf8"))?.[1]) / 1024;

async function step(what, work) {
  const answer = await work();
  const now = cpu();
  console.log(`${what}: ${shown(now - last)}, ${memory("VmRSS").toFixed(0)} MB`);
  last = now;
  return answer;
}

function diagnosed(name, text) {
  const opened = { uri: pathToFileURL(join(folder, name)).href };
  client.notify("textDocument/didOpen", { textDocument: { ...opened, languageId: "rust", version: 1, text } });
  return client.request("textDocument/diagnostic", { textDocument: opened });
}

const uri = pathToFileURL(join(folder, "p0/src/m0.rs")).href;
const textDocument = { uri };
const line = DENSE.slice(0, DENSE.indexOf("danger_accept")).split("\n").length - 1;
const character = DENSE.split("\n")[line].indexOf("(true)") + 2;
const range = { start: { line, character }, end: { line, character } };
try {
  await step("start", async () => {
    const capabilities = {
      textDocument: {
        diagnostic: {},
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
          dataSupport: true,
          resolveSupport: { properties: ["edit"] },
        },
      },
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
    };
    await client.request("initialize", { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities });
    client.notify("initialized", {});
  });
  await step("the first diagnostics, of a file with one mistake", () => diagnosed("p1/src/m1.rs", CLIENT(1)));
  await step("a file with forty, which names a CA among the certificates", () => diagnosed("p0/src/m0.rs", DENSE));
  await step("a hover", () => client.request("textDocument/hover", { textDocument, position: range.start }));
  const actions = await step("the bulb", () =>
    client.request("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } }),
  );
  const { edit } = await step("its first edit", () => client.request("codeAction/resolve", actions[0]));
  if (edit === undefined) throw new Error(`no edit of ${JSON.stringify(actions[0])}`);
  await step("inlay hints", () =>
    client.request("textDocument/inlayHint", { textDocument, range: { start: { line: 0, character: 0 }, end: range.end } }),
  );
  await step("all files", () => client.request("workspace/diagnostic", { previousResultIds: [] }));
  const { total } = await step("the list of certificates", () => client.request("tlslint/certificates", { from: 0, count: 100 }));
  await step("the list of endpoints", () => client.request("tlslint/endpoints", { from: 0, count: 100 }));
  await step("the list of certificates again", () => client.request("tlslint/certificates", { from: 0, count: 100 }));
  console.log(
    `${PACKAGES * FILES} Rust files, ${total} certificates: ${memory("VmHWM").toFixed(0)} MB at most; node's start took ${bare.toFixed(3)} s`,
  );
} finally {
  await client.stop();
  for (const it of [folder, aside]) rmSync(it, { recursive: true, force: true });
}
