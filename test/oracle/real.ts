/** Asks the real stacks: the Rust program beside this file, and `openssl verify`. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DEFAULT_REVOCATION } from "../../server/src/pki/stacks/index.ts";
import { pem, toHex } from "../certificates/build.ts";
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
  });
  if (status !== 0) throw new Error(`the oracle failed: ${stderr}`);
  const answers = new Map<string, Answer[]>();
  for (const line of stdout.trimEnd().split("\n")) {
    const [, stack = "", verdict = "", kind = ""] = line.split("\t");
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

/** `program`: the one that is installed, or another version. */
export async function askOpenssl(questions: readonly Asked[], level: 1 | 2, program = "openssl"): Promise<Answer[]> {
  const folder = mkdtempSync(join(tmpdir(), "oracle-"));
  const answers: Answer[] = [];
  try {
    const waiting = questions.map((question, index) => ({ question, index }));
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        answers[next.index] = await openssl(program, folder, String(next.index), next.question, level);
    };
    await Promise.all([work(), work(), work()]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return answers;
}

async function openssl(program: string, folder: string, id: string, { scenario, role }: Asked, level: number): Promise<Answer> {
  const write = (name: string, ders: readonly Uint8Array[], label = "CERTIFICATE"): string => {
    const file = join(folder, `${id}-${name}.pem`);
    writeFileSync(file, ders.map((der) => pem(label, der)).join(""));
    return file;
  };
  const { lists, policy = DEFAULT_REVOCATION } = scenario;
  const files = (lists ?? []).map((der, index) => write(`list-${index}`, [der], "X509 CRL"));
  const address = /^(?:\d+\.){3}\d+$|:/.test(scenario.host);
  const args = [
    "verify",
    ...["-purpose", role === "server" ? "sslserver" : "sslclient", "-attime", String(scenario.now), "-auth_level", String(level)],
    ...(role === "server" ? [address ? "-verify_ip" : "-verify_hostname", scenario.host] : []),
    // An empty list of trusted certificates is no list: nothing may be trusted by default, nor by the environment (below).
    ...(scenario.roots.length === 0 ? ["-no-CAfile", "-no-CApath"] : ["-trusted", write("roots", scenario.roots)]),
    ...(scenario.intermediates.length === 0 ? [] : ["-untrusted", write("sent", scenario.intermediates)]),
    ...(lists === undefined ? [] : ["-crl_check", ...(policy.depth === "chain" ? ["-crl_check_all"] : [])]),
    ...(policy.extended === true ? ["-extended_crl"] : []),
    ...(policy.deltas === true ? ["-use_deltas"] : []),
    // One option a list: of a file with several that are malformed nothing would be said.
    ...files.flatMap((file) => ["-CRLfile", file]),
    write("leaf", [scenario.leaf]),
  ];
  try {
    await start(program, args, { env: { ...process.env, ...NOTHING_TRUSTED } });
    return { accepted: true, kind: "" };
  } catch (error) {
    const text = typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr) : String(error);
    const kind = /error \d+ at -?\d+ depth lookup: (.*)/.exec(text)?.[1] ?? unloadable(text);
    if (!LACKING.test(kind)) return { accepted: false, kind };
    // 1.1.1 does not notice a file that adds nothing to the lists that it has (apps.c, load_certs_crls), and then lacks it.
    for (const file of files)
      if (!(await succeeds(program, ["crl", "-noout", "-in", file]))) return { accepted: false, kind: "unable to load CRL" };
    return { accepted: false, kind };
  }
}

/** Where 3.x has another store by default, and both versions have files and folders. */
const NOTHING_TRUSTED = { SSL_CERT_FILE: "/nonexistent", SSL_CERT_DIR: "/nonexistent" };

const LACKING = /^unable to get certificate CRL$/;

const succeeds = (program: string, args: readonly string[]): Promise<boolean> =>
  start(program, args).then(
    () => true,
    () => false,
  );

/** Nothing was verified, because a file could not be read. */
const unloadable = (text: string): string => (/CRL/.test(text) ? "unable to load CRL" : "unable to load certificate");
