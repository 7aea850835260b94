/** Texts that types of the program's own are written as: what `format!` and `to_string` make of them is what their `Display` writes. */
import { type FunctionId, shownType, type Value } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Sites } from "./sites.ts";

/** The second parameter of `fmt` is what is written to. */
const WRITTEN_TO = 1;

export class Displayed {
  readonly #sites: Sites;
  #methods: ReadonlyMap<string, FunctionId> | undefined;

  constructor(sites: Sites) {
    this.#sites = sites;
  }

  /** A value as it is written, as far as that is known; `owner`: whose inputs it speaks of. */
  of(value: Value, owner: FunctionId, seen: ReadonlySet<FunctionId> = new Set()): Value {
    const { flow } = this.#sites;
    const { values } = flow;
    switch (value.kind) {
      case "text":
        return values.text([value.prefix, ...value.of.map((it) => this.of(it, owner, seen)), value.suffix]);
      case "alternatives":
        return values.join(value.of.map((it) => ({ condition: it.condition, value: this.of(it.value, owner, seen) })));
      case "apply": {
        const [on, ...more] = value.arguments;
        const text = on !== undefined && more.length === 0 && lastOf(value.callee) === "to_string" ? this.of(on, owner, seen) : on;
        return text === undefined || text === on ? value : text;
      }
      case "record":
      case "input":
      case "part":
      case "pointer": {
        const method = this.#methodOf(shownType(value) ?? this.#sites.inputType(value, owner));
        const written = method === undefined || seen.has(method) ? undefined : flow.summary(method)?.writes.get(WRITTEN_TO);
        if (method === undefined || written === undefined) return value;
        return this.of(flow.with(written, [value, values.constant("")]), owner, new Set([...seen, method]));
      }
      default:
        return value;
    }
  }

  /** Of a variant, that of its enum. */
  #methodOf(type: string | undefined): FunctionId | undefined {
    if (type === undefined || this.#sites.program.ids.known(type) === undefined) return undefined;
    this.#methods ??= this.#found();
    return this.#methods.get(type) ?? this.#methods.get(type.slice(0, Math.max(type.lastIndexOf("::"), 0)));
  }

  #found(): ReadonlyMap<string, FunctionId> {
    const { program } = this.#sites;
    return new Map(
      program.implementations(new Set(["Display"])).flatMap(({ type, declared }) => {
        const method = declared.members.find((it) => it.kind === "function" && it.name === "fmt");
        return type === undefined || method === undefined ? [] : [[type, program.ids.id(method)] as const];
      }),
    );
  }
}
