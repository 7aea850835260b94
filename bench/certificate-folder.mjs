/**
 * A folder of 20,000 certificates, and the same in one bundle: processor seconds and memory of `tlslint check`, with lints and signatures,
 * beside those that OpenSSL (C), x509-parser (Rust) and zlint (Go) take to read them, as ratios within one run. What is not installed is
 * left out, and that is said.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildAll, common } from "../scripts/build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const COUNT = Number(process.argv[2] ?? 20_000);
const ROUNDS = 3;

await buildAll();
const entry = join(root, "test/out/bench-folder.cjs");
await build({ ...common, entryPoints: [join(root, "bench/folder-entry.ts")], outfile: entry });
const { makeFolder } = (await import(pathToFileURL(entry).href)).default;

const top = mkdtempSync(join(tmpdir(), "tlslint-folder-"));
// Apart: what lies beside a file is compared with it.
mkdirSync(join(top, "one"));
const [folder, bundle] = [join(top, "certificates"), join(top, "one/bundle.pem")];
const paths = `${makeFolder(folder, bundle, COUNT).join("\n")}\n`;

/** The best of some rounds: seconds of the process with all its threads, as the shell counts them. */
function measure(command, input) {
  let best;
  for (let round = 0; round < ROUNDS; round++) {
    const { stderr, stdout, status } = spawnSync("bash", ["-c", `TIMEFORMAT='cpu %U %S'; time ${command}`], {
      input,
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    const [, user, system] = /^cpu (\S+) (\S+)$/m.exec(stderr) ?? [];
    if (user === undefined || status === null || status > 1) return { refused: stderr.trim().split("\n").at(-1) };
    const seconds = Number(user) + Number(system);
    const memory = /peak (\d+) MB/.exec(stderr)?.[1];
    if (best === undefined || seconds < best.seconds) best = { seconds, memory, said: stdout.trim().split("\n").at(-1) };
  }
  return best;
}

/** The command that a reader is started with; undefined where it cannot be built here. */
function built(name, steps, command) {
  for (const [program, ...args] of steps) {
    const { status, error } = spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"], cwd: join(top, "readers") });
    if (error === undefined && status === 0) continue;
    console.log(`${name}: left out, ${program} ${error?.code ?? `ended with ${status}`}`);
    return undefined;
  }
  return command;
}

cpSync(join(root, "bench/readers"), join(top, "readers"), { recursive: true });
const inReaders = (...parts) => join(top, "readers", ...parts);
const crate = inReaders("x509-parser/target/release/tlslint-bench-x509-parser");
const openssl = built("OpenSSL", [["cc", "-O2", "openssl.c", "-lcrypto", "-o", "openssl"]], inReaders("openssl"));
const rust = built("x509-parser", [["cargo", "build", "--release", "--quiet", "--manifest-path", "x509-parser/Cargo.toml"]], crate);
const zlint = built("zlint", [["bash", "-c", "cd zlint && go mod tidy && go build -o zlint ."]], inReaders("zlint/zlint"));

const check = (path) =>
  `node --require ${join(root, "bench/peak-memory.cjs")} ${join(root, "server/out/cli.js")} check ${path} --no-cache --format json --now 2026-03-01T00:00:00Z --output ${join(top, "report.json")}`;
const rows = [
  [`OpenSSL reads ${COUNT} files`, openssl],
  [`tlslint checks ${COUNT} files`, check(folder)],
  ["x509-parser reads and validates them", rust],
  ["x509-parser, signatures too", rust && `${rust} signatures`],
  ["zlint lints them", zlint],
  ["OpenSSL reads one bundle", openssl, `${bundle}\n`],
  ["tlslint checks one bundle", check(bundle)],
];
let first;
for (const [name, command, input = paths] of rows) {
  if (command === undefined) continue;
  const told = measure(command, input);
  if (told.refused !== undefined) console.log(`${name}: failed, ${told.refused}`);
  else {
    first ??= told.seconds;
    const memory = told.memory === undefined ? "" : `, ${told.memory} MB`;
    console.log(`${name.padEnd(40)} ${told.seconds.toFixed(2)} s of processor time (${(told.seconds / first).toFixed(2)})${memory}`);
  }
}
rmSync(top, { recursive: true, force: true });
