/**
 * Makes the programs: copies the mistaken ones, lets tlslint correct the copies as a user would, and builds both with cargo, as one
 * program, so that what they have in common is compiled and linked once.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nodeHost } from "../../server/src/node-host.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { LINKED } from "../cargo/targets.ts";
import { tlslint } from "../cli/cli.ts";
import { ROOT } from "../harness/fixtures.ts";
import { writeIdentities } from "./identities.ts";

const SOURCE = join(ROOT, "test/proof/stacks");
const OUT = join(ROOT, "test/proof/out");
/** The Cargo workspace that is built; the programs run here, beside `certs/`. Kept, so that the next run finds it unchanged. */
export const WORKSPACE = join(OUT, "stacks");
const FIXING = join(OUT, "fixing");

/** Packages that are no program with a mistake. */
const TOOLS: ReadonlySet<string> = new Set(["stage", "client"]);

export type Edition = "mistaken" | "fixed";

export interface Workshop {
  /** A hash of all that a program and who knocks at it are compiled from, in both editions. */
  readonly inputs: (name: string) => string;
  /** Compiles these, and what knocks. */
  readonly build: (names: readonly string[]) => void;
  /** The program's file, or why there is none. */
  readonly program: (name: string, edition: Edition) => { readonly file: string } | { readonly error: string };
  /** What tlslint still says of the fixed program; asked where something is wrong. */
  readonly left: (name: string) => readonly string[];
  /** Rules whose findings the mistaken program has. */
  readonly found: (name: string) => ReadonlySet<string>;
  readonly version: (name: string, crate: string) => string;
}

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly range: { readonly start: { readonly line: number } };
      readonly fixes: readonly unknown[];
    }[];
  }[];
}

export async function openWorkshop(): Promise<Workshop> {
  const packages = readdirSync(SOURCE, { withFileTypes: true })
    .filter((it) => it.isDirectory() && it.name !== "target")
    .map((it) => it.name);
  const programs = packages.filter((it) => !TOOLS.has(it));

  rmSync(FIXING, { recursive: true, force: true });
  cpSync(SOURCE, FIXING, { recursive: true, filter: (path) => !path.endsWith("/target") });
  // To ask clients for certificates is a choice where nothing says that they are wanted.
  // Which CA issued the servers' certificates nobody else knows.
  write(join(FIXING, "tlslint.toml"), 'mtls = "required"\nserver-ca = "ca.pem"\n');
  for (const folder of [FIXING, WORKSPACE]) writeIdentities(join(folder, "certs"));
  // The names that a fix leaves for a person to replace; here they are what they say.
  for (const kind of ["pem", "crl.pem"]) carry(join(WORKSPACE, `certs/server-ca.${kind}`), join(WORKSPACE, `ca.${kind}`));
  const before = report();
  await correct(programs.map((name) => join(FIXING, name, "src/main.rs")));
  for (const entry of readdirSync(WORKSPACE, { withFileTypes: true }))
    if (entry.isDirectory() && ![...packages, "certs"].includes(entry.name)) rmSync(join(WORKSPACE, entry.name), { recursive: true });
  for (const file of ["Cargo.toml", "Cargo.lock"]) carry(join(SOURCE, file), join(WORKSPACE, file));
  for (const name of packages) carry(join(SOURCE, name, "Cargo.toml"), join(WORKSPACE, name, "Cargo.toml"));
  for (const name of TOOLS)
    for (const file of readdirSync(join(SOURCE, name, "src"))) carry(join(SOURCE, name, "src", file), join(WORKSPACE, name, "src", file));
  for (const name of programs) {
    rmSync(join(WORKSPACE, name, "src/bin"), { recursive: true, force: true });
    const main = join(WORKSPACE, name, "src/main.rs");
    write(main, EITHER);
    write(join(dirname(main), "mistaken.rs"), asModule(join(SOURCE, name, "src/main.rs")));
    write(join(dirname(main), "fixed.rs"), asModule(join(FIXING, name, "src/main.rs")));
  }

  let errors: ReadonlyMap<string, string> = new Map();
  const lock = readFileSync(join(WORKSPACE, "Cargo.lock"), "utf8");
  const tools = [...TOOLS].map((name) => textsOf(name));
  const findings = (of: Report, name: string) => of.files.filter((it) => it.path === `${name}/src/main.rs`).flatMap((it) => it.findings);
  return {
    inputs: (name) =>
      createHash("sha256")
        .update(JSON.stringify([lock, tools, textsOf(name)]))
        .digest("hex"),
    build(names) {
      errors = build([...TOOLS, ...names]);
      for (const name of names) callBothWays(name);
    },
    program(name, edition) {
      const error = errors.get(`${name} ${edition}`) ?? errors.get(name) ?? errors.get("");
      return error === undefined ? { file: join(LINKED, "debug", edition === "fixed" ? `${name}-fixed` : name) } : { error };
    },
    left: (name) => findings(report(), name).map((it) => `${it.severity} ${it.rule} in line ${it.range.start.line}`),
    found: (name) => new Set(findings(before, name).map((it) => it.rule)),
    version: (name, crate) => versionIn(lock, name, crate),
  };
}

/** As somebody does who knows what the fixes ask for: which files there are, and that a reason that was given no longer holds. */
async function correct(files: readonly string[]): Promise<void> {
  const service = await createLintService(
    nodeHost(() => {}),
    { roots: [FIXING] },
  );
  const { groups } = await service.planFixes(files, { allowed: "choice" });
  for (const { file, after } of groups.flat()) write(file, after);
}

/** The name that it is called by decides. */
const EITHER = `mod fixed;
mod mistaken;

use std::process::{ExitCode, Termination};

fn main() -> ExitCode {
    if std::env::args().next().is_some_and(|name| name.ends_with("-fixed")) {
        fixed::main().report()
    } else {
        mistaken::main().report()
    }
}
`;

const asModule = (file: string): string => readFileSync(file, "utf8").replace(/^(?=(?:async )?fn main\()/m, "pub ");

function callBothWays(name: string): void {
  const file = join(LINKED, "debug", `${name}-fixed`);
  rmSync(file, { force: true });
  symlinkSync(name, file);
}

const carry = (from: string, to: string): void => write(to, readFileSync(from, "utf8"));

/** Written only where it differs: cargo looks at the time of the last change. */
function write(to: string, text: string): void {
  if (existsSync(to) && readFileSync(to, "utf8") === text) return;
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
}

function textsOf(name: string): readonly string[] {
  const folder = join(WORKSPACE, name);
  const sources = readdirSync(join(folder, "src"), { withFileTypes: true }).filter((it) => it.isFile());
  return ["Cargo.toml", ...sources.map((it) => `src/${it.name}`)].map((it) => readFileSync(join(folder, it), "utf8"));
}

function report(): Report {
  return JSON.parse(run(["check", "--format", "json", "."]));
}

/** What could not be finished must not pass for a fix that changes nothing. */
function run(args: readonly string[]): string {
  const { status, stdout, stderr } = tlslint(FIXING, args);
  if (status === null) throw new Error(`tlslint ${args.join(" ")} did not finish: ${stderr}`);
  return stdout;
}

/** Errors by program and, where it is known, edition; those of no program under "". */
function build(names: readonly string[]): Map<string, string> {
  const packages = names.flatMap((it) => ["--package", it]);
  const run = spawnSync("cargo", ["build", "--quiet", ...packages, "--keep-going", "--locked", "--message-format=json"], {
    cwd: WORKSPACE,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, CARGO_TARGET_DIR: LINKED },
  });
  const errors = new Map<string, string>();
  for (const line of run.stdout.split("\n").filter((it) => it.startsWith("{"))) {
    const { reason, target, message } = JSON.parse(line);
    if (reason !== "compiler-message" || message.level !== "error") continue;
    const edition = /\b(fixed|mistaken)\.rs$/.exec(message.spans[0]?.file_name ?? "")?.[1];
    for (const key of [target.name, ...(edition === undefined ? [] : [`${target.name} ${edition}`])])
      errors.set(key, `${errors.get(key) ?? ""}${message.rendered}\n`);
  }
  if (run.status !== 0 && errors.size === 0) errors.set("", run.stderr.trim());
  return errors;
}

/** The locked version of a package's dependency, or of one further down. */
function versionIn(lock: string, name: string, crate: string): string {
  const entries = lock.split("[[package]]");
  const own = entries.find((it) => it.includes(`\nname = "${name}"\n`)) ?? "";
  const told = new RegExp(`"${crate} ([^ "]+)"`).exec(own)?.[1];
  const only = entries.find((it) => it.includes(`\nname = "${crate}"\n`)) ?? "";
  return told ?? /\nversion = "([^"]+)"/.exec(only)?.[1] ?? "?";
}
