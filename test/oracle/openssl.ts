/** Asks OpenSSL as a library: the program of `openssl.c`, built with the compiler of the machine or against another version. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_REVOCATION } from "../../server/src/pki/stacks/index.ts";
import { toHex } from "../certificates/build.ts";
import type { Answer, Asked } from "./real.ts";

const SOURCE = join(process.env["TLSLINT_ROOT"] ?? ".", "test/oracle/openssl.c");

export interface OpensslProgram {
  readonly file: string;
  /** "3.0.19", of the library that it is linked to. */
  readonly version: string;
}

/** Built for this process; a text where that cannot be done. */
export function buildProgram(): OpensslProgram | string {
  built ??= compile();
  return built;
}
let built: OpensslProgram | string | undefined;

function compile(): OpensslProgram | string {
  const folder = mkdtempSync(join(tmpdir(), "openssl-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "openssl");
  const { error, status, stderr } = spawnSync("cc", ["-O1", SOURCE, "-o", file, "-lcrypto"], { encoding: "utf8" });
  if (error !== undefined || status !== 0) return `OpenSSL's headers and a C compiler are not there: ${error?.message ?? stderr}`;
  return programAt(file);
}

export function programAt(file: string): OpensslProgram | string {
  const { stdout } = spawnSync(file, ["--version"], { encoding: "utf8" });
  const version = /^OpenSSL ([0-9.]+)/.exec(stdout ?? "")?.[1];
  return version === undefined ? `${file} does not say which OpenSSL it has` : { file, version };
}

export function askOpenssl({ file }: OpensslProgram, questions: readonly Asked[], level: number): Answer[] {
  const list = (ders: readonly Uint8Array[]): string => ders.map((der) => `.${toHex(der)}`).join(",");
  const lines = questions.map(({ scenario, role }) => {
    const { host, now, leaf, intermediates, roots, lists, policy = DEFAULT_REVOCATION } = scenario;
    const words = [policy.depth, ...(policy.extended === true ? ["extended"] : []), ...(policy.deltas === true ? ["deltas"] : [])];
    const how = lists === undefined ? "-" : words.join(",");
    const name = role === "server" ? host : "-";
    return [role, name, now, level, toHex(leaf), list(intermediates), list(roots), how, list(lists ?? [])].join("\t");
  });
  return answersOf(file, lines);
}

/** One for each line: `accepted`, or what was wrong. */
export function answersOf(file: string, lines: readonly string[]): Answer[] {
  const { status, stdout, stderr } = spawnSync(file, { input: `${lines.join("\n")}\n`, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`the program failed: ${stderr}`);
  return stdout
    .trimEnd()
    .split("\n")
    .map((kind) => (kind === "accepted" ? { accepted: true, kind: "" } : { accepted: false, kind }));
}
