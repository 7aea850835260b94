/**
 * Whether a body calls, makes or sets something that a model knows, as far as names tell. Many a nominated body does not: it names a crate or
 * a type that TLS may stand behind, and does something else with it.
 */
import { type CallerRows, type FunctionId, type ResolvedProgram, type Row, type Target, withArgument } from "../flow/index.ts";
import type { Body, Operation } from "../rust/bodies/index.ts";
import type { Declared } from "../rust/index.ts";
import { BodyIndex } from "./body-index.ts";
import { isFileStatement } from "./file-rows.ts";
import type { ModelIndex } from "./model-index.ts";
import { isStatement } from "./model-rows.ts";

/** Definitions stay over edits; what they are made of is told by the scan of their text. */
const known = new WeakMap<Declared, { readonly scanned: unknown; readonly acts: boolean }>();

export class Acting {
  readonly #program: ResolvedProgram;
  readonly #rows: CallerRows;
  readonly #models: ModelIndex;

  constructor(program: ResolvedProgram, rows: CallerRows, models: ModelIndex) {
    this.#program = program;
    this.#rows = rows;
    this.#models = models;
  }

  acts(declared: Declared): boolean {
    const { scanned, path } = declared.fragment;
    const before = known.get(declared);
    if (before?.scanned === scanned) return before.acts;
    const id = this.#program.ids.id(declared);
    const body = this.#program.callable(id)?.body;
    const acts = body !== undefined && this.#body(id, body, path);
    this.#program.release(id);
    known.set(declared, { scanned, acts });
    return acts;
  }

  #body(whole: FunctionId, body: Body, file: string): boolean {
    const open = [{ id: whole, body }];
    for (const { id, body } of open) {
      const { blocks, closures } = body;
      if (blocks.some(({ operations }) => operations.some((it) => this.#operation(id, it, file) || this.#showsSecret(it, body))))
        return true;
      for (const [at, it] of closures.entries()) open.push({ id: `${id}|${at}`, body: it });
    }
    return false;
  }

  #operation(id: FunctionId, it: Operation, file: string): boolean {
    const { names } = this.#program;
    switch (it.kind) {
      case "path":
        return this.#target(names.path(id, it.path), id, "path");
      case "call":
        return it.callee.kind === "path" && this.#target(names.path(id, it.callee.path), id, "path");
      case "record": {
        const target = names.path(id, it.path);
        return "path" in target && this.#rows.of(`${target.path} {}`, id, "path") !== undefined;
      }
      case "method": {
        const target = names.method(id, { name: it.name, start: it.nameSpan.start, type: undefined, receiver: undefined });
        // Of what has no type that names tell, a value may.
        return target.kind === "unknown" ? this.#models.isTrigger(`${it.name}(`, file) : this.#target(target, id, "method");
      }
      case "store": {
        const last = it.place.path.at(-1);
        return last?.kind === "field" && this.#models.isTrigger(last.name, file);
      }
      default:
        return false;
    }
  }

  /** `header("Authorization", …)`, `header(AUTHORIZATION, …)`. */
  #showsSecret(it: Operation, body: Body): boolean {
    const keys = it.kind === "method" ? this.#models.secretKeys.get(it.name) : undefined;
    const [key] = it.kind === "method" && keys !== undefined ? it.arguments : [];
    const written = key === undefined ? undefined : BodyIndex.of(body).definition(key);
    if (written?.kind === "path") return keys?.has(written.path.segments.at(-1)?.name.toLowerCase() ?? "") === true;
    return written?.kind === "constant" && written.literal.type === "string" && keys?.has(written.literal.value.toLowerCase()) === true;
  }

  #target(target: Target, id: FunctionId, form: "path" | "method"): boolean {
    if (target.kind === "any") return target.of.some((it) => this.#target(it.target, id, form));
    const own = target.kind === "external" ? withArgument(target) : undefined;
    return "path" in target && [target.path, own].some((it) => it !== undefined && says(this.#rows.of(it, id, form)));
  }
}

/** More than what matters only beside something else. */
const says = (row: Row | undefined): boolean =>
  row !== undefined &&
  row.effects?.some(({ data }) => isFileStatement(data) || (isStatement(data) && data.hit?.of.beside === true)) !== true;
