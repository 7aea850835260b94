/** Flow over an edit: changed bodies are made again, what was made of them only where it is another, and the answer is that of a fresh one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Flow, Printer, ResolvedProgram } from "../../../server/src/flow/index.ts";
import { READERS } from "../../../server/src/models/configuration.ts";
import { STD } from "../../../server/src/models/std.ts";
import { WorkspaceNames } from "../../../server/src/project/workspace-names.ts";

const place = { modulePath: [], role: "source", crate: "src", parents: [] } as const;

const IMPORTS = "use crate::*;\n";

/** Modules of one crate, all of which `main.rs` declares and imports. */
class Edited {
  readonly #names: WorkspaceNames;
  readonly #texts: Map<string, string>;
  #program: ResolvedProgram;
  readonly flow: Flow;

  constructor(texts: Readonly<Record<string, string>>) {
    this.#texts = new Map(Object.entries(texts));
    this.#names = namesOf(this.#texts);
    this.#program = new ResolvedProgram(this.#names.maps, this.#names.calls, READERS);
    this.flow = new Flow(this.#program, STD);
  }

  /** How much was evaluated, and who is another now, or was made of one that is. */
  edit(module: string, text: string): { readonly evaluated: number; readonly touched: string[]; readonly affected: string[] } {
    const path = `/p/src/${module}.rs`;
    const before = this.#program;
    this.#texts.set(module, text);
    assert.equal(this.#names.replaced(path, IMPORTS + text), true);
    this.#program = new ResolvedProgram(this.#names.maps, this.#names.calls, READERS, before);
    const evaluations = this.flow.evaluations;
    const { touched, affected } = this.flow.continueWith(this.#program, undefined, (id) => before.fileOf(id) === path);
    const named = (ids: Iterable<string>): string[] => [...ids].map((it) => it.split("::").at(-1) ?? "").toSorted();
    return { evaluated: this.flow.evaluations - evaluations, touched: named(touched), affected: named(affected) };
  }

  idOf(name: string): string {
    return [...this.#program.ids.bodies()].find((it) => it.endsWith(`::${name}`)) ?? "";
  }

  says(): Readonly<Record<string, string>> {
    return saidBy(this.flow, this.#program);
  }

  fresh(): Readonly<Record<string, string>> {
    const { maps, calls } = namesOf(this.#texts);
    const program = new ResolvedProgram(maps, calls, READERS);
    return saidBy(new Flow(program, STD), program);
  }
}

const namesOf = (texts: ReadonlyMap<string, string>): WorkspaceNames =>
  WorkspaceNames.among(
    [["main", [...texts.keys()].map((it) => `mod ${it};\nuse ${it}::*;\n`).join("")] as const, ...texts].map(([module, text]) => [
      {
        path: `/p/src/${module}.rs`,
        owner: undefined,
        place: { ...place, modulePath: module === "main" ? [] : [module] },
      },
      module === "main" ? text : IMPORTS + text,
    ]),
  );

function saidBy(flow: Flow, program: ResolvedProgram): Readonly<Record<string, string>> {
  const printer = new Printer();
  const said = (id: string): string => {
    const summary = flow.summary(id);
    if (summary === undefined) return "nothing";
    const writes = [...summary.writes].map(([index, value]) => `${index}: ${printer.value(value)}`);
    const events = summary.events.map((it) => (it.kind === "call" ? printer.value(it.call) : printer.value(it.on)));
    return [printer.value(summary.result), ...writes, ...events].join("; ");
  };
  return Object.fromEntries([...program.ids.bodies()].toSorted().map((id) => [id.split("::").at(-1) ?? "", said(id)]));
}

const LEAF = "pub fn leaf() -> u32 { 1 }\n";
const ABOVE = "fn apart() -> u32 { 7 }\nfn middle() -> u32 { leaf() }\npub fn top() -> u32 { middle() }\n";

test("an edit of a body makes its callers anew, and leaves what has nothing to do with it", () => {
  const program = new Edited({ leaf: LEAF, above: ABOVE });
  assert.deepEqual(program.says(), { apart: "7", leaf: "1", middle: "1", top: "1" });
  assert.deepEqual(program.edit("leaf", "pub fn leaf() -> u32 { 2 }\n"), {
    evaluated: 3,
    touched: ["leaf", "middle", "top"],
    affected: ["leaf", "middle", "top"],
  });
  assert.deepEqual(program.says(), { apart: "7", leaf: "2", middle: "2", top: "2" });
});

test("an edit that comes to the same ends where it begins", () => {
  const program = new Edited({ leaf: LEAF, above: ABOVE });
  program.says();
  const edits = ["pub fn leaf() -> u32 { /* one */ 1 }\n", "pub fn leaf() -> u32 { let one = 1; one }\n"];
  for (const it of edits) assert.deepEqual(program.edit("leaf", it), { evaluated: 1, touched: ["leaf", "middle", "top"], affected: [] });
  assert.deepEqual(program.says(), program.fresh());
});

test("what a callee asks is asked where it stands now", () => {
  const program = new Edited({
    leaf: "pub fn ask(it: bool) -> u32 { if it { 1 } else { 2 } }\n",
    above: "pub fn top(it: bool) -> u32 { ask(it) }\n",
  });
  const asked = (): number | undefined => {
    const id = program.idOf("top");
    const result = program.flow.summary(id)?.result;
    const [atom] = result?.kind === "alternatives" ? (result.of[0]?.condition[0]?.atoms ?? []) : [];
    return atom && program.flow.askedAt(id, atom.key, atom.holds)?.span.start;
  };
  const before = asked();
  assert.ok(before !== undefined);
  assert.deepEqual(program.edit("leaf", "pub fn ask(it: bool) -> u32 {      if it { 1 } else { 2 } }\n").affected, []);
  assert.equal(asked(), before + 5);
});

test("functions that call each other since an edit, or do no more, are made together", () => {
  const program = new Edited({ leaf: LEAF, above: ABOVE });
  program.says();
  program.edit("leaf", "pub fn leaf() -> u32 { if rand() { 1 } else { top() } }\n");
  assert.deepEqual(program.says(), program.fresh());
  program.edit("leaf", LEAF);
  assert.deepEqual(program.says(), program.fresh());
});

const MODULES = ["a", "b", "c"] as const;
const COUNT = 9;

/** One of some bodies, that calls two others. */
const body = fc
  .tuple(fc.nat(5), fc.nat(COUNT - 1), fc.nat(COUNT - 1), fc.nat(2))
  .map(
    ([form, x, y, constant]) =>
      [
        `${constant}`,
        `let it = f${x}(a, b); it`,
        `if a { f${x}(true, b) } else { ${constant} }`,
        `*b = f${x}(a, b); ${constant}`,
        `let c = |n: u32| f${x}(a, &mut 0) + n; c(f${y}(a, b))`,
        `match f${x}(!a, b) { 0 => f${y}(a, b), _ => ${constant} }`,
      ][form] ?? "0",
  );
const textOf = (module: number, bodies: readonly string[]): string =>
  bodies.map((it, at) => (at % MODULES.length === module ? `pub fn f${at}(a: bool, b: &mut u32) -> u32 { ${it} }\n` : "")).join("");

test("after any edits it knows what a fresh one knows", () => {
  const edit = fc.tuple(fc.nat(COUNT - 1), body);
  fc.assert(
    fc.property(fc.array(body, { minLength: COUNT, maxLength: COUNT }), fc.array(edit, { minLength: 1, maxLength: 6 }), (first, edits) => {
      let bodies = first;
      const program = new Edited(Object.fromEntries(MODULES.map((it, at) => [it, textOf(at, bodies)])));
      program.says();
      for (const [which, it] of edits) {
        bodies = bodies.with(which, it);
        const module = which % MODULES.length;
        program.edit(MODULES[module] ?? "a", textOf(module, bodies));
        assert.deepEqual(program.says(), program.fresh());
      }
    }),
    { numRuns: 150, seed: 7 },
  );
});
