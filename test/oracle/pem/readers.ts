/** Asks the real PEM readers: rustls' by the Rust program of the oracle, OpenSSL's by a program in C. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LINKED } from "../../cargo/targets.ts";

const FOLDER = join(process.env["TLSLINT_ROOT"] ?? ".", "test/oracle");

/** A line of sections for each file; a text where there is no such reader. */
export type Reader = (files: readonly Uint8Array[]) => readonly string[];

export function rustlsReader(): Reader {
  const cargo = ["run", "--quiet", "--locked", "--manifest-path", join(FOLDER, "Cargo.toml"), "--", "pem"];
  return (files) => asked("cargo", cargo, files);
}

export function opensslReader(): Reader | string {
  const folder = mkdtempSync(join(tmpdir(), "pem-reader-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, "pem-reader");
  const { error, status, stderr } = spawnSync("cc", ["-O1", join(FOLDER, "pem-reader.c"), "-o", program, "-lcrypto"], { encoding: "utf8" });
  if (error !== undefined || status !== 0) return `OpenSSL's headers and a C compiler are not there: ${error?.message ?? stderr}`;
  return (files) => asked(program, [], files);
}

function asked(program: string, args: readonly string[], files: readonly Uint8Array[]): readonly string[] {
  const input = files.map((it) => `${Buffer.from(it).toString("hex")}\n`).join("");
  const env = { ...process.env, CARGO_TARGET_DIR: LINKED };
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: "utf8", maxBuffer: 1 << 30, env });
  if (status !== 0) throw new Error(`the reader failed: ${stderr}`);
  const answers = stdout.split("\n").slice(0, -1);
  if (answers.length !== files.length) throw new Error(`${answers.length} answers to ${files.length} files`);
  return answers;
}
