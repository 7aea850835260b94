/** Generated packages for the compiler, one a crate set, kept so that the next run finds them unchanged. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../harness/fixtures.ts";
import type { CrateSet } from "./sets.ts";
import { CHECKED } from "./targets.ts";

export const OUT = join(ROOT, "test/cargo/out");
const NO_C = join(ROOT, "test/cargo/no-c");
/** Nothing is linked: no C is compiled, and nothing is prepared for a debugger or a second build. */
const ENVIRONMENT = {
  CARGO_TARGET_DIR: CHECKED,
  CARGO_PROFILE_DEV_DEBUG: "0",
  CARGO_INCREMENTAL: "0",
  CC: join(NO_C, "cc"),
  CXX: join(NO_C, "cc"),
  CMAKE: join(NO_C, "cmake"),
} as const;

export const hasCargo = spawnSync("cargo", ["--version"]).status === 0;
export const skipWithoutCargo = hasCargo ? false : "not run: cargo is not installed";

export interface CompilerError {
  readonly target: string;
  readonly file: string;
  readonly line: number;
  readonly code: string | undefined;
  readonly message: string;
}

/** What nobody uses: the lint, and each name that it is said of. */
export interface CompilerWarning {
  readonly file: string;
  readonly lint: string;
  readonly names: readonly string[];
}

/** A package with the set's lock file. `manifest`: where it differs from the set's, the lock file may change, too. */
export function packageFor(set: CrateSet, name: string, files: Readonly<Record<string, string>>, manifest?: string): string {
  const folder = join(OUT, name);
  write(join(folder, "src/lib.rs"), "");
  for (const [path, text] of Object.entries(files)) write(join(folder, path), text);
  const own = manifest ?? readFileSync(join(set.folder, "Cargo.toml"), "utf8");
  const version = `0.0.0-${name.replaceAll(/[^\w]+/g, "-").replaceAll("_", "-")}`;
  write(join(folder, "Cargo.toml"), own.replace(VERSION, `$1"${version}"`));
  const called = /^name = "([^"]*)"/m.exec(own)?.[1] ?? "";
  const lock = readFileSync(join(set.folder, "Cargo.lock"), "utf8");
  write(join(folder, "Cargo.lock"), lock.replace(`name = "${called}"\nversion = "0.0.0"`, `name = "${called}"\nversion = "${version}"`));
  return folder;
}

/**
 * Cargo knows a package in a shared target folder by name and version, not by its path, and takes one of the same name that was
 * built meanwhile for this one: each has a version of its own.
 */
const VERSION = /^(version = )"[^"]*"/m;

/** Only what differs is written, so that Cargo sees what changed. */
function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

/** `failure`: Cargo itself did not get as far as the compiler. */
export interface Checked {
  readonly errors: readonly CompilerError[];
  readonly warnings: readonly CompilerWarning[];
  readonly failure?: string;
}

export async function cargoCheck(
  folder: string,
  { target, environment }: CrateSet,
  locked: boolean,
  which: "--examples" | "--lib" | "--workspace" = "--examples",
): Promise<Checked> {
  const system = target === undefined ? [] : ["--target", target];
  const options = ["--quiet", which, "--keep-going", ...system, locked ? "--locked" : "--offline", "--message-format=json"];
  const { status, stdout, stderr } = await cargo(["check", ...options], folder, environment);
  const errors = compilerErrors(stdout);
  const warnings = compilerWarnings(stdout);
  return status !== 0 && errors.length === 0 ? { errors, warnings, failure: stderr.trim() } : { errors, warnings };
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Beside what else there is to do. */
function cargo(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn("cargo", args, { cwd, env: { ...process.env, ...ENVIRONMENT, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => out.push(data));
    child.stderr.on("data", (data: Buffer) => err.push(data));
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }));
  });
}

let version: string | undefined;
/** The compiler's release, as it tells it. */
export function toolchain(): string {
  version ??= spawnSync("rustc", ["--version"], { encoding: "utf8" }).stdout.trim();
  return version;
}

/** Why a whole workspace with its own lock file does not compile. */
export async function checkWhole(folder: string): Promise<string | undefined> {
  const { status, stderr } = await cargo(["check", "--quiet", "--workspace", "--locked"], folder);
  return status === 0 ? undefined : stderr.trim() || `cargo ended with ${status}`;
}

/** The errors among cargo's messages, at the outermost place of each: within a macro, that of its call. */
function compilerErrors(output: string): CompilerError[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .flatMap((line): CompilerError[] => {
      const { reason, target, message } = JSON.parse(line);
      if (reason !== "compiler-message" || message.level !== "error" || message.spans.length === 0) return [];
      let span = message.spans.find((it: { is_primary: boolean }) => it.is_primary) ?? message.spans[0];
      while (span.expansion?.span !== undefined && !existsSync(span.file_name)) span = span.expansion.span;
      const { file_name: file, line_start: at } = span;
      return [{ target: target.name, file, line: at, code: message.code?.code ?? undefined, message: message.message }];
    });
}

const UNUSED: ReadonlySet<string> = new Set(["unused_imports", "dead_code"]);

function compilerWarnings(output: string): CompilerWarning[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .flatMap((line): CompilerWarning[] => {
      const { reason, message } = JSON.parse(line);
      if (reason !== "compiler-message" || !UNUSED.has(message.code?.code) || message.spans.length === 0) return [];
      // What belongs to a type stays with it.
      if (/^(?:multiple )?(?:field|method|variant|associated)/.test(message.message)) return [];
      const names = [...String(message.message).matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name.replace(/^.*::/, ""));
      return [{ file: message.spans[0].file_name, lint: message.code.code, names }];
    });
}
