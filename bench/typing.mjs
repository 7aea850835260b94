/**
 * What typing costs in a real workspace: `node bench/typing.mjs FOLDER FILE LINE`, the line one in front of which a statement can stand. The
 * server's processor seconds for the first answer and for each key after it, its findings asked for each time: in a statement that does not
 * parse until it ends, in a comment, and in a new function, which changes what the file declares. Linux counts in hundredths of a second.
 */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildAll } from "../scripts/build.mjs";
import { startClient } from "./client.mjs";

const [folder, file, line] = process.argv.slice(2);
if (folder === undefined || file === undefined || !(Number(line) > 0)) {
  console.error("usage: node bench/typing.mjs FOLDER FILE LINE");
  process.exit(2);
}
await buildAll();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const uri = pathToFileURL(resolve(file)).href;
const client = startClient(process.execPath, [join(root, "server/out/server.js"), "--stdio"]);
const TICKS = 100;

/** Of the server, with all its threads. */
function cpu() {
  const fields = readFileSync(`/proc/${client.pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${client.pid}/status`, "utf8"))?.[1]) / 1024;

const original = readFileSync(file, "utf8");
const lines = original.split("\n");
const at = lines.slice(0, Number(line) - 1).join("\n").length + 1;
let version = 1;

/** `change`: as editors tell it. */
async function answered(change) {
  if (change !== undefined) {
    const textDocument = { uri, version: ++version };
    client.notify("textDocument/didChange", { textDocument, contentChanges: [change] });
  }
  const from = cpu();
  const { items } = await client.request("textDocument/diagnostic", { textDocument: { uri } });
  return { seconds: cpu() - from, findings: items?.length ?? 0 };
}

/** Typed at a place, unit by unit, and taken away again. */
async function typed(what, place, text) {
  const all = [];
  for (let end = 0; end < text.length; end++) {
    const before = (original.slice(0, place) + text.slice(0, end)).split("\n");
    const caret = { line: before.length - 1, character: before.at(-1).length };
    all.push(await answered({ range: { start: caret, end: caret }, text: text[end] }));
  }
  const seconds = all.map((it) => it.seconds).sort((a, b) => a - b);
  const sum = seconds.reduce((total, it) => total + it, 0);
  console.log(`${what}: ${all.length} keys, ${(sum / all.length).toFixed(3)} s each, ${seconds.at(-1).toFixed(2)} s at most`);
  await answered({ text: original });
}

await client.request("initialize", {
  processId: null,
  rootUri: pathToFileURL(resolve(folder)).href,
  workspaceFolders: [{ uri: pathToFileURL(resolve(folder)).href, name: "w" }],
  capabilities: {
    textDocument: { diagnostic: {}, hover: {} },
    workspace: { workspaceFolders: true, diagnostics: { refreshSupport: true } },
  },
});
client.notify("initialized", {});
client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "rust", version, text: original } });
const first = await answered();
console.log(`first answer: ${first.seconds.toFixed(1)} s, ${first.findings} findings, ${memory().toFixed(0)} MB`);
await typed("a statement", at, "let answer = compute(41, 1);");
await typed("a comment", at, "// What is the answer?\n");
const hover = cpu();
await client.request("textDocument/hover", { textDocument: { uri }, position: { line: Number(line) - 1, character: 8 } });
console.log(`a hover: ${(cpu() - hover).toFixed(2)} s`);
await typed("a function", original.length, "\nfn a() {}");
console.log(`at the end: ${memory().toFixed(0)} MB`);
await client.stop();
