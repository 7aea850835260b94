/**
 * Language tests of flow: small Rust files whose carets state values, objects, labels and summaries. Carets below an expression state
 * its value, carets below the name of a function all that its callers see. `UPDATE=1` writes down what is found.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Printer, type Value } from "../server/src/flow/index.ts";
import { ROOT } from "./harness/fixtures.ts";
import { FileProgram } from "./harness/flow.ts";

const FOLDER = join(ROOT, "test/fixtures/flow");
const STATEMENT = /^(\s*\/\/\s*)(\^+) ?(.*)$/;

interface Caret {
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
}

/** Each line of code with the carets below it. */
function linesOf(text: string): { readonly code: string; readonly carets: readonly Caret[] }[] {
  const found: { code: string; carets: Caret[]; at: number }[] = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const match = STATEMENT.exec(line);
    const last = found.at(-1);
    if (match === null || last === undefined) found.push({ code: line, carets: [], at });
    else {
      const column = (match[1] ?? "").length;
      const carets = match[2] ?? "";
      last.carets.push({ start: last.at + column, end: last.at + column + carets.length, prefix: (match[1] ?? "") + carets });
    }
    at += line.length + 1;
  }
  return found;
}

function stated(text: string): { readonly text: string; readonly statements: number } {
  const values = new Map<string, Value>();
  const program = new FileProgram(text);
  const flow = program.flow((_, { span }, value) => values.set(`${span.start}-${span.end}`, value));
  for (const id of program.declared.keys()) flow.summary(id);
  const functions = new Map([...program.declared].map(([id, it]) => [`${it.signature?.nameSpan.start}-${it.signature?.nameSpan.end}`, id]));
  const printer = new Printer();
  const lines: string[] = [];
  let statements = 0;
  for (const { code, carets } of linesOf(text)) {
    lines.push(code);
    const written = new Set<string>();
    for (const caret of carets) {
      const place = `${caret.start}-${caret.end}`;
      if (written.has(place)) continue;
      written.add(place);
      const id = functions.get(place);
      const value = values.get(place);
      const summary = id === undefined ? undefined : flow.summary(id);
      const found = summary === undefined ? [value === undefined ? "no value" : printer.value(value)] : printer.summary(summary);
      statements += found.length;
      for (const it of found) lines.push(`${caret.prefix} ${it}`);
    }
  }
  return { text: lines.join("\n"), statements };
}

const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((it) => it.endsWith(".rs"))
  .toSorted();

for (const file of files) {
  test(`flow/${file}`, () => {
    const path = join(FOLDER, file);
    const text = readFileSync(path, "utf8");
    const found = stated(text);
    assert.ok(found.statements > 0, "the file states something");
    assert.ok(!found.text.includes("no value"), "each caret is below an expression or a function's name");
    if (process.env["UPDATE"] === "1") writeFileSync(path, found.text);
    else assert.equal(text, found.text);
  });
}
