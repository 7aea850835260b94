/**
 * What size costs: a workspace of 10,000 files, and one file of 50,000 lines, made here and checked by the command line. Says how many
 * seconds and how much memory it took, and whether the fault at the end was found.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const FAULT =
  "pub fn client() -> reqwest::Result<reqwest::Client> {\n    reqwest::Client::builder().danger_accept_invalid_certs(true).build()\n}\n";

function write(folder, path, text) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A hundred packages, each depending on the one before; modules use one another, and the 50th of each has the fault. */
function workspace(folder) {
  write(folder, "Cargo.toml", '[workspace]\nmembers = ["crates/*"]\n');
  for (let at = 0; at < 100; at++) {
    const above = at === 0 ? "" : `p${at - 1} = { path = "../p${at - 1}" }\n`;
    write(folder, `crates/p${at}/Cargo.toml`, `[package]\nname = "p${at}"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n${above}`);
    write(folder, `crates/p${at}/src/lib.rs`, Array.from({ length: 99 }, (_, it) => `pub mod m${it};\n`).join(""));
    for (let module = 0; module < 99; module++) {
      const uses = `use crate::m${(module + 1) % 99}::{Counter as Next, step as next};\n${at === 0 ? "" : `use p${at - 1}::m${module}::step as below;\n`}`;
      const own = `pub struct Counter(pub u32);\nimpl Counter {\n    pub fn next(&self) -> Next {\n        Next(next(self.0))\n    }\n}\npub fn step(by: u32) -> u32 {\n    ${at === 0 ? "by" : "below(by)"} + 1\n}\n`;
      write(folder, `crates/p${at}/src/m${module}.rs`, uses + own + (module === 50 ? FAULT : ""));
    }
  }
}

/** The code of tlslint's own example, over and over under other names. */
function longFile(folder, lines) {
  const text = readFileSync(join(root, "examples/actix-openssl/src/bin/mistaken.rs"), "utf8");
  const head = text.slice(0, text.indexOf("/// PEER alone"));
  const functions = text.slice(text.indexOf("/// PEER alone"), text.indexOf("#[actix_web::main]"));
  const filler = Array.from(
    { length: 40 },
    (_, n) =>
      `fn filler_NUMBER_${n}(values: &[u32]) -> Result<u32, String> {\n    let sum: u32 = values.iter().map(|it| it + ${n}).sum();\n    if sum > ${n} {\n        return Err(format!("{sum} is too much"));\n    }\n    Ok(sum * 2)\n}\n`,
  ).join("\n");
  let result = head;
  for (let number = 0; result.split("\n").length < lines; number++)
    result += `${number % 20 === 0 ? functions.replaceAll(/fn (\w+)/g, `fn $1_${number}`) : ""}\n${filler.replaceAll("NUMBER", String(number))}\n`;
  write(folder, "Cargo.toml", '[package]\nname = "long"\nversion = "0.1.0"\n[dependencies]\nopenssl = "0.10"\nreqwest = "0.12"\n');
  write(folder, "src/main.rs", result + FAULT);
}

function check(name, make) {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-large-"));
  try {
    make(folder);
    const from = performance.now();
    const run = spawnSync(process.execPath, [join(root, "server/out/cli.js"), "check", "--no-cache", "--format", "json", folder], {
      maxBuffer: 1 << 30,
      env: { ...process.env, NODE_OPTIONS: `--require ${join(root, "bench/peak-memory.cjs")}` },
      encoding: "utf8",
    });
    const seconds = (performance.now() - from) / 1000;
    const { files, notAnalysed } = JSON.parse(run.stdout);
    const found = files.flatMap((it) => it.findings).filter((it) => it.rule === "disabled-verification").length;
    const unread = notAnalysed.filter((it) => it.kind === "failed" && it.path.endsWith(".rs")).length;
    console.log(
      `${name}: ${seconds.toFixed(1)} s, ${run.stderr.match(/peak \d+ MB/)?.[0] ?? ""}, ${found} faults found, ${unread} files not read`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

check("10,000 files", workspace);
for (const lines of [10_000, 50_000, 100_000]) check(`${lines} lines in one file`, (folder) => longFile(folder, lines));
