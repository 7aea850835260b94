/**
 * Language tests of flow: small Rust files and workspaces whose carets state values, objects, labels and summaries. Carets below an expression state
 * its value, carets below the name of a function all that its callers see. `UPDATE=1` writes down what is found.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Printer, type Value } from "../server/src/flow/index.ts";
import { ROOT } from "./harness/fixtures.ts";
import { programOf, TestProgram } from "./harness/flow.ts";
import { resolved } from "./harness/names.ts";
import { workspaces } from "./harness/workspaces.ts";

const FOLDER = join(ROOT, "test/fixtures/flow");
const STATEMENT = /^(\s*\/\/\s*)(\^+) ?(.*)$/;

interface Caret {
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
  readonly text: string;
}

/** What would be right, and is not found: see docs/limits.md. */
const MISSING = "MISSING ";

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
      last.carets.push({
        start: last.at + column,
        end: last.at + column + carets.length,
        prefix: (match[1] ?? "") + carets,
        text: match[3] ?? "",
      });
    }
    at += line.length + 1;
  }
  return found;
}

interface Stated {
  readonly text: string;
  readonly statements: number;
}

/** What holds where carets are, in each file. */
function stated(program: TestProgram, files: ReadonlyMap<string, string>): ReadonlyMap<string, Stated> {
  const values = new Map<string, Value>();
  const pathOf = (id: string): string => program.ids.declared(id.split("|")[0] ?? "")?.fragment.path ?? "";
  const flow = program.flow({
    begins: () => undefined,
    gives: (owner, { span }, value) => values.set(`${pathOf(owner)} ${span.start}-${span.end}`, value),
    called: () => undefined,
  });
  const functions = new Map<string, string>();
  for (const id of program.ids.bodies()) {
    flow.summary(id);
    const { fragment, name, nameStart } = program.ids.declared(id) ?? assert.fail(id);
    functions.set(`${fragment.path} ${nameStart}-${nameStart + name.length}`, id);
  }
  const printer = new Printer();
  const found = (place: string): readonly string[] => {
    const value = values.get(place);
    const summary = flow.summary(functions.get(place) ?? "");
    if (summary !== undefined) return printer.summary(summary);
    return [value === undefined ? "no value" : printer.value(value)];
  };
  return new Map([...files].map(([path, text]) => [path, statedIn(text, (caret) => found(`${path} ${caret.start}-${caret.end}`))]));
}

function statedIn(text: string, found: (caret: Caret) => readonly string[]): Stated {
  const lines: string[] = [];
  let statements = 0;
  for (const { code, carets } of linesOf(text)) {
    lines.push(code);
    const written = new Set<number>();
    for (const caret of carets) {
      if (written.has(caret.start)) continue;
      written.add(caret.start);
      const all = found(caret);
      statements += all.length;
      for (const it of all) lines.push(`${caret.prefix} ${it}`);
      for (const { text } of carets.filter((it) => it.start === caret.start && it.text.startsWith(MISSING)))
        if (!all.includes(text.slice(MISSING.length))) lines.push(`${caret.prefix} ${text}`);
    }
  }
  return { text: lines.join("\n"), statements };
}

/** `files`: by the path under which the program knows each, where it lies. */
function compare(program: TestProgram, files: ReadonlyMap<string, string>): void {
  const texts = new Map([...files].map(([path, file]) => [path, readFileSync(file, "utf8")]));
  let statements = 0;
  for (const [path, found] of stated(program, texts)) {
    statements += found.statements;
    const file = files.get(path) ?? assert.fail(path);
    assert.ok(!found.text.includes("no value"), "each caret is below an expression or a function's name");
    if (process.env["UPDATE"] === "1") writeFileSync(file, found.text);
    else assert.equal(texts.get(path), found.text, path);
  }
  assert.ok(statements > 0, "something is stated");
}

const entries = readdirSync(FOLDER).toSorted();

for (const name of entries.filter((it) => it.endsWith(".rs"))) {
  test(`flow/${name}`, () => {
    const file = join(FOLDER, name);
    compare(programOf(readFileSync(file, "utf8")), new Map([["/f.rs", file]]));
  });
}

for (const { name, files } of workspaces("flow")) {
  test(`flow/${name}`, () => {
    const { maps, calls } = resolved(new Map([...files].map(([path, { text }]) => [`/${name}/${path}`, text])));
    const sources = [...files].filter(([path]) => path.endsWith(".rs"));
    compare(new TestProgram(maps, calls), new Map(sources.map(([path, { file }]) => [`/${name}/${path}`, file])));
  });
}

test("there are fixtures of one file and of several", () => {
  assert.ok(entries.length >= 10, `${entries.length}`);
  assert.ok(workspaces("flow").length >= 3);
});
