/** Compares our parser with syn: over whole files, their items and expressions. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createRustParser } from "../../server/src/rust/index.ts";
import { LINKED } from "../cargo/targets.ts";
import { ROOT } from "../harness/fixtures.ts";
import { outlineOf } from "./outline.ts";

/** What one file shows; `refused` by syn and `ours` by us are errors of syntax, `beyond` what syn keeps as tokens. */
export type Judgement =
  | { readonly kind: "same"; readonly nodes: number }
  | { readonly kind: "different"; readonly theirs: readonly string[]; readonly ours: readonly string[] }
  | { readonly kind: "false error"; readonly text: string }
  | { readonly kind: "refused"; readonly ours: boolean }
  | { readonly kind: "beyond" };

/** In the order of the paths; `see` is called once for each. */
export async function compare(paths: readonly string[], see: (path: string, judgement: Judgement) => void): Promise<void> {
  const manifest = join(ROOT, "test/grammar/Cargo.toml");
  const child = spawn("cargo", ["run", "--quiet", "--locked", "--manifest-path", manifest], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, CARGO_TARGET_DIR: LINKED },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.stdin.end(`${paths.join("\n")}\n`);
  let file: { readonly path: string; readonly accepted: boolean; readonly lines: string[] } | undefined;
  const judged = (): void => {
    if (file !== undefined) see(file.path, judge(readFileSync(file.path, "utf8"), file.accepted ? file.lines : undefined));
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("file\t")) {
      judged();
      const [, path = "", verdict] = line.split("\t");
      file = { path, accepted: verdict === "ok", lines: [] };
    } else file?.lines.push(line);
  }
  judged();
  const status = await ended;
  if (status !== 0) throw new Error(`the program of the grammar ended with ${status}`);
}

const parser = createRustParser();

/** `theirs`: syn's outline, undefined where it refuses the file. */
export function judge(text: string, theirs: readonly string[] | undefined): Judgement {
  const parsed = parser.parse(text);
  if (!parsed.ok) return { kind: "false error", text: parsed.error.detail };
  const [error] = parsed.value.errors;
  if (theirs === undefined) return { kind: "refused", ours: error !== undefined };
  if (error !== undefined) return { kind: "false error", text: text.slice(Math.max(0, error.start - 40), error.end + 40) };
  if (theirs.includes("verbatim")) return { kind: "beyond" };
  const ours = outlineOf(parsed.value);
  const wanted = inUnits(theirs, text);
  const difference = { theirs: without(wanted, ours), ours: without(ours, wanted) };
  if (difference.theirs.length + difference.ours.length > 0) return { kind: "different", ...difference };
  return { kind: "same", nodes: ours.length };
}

/** Those lines of one list that the other does not have as often. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const it of others) left.set(it, (left.get(it) ?? 0) + 1);
  return lines.filter((it) => {
    const count = left.get(it) ?? 0;
    left.set(it, count - 1);
    return count <= 0;
  });
}

/** Bytes of UTF-8 become units of UTF-16. */
function inUnits(lines: readonly string[], text: string): readonly string[] {
  const bytes = Buffer.from(text);
  if (bytes.length === text.length) return lines;
  const units = new Int32Array(bytes.length + 1);
  let unit = 0;
  for (let at = 0; at < bytes.length; at++) {
    units[at] = unit;
    const byte = bytes[at] ?? 0;
    // The first byte of a character stands for its units, the others for none.
    if (byte < 0x80 || byte >= 0xc0) unit += byte >= 0xf0 ? 2 : 1;
  }
  units[bytes.length] = unit;
  return lines.map((line) => {
    const [kind = "", start, end] = line.split("\t");
    return kind === "item" ? line : `${kind}\t${units[Number(start)]}\t${units[Number(end)]}`;
  });
}
