/**
 * The handshakes of programs that are not built in every run: what came of them in the last run that records, kept by content. A record whose
 * inputs have changed counts for nothing: then the program is built and tried at once.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness/fixtures.ts";
import type { Row } from "./report.ts";

const RECORD = join(ROOT, "test/proof/record.json");
const nightly = process.env["NIGHTLY"] === "1";
const recording = nightly || process.env["RECORD"] === "1";

/** A server and a client of each of the two libraries are tried in every run, those that are built with the fewest crates. */
const EVERY_RUN: ReadonlySet<string> = new Set([
  "accepted-by-tokio-openssl",
  "accepted-by-tokio-rustls",
  "client-openssl",
  "client-rustls-0-23",
]);

interface Recorded {
  readonly inputs: string;
  readonly date: string;
  /** A cell as `io`: in before the fix, out after it; `-` where it cannot be tried. */
  readonly rows: readonly { readonly stack: string; readonly mistake: string; readonly cells: readonly string[] }[];
}

/** Undefined: it has to be tried. */
export function recordedRows(name: string, inputs: string): { readonly date: string; readonly rows: readonly Row[] } | undefined {
  if (nightly || EVERY_RUN.has(name)) return undefined;
  const recorded = readRecord()[name];
  if (recorded?.inputs !== inputs) return undefined;
  const rows = recorded.rows.map(({ cells, ...rest }): Row => ({ ...rest, cells: cells.map(([b = "-", a = "-"]) => [read(b), read(a)]) }));
  return { date: recorded.date, rows };
}

/** Only what gave no cause for complaint is remembered. */
export function recordRows(name: string, inputs: string, rows: readonly Row[]): void {
  if (!recording || EVERY_RUN.has(name)) return;
  const written = rows.map(({ cells, ...rest }) => ({ ...rest, cells: cells.map(([b, a]) => letterOf(b) + letterOf(a)) }));
  const entry: Recorded = { inputs, date: new Date().toISOString().slice(0, 10), rows: written };
  const all = Object.entries({ ...readRecord(), [name]: entry }).sort(([a], [b]) => a.localeCompare(b));
  writeFileSync(RECORD, `${JSON.stringify(Object.fromEntries(all), undefined, 1)}\n`);
}

const read = (letter: string): boolean | undefined => (letter === "-" ? undefined : letter === "i");
const letterOf = (answered: boolean | undefined): string => (answered === undefined ? "-" : answered ? "i" : "o");

function readRecord(): Readonly<Record<string, Recorded>> {
  return existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, "utf8")) : {};
}
