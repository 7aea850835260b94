/** Asks the real stacks: the Rust program beside this file, and `openssl pkey`. */
import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { DEFAULT_REVOCATION } from "../../server/src/pki/stacks/index.ts";
import { LINKED } from "../cargo/targets.ts";
import { toHex } from "../certificates/build.ts";
import type { Scenario } from "./chain.ts";

export type Role = "server" | "client";
export interface Asked {
  readonly scenario: Scenario;
  readonly role: Role;
}
export interface Answer {
  readonly accepted: boolean;
  readonly kind: string;
}

/** Why the tool is not there; undefined when it is. */
export function missing(command: string, ...args: readonly string[]): string | undefined {
  const run = spawnSync(command, args, { stdio: "ignore" });
  return run.error === undefined && run.status === 0 ? undefined : `\`${command} ${args.join(" ")}\` does not run here`;
}

const LOCK = join(process.env["TLSLINT_ROOT"] ?? ".", "test/oracle/Cargo.lock");

/** The release of a series that the oracle is built with: a raised lock file brings the newest ones in. */
export function lockedWebpki(series: string): string {
  const versions = [...readFileSync(LOCK, "utf8").matchAll(/name = "rustls-webpki"\nversion = "([^"]+)"/g)].map(
    ([, version = ""]) => version,
  );
  const found = versions.find((it) => it.startsWith(`${series}.`));
  if (found === undefined) throw new Error(`no rustls-webpki ${series} in the lock file of the oracle`);
  return found;
}

/** Stack and provider, as in "rustls-webpki@0.103.17 ring", to the answers in the order of the questions. */
export const askWebpki = (manifest: string, questions: readonly Asked[]): Map<string, Answer[]> => askRust(manifest, questions, [], []);

/** The same of rustls, as in "rustls@0.23 ring": handshakes in memory, with a peer that has nothing wrong. */
export function askRustls(
  manifest: string,
  questions: readonly Asked[],
  peer: { certificate: Uint8Array; key: Uint8Array },
): Map<string, Answer[]> {
  return askRust(manifest, questions, ["handshakes"], [`${toHex(peer.certificate)}\t${toHex(peer.key)}`]);
}

export interface AskedKey {
  readonly format: "PKCS#8" | "PKCS#1" | "SEC 1";
  readonly der: Uint8Array;
}

/** Whether rustls loads the keys and signs with them. */
export const askKeys = (manifest: string, keys: readonly AskedKey[]): Map<string, Answer[]> =>
  run(
    manifest,
    ["keys"],
    keys.map(({ format, der }, index) => [index, format, toHex(der)].join("\t")),
  );

function askRust(manifest: string, questions: readonly Asked[], args: readonly string[], head: readonly string[]): Map<string, Answer[]> {
  const lines = questions.map(({ scenario, role }, index) => {
    const { host, now, leaf, intermediates, roots, lists = [], policy = DEFAULT_REVOCATION, key = new Uint8Array() } = scenario;
    const list = (ders: readonly Uint8Array[]): string => ders.map((der) => `.${toHex(der)}`).join(",");
    const { depth, unknown, expired } = policy;
    const how = [depth, unknown, expired].join(",");
    const name = role === "server" ? host : "-";
    return [index, role, name, now, toHex(leaf), list(intermediates), list(roots), how, list(lists), toHex(key)].join("\t");
  });
  return run(manifest, args, [...head, ...lines]);
}

function run(manifest: string, args: readonly string[], lines: readonly string[]): Map<string, Answer[]> {
  const { status, stdout, stderr } = spawnSync("cargo", ["run", "--quiet", "--locked", "--manifest-path", manifest, "--", ...args], {
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, CARGO_TARGET_DIR: LINKED },
  });
  if (status !== 0) throw new Error(`the oracle failed: ${stderr}`);
  const answers = new Map<string, Answer[]>();
  for (const line of stdout.trimEnd().split("\n")) {
    const [, series = "", verdict = "", kind = ""] = line.split("\t");
    const stack = series.replace(/^rustls-webpki@(\S+)/, (_, it: string) => `rustls-webpki@${lockedWebpki(it)}`);
    const given = answers.get(stack) ?? [];
    given.push({ accepted: verdict === "accepted", kind });
    answers.set(stack, given);
  }
  return answers;
}

/** The version of the program that is installed, when it is one of 3.x. */
export function installedOpenssl(): string | undefined {
  const { stdout } = spawnSync("openssl", ["version"], { encoding: "utf8" });
  return /^OpenSSL (3\.\d+\.\d+)/.exec(stdout ?? "")?.[1];
}

const start = promisify(execFile);

/** What `openssl pkey -check` says of a key in PEM: that it is sound or not, or that it is none. */
export async function checkKey(folder: string, pemText: Uint8Array): Promise<"valid" | "invalid" | "unread"> {
  const file = join(folder, "key.pem");
  writeFileSync(file, pemText);
  if (!(await succeeds("openssl", ["pkey", "-noout", "-in", file]))) return "unread";
  return (await succeeds("openssl", ["pkey", "-check", "-noout", "-in", file])) ? "valid" : "invalid";
}

const succeeds = (program: string, args: readonly string[]): Promise<boolean> =>
  start(program, args).then(
    () => true,
    () => false,
  );
