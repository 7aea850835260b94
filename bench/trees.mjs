/**
 * Whole trees: the CPU of `check`, and of another one of the same tree, beside `rg` with as many names, beside an earlier build, and, for a
 * crate of 700 files without TLS, beside node's own start. Then how fast Rust is lexed, scanned for items and parsed. All ratios are of one
 * run; nothing here passes or fails.
 *
 *   node bench/trees.mjs [--before COMMIT] [TREE…]
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { buildAll, common } from "../scripts/build.mjs";
import { builtOf, commitOf } from "../scripts/oracle/build.mjs";
import { cpuOf } from "./cpu.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values, positionals: trees } = parseArgs({ allowPositionals: true, options: { before: { type: "string" } } });

/** What somebody would search for who looks for TLS by hand. */
const NAMES =
  "rustls openssl native_tls boring tokio_rustls tokio_openssl reqwest hyper_rustls hyper_tls actix_web axum_server tonic quinn ldap3 lettre sqlx tokio_postgres mysql_async redis mongodb lapin rumqttc danger_accept_invalid_certs set_verify ServerCertVerifier ClientConfig".split(
    " ",
  );

const ratio = (a, b) => `${(a / b).toFixed(1)} times`;
const checkOf = (cli, cwd, rounds, ...more) => cpuOf(process.execPath, [cli, "check", "--format", "json", ...more, "."], { cwd, rounds });
const coldOf = (cwd, rounds) => checkOf(cli, cwd, rounds, "--no-cache");

await buildAll();
const cli = join(root, "server/out/cli.js");
const before = values.before === undefined ? undefined : join(builtOf(commitOf(values.before)), "server/cli.js");
const work = mkdtempSync(join(tmpdir(), "tlslint-trees-"));
try {
  const names = join(work, "names");
  writeFileSync(names, NAMES.join("\n"));
  plainCrate(join(work, "plain"));
  const start = cpuOf(process.execPath, ["-e", "0"], { rounds: 5 });
  const empty = cpuOf(process.execPath, [cli, "--version"], { rounds: 5 });
  const plain = coldOf(join(work, "plain"), 5);
  console.log(`700 files without TLS: ${plain.toFixed(2)} s of CPU, ${ratio(plain, start)} node's start (${start.toFixed(3)} s)`);
  console.log(
    `of that, tlslint's own start: ${ratio(empty, start)}${before ? `; the build before took ${ratio(checkOf(before, join(work, "plain"), 2), plain)} as much` : ""}`,
  );
  for (const tree of trees) {
    const search =
      spawnSync("rg", ["--version"]).status === 0 ? cpuOf("rg", ["-l", "-F", "-f", names, "-g", "*.rs", "."], { cwd: tree }) : undefined;
    const now = coldOf(tree, 1);
    // The first of them keeps what the others tell again.
    const again = checkOf(cli, tree, 4, "--cache-dir", join(work, "kept"));
    const parts = [`${now.toFixed(2)} s of CPU`];
    if (search !== undefined) parts.push(`${ratio(now, search)} rg (${search.toFixed(2)} s)`);
    parts.push(`${again.toFixed(2)} s when nothing has changed${search === undefined ? "" : `, ${ratio(again, search)} rg`}`);
    if (before !== undefined) parts.push(`the build before took ${ratio(checkOf(before, tree, 1), now)} as much`);
    console.log(`check of ${tree}: ${parts.join(", ")}`);
  }
  await parsing(trees.length > 0 ? trees : [join(work, "plain")]);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Ordinary code in 700 modules of 60 lines, beside a manifest and a lock file without anything that does TLS. */
function plainCrate(folder) {
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "Cargo.toml"), '[package]\nname = "plain"\nversion = "0.1.0"\n[dependencies]\nserde = "1"\n');
  writeFileSync(
    join(folder, "Cargo.lock"),
    'version = 3\n[[package]]\nname = "plain"\nversion = "0.1.0"\ndependencies = ["serde"]\n[[package]]\nname = "serde"\nversion = "1.0.200"\nsource = "registry"\n',
  );
  writeFileSync(join(folder, "src/lib.rs"), Array.from({ length: 699 }, (_, at) => `pub mod m${at};\n`).join(""));
  for (let at = 0; at < 699; at++) writeFileSync(join(folder, `src/m${at}.rs`), moduleOf(at));
}

function moduleOf(at) {
  return `//! Module ${at}.\nuse std::collections::HashMap;\nuse crate::m${(at + 1) % 699}::Entry${(at + 1) % 699} as Next;\n\n#[derive(Debug, Clone)]\npub struct Entry${at} {\n    pub name: String,\n    pub values: Vec<u64>,\n    next: Option<Box<Next>>,\n}\n\nimpl Entry${at} {\n${Array.from(
    { length: 6 },
    (_, method) =>
      `    /// Adds up what is more than ${method}.\n    pub fn sum_${method}(&self, by: &HashMap<String, u64>) -> Result<u64, String> {\n        let more = self.values.iter().filter(|it| **it > ${method}).map(|it| it + 1).sum::<u64>();\n        match by.get(&self.name) {\n            Some(found) if *found > more => Ok(found - more),\n            Some(found) => Err(format!("{found} is less than {more}")),\n            None => Ok(more),\n        }\n    }\n`,
  ).join("\n")}}\n`;
}

async function parsing(folders) {
  const entry = join(work, "parsing.mjs");
  await build({ ...common, format: "esm", entryPoints: [join(root, "bench/parsing-entry.ts")], outfile: entry });
  const { measure } = await import(entry);
  const texts = folders.flatMap(rustFiles).map((it) => readFileSync(it, "utf8"));
  for (const line of measure(texts)) console.log(line);
}

function rustFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(target|node_modules|\..*)$/.test(entry.name) ? [] : rustFiles(path);
    return entry.name.endsWith(".rs") ? [path] : [];
  });
}
