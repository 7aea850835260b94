/**
 * What the compiler said, kept by content: a set is not compiled again while its inputs are those of an earlier run. `out/` keeps the
 * results of this machine; `record.json` those of the last run that records, for all sets but one, which each run compiles. A record whose
 * inputs have changed counts for nothing: then the set is compiled at once.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { ROOT } from "../harness/fixtures.ts";
import { type CrateSet, SETS } from "./sets.ts";
import { OUT, toolchain } from "./workspace.ts";

export interface Result {
  readonly complaints: readonly string[];
  /** What takes no part in the set, with the compiler's reason. */
  readonly excluded: Readonly<Record<string, string>>;
}

/** `paths`: fixtures, models and recipes · `fixes`: programs before and after, those of every run or all · `fixtures`, `rows` and `derives` of the language · whole workspaces. */
type Part = "paths" | "fixes" | "all fixes" | "fixtures" | "rows" | "derives" | WholePart;
/** A workspace as it is, and after every fix. */
export type WholePart = "as it is" | "fixed";

interface Recorded {
  /** Of everything that the compiler was given. */
  readonly inputs: string;
  readonly date: string;
  readonly toolchain: string;
  readonly excluded: Readonly<Record<string, string>>;
}

export interface Memory {
  /** A file of the repository. */
  readonly record: string;
  /** A folder of this machine. */
  readonly kept: string;
  /** Compiles everything, whatever was said before. */
  readonly nightly: boolean;
  /** Writes the record. */
  readonly recording: boolean;
  /** Where everything has to run, what this machine has kept counts for nothing. */
  readonly everything: boolean;
}
const MEMORY: Memory = {
  record: join(ROOT, "test/cargo/record.json"),
  kept: join(OUT, "results"),
  nightly: process.env["NIGHTLY"] === "1",
  recording: process.env["NIGHTLY"] === "1" || process.env["RECORD"] === "1",
  everything: process.env["CI"] === "true",
};
/** Changed where the same texts are compiled otherwise. */
const FORM = 1;

/** The result for these inputs: remembered, else made. Only what gives no cause for complaint is remembered. */
export async function resultFor(
  context: TestContext,
  set: CrateSet,
  part: Part,
  inputs: unknown,
  compile: () => Promise<Result>,
  { record, kept: folder, nightly, recording, everything } = MEMORY,
): Promise<Result> {
  const hash = hashOf(set, inputs);
  const name = `${set.name}, ${part}`;
  const kept = join(folder, `${hash}-${createHash("sha1").update(toolchain()).digest("hex").slice(0, 8)}.json`);
  if (!nightly) {
    const recorded = set.recorded ? readRecord(record)[name] : undefined;
    if (recorded?.inputs === hash) {
      context.diagnostic(`unchanged since it was compiled on ${recorded.date} with ${recorded.toolchain}`);
      return { complaints: [], excluded: recorded.excluded };
    }
    if (!everything && !recording && existsSync(kept)) {
      const result: Result = JSON.parse(readFileSync(kept, "utf8"));
      return result;
    }
    if (set.recorded) context.diagnostic("changed since it was recorded: compiled now; `npm run record` records it");
  }
  const result = await compile();
  if (result.complaints.length > 0) return result;
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, JSON.stringify(result));
  if (recording && set.recorded)
    writeRecord(record, name, {
      inputs: hash,
      date: new Date().toISOString().slice(0, 10),
      toolchain: toolchain(),
      excluded: result.excluded,
    });
  return result;
}

function hashOf({ folder, environment, target }: CrateSet, inputs: unknown): string {
  const files = ["Cargo.toml", "Cargo.lock"].map((it) => readFileSync(join(folder, it), "utf8"));
  const variables = JSON.stringify(environment).replaceAll(dirname(SETS), "");
  return createHash("sha256")
    .update(JSON.stringify([FORM, files, variables, target ?? "", inputs]))
    .digest("hex");
}

function readRecord(file: string): Readonly<Record<string, Recorded>> {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

function writeRecord(file: string, name: string, entry: Recorded): void {
  const all = Object.entries({ ...readRecord(file), [name]: entry }).sort(([a], [b]) => a.localeCompare(b));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(all), undefined, 1)}\n`);
}
