/** Values, conditions and summaries as text: what tests state, and what an explanation shows. */
import { lastOf } from "../rust/last-of.ts";
import { isAlways } from "./conditions.ts";
import { payloadOf } from "./part-names.ts";
import type { Summary } from "./summary.ts";
import type { Atom, Cell, Condition, ObjectId, Target, Value } from "./value.ts";

export class Printer {
  /** Objects by the order in which they are named. */
  readonly #objects = new Map<ObjectId, number>();

  value(value: Value): string {
    switch (value.kind) {
      case "constant":
        return JSON.stringify(value.value);
      case "text":
        return `text ${JSON.stringify(value.prefix)}…${JSON.stringify(value.suffix)}`;
      case "unit":
        return "()";
      case "record":
        return this.#record(value);
      case "closure":
        return `closure(${this.#list(value.captures)})`;
      case "function":
        return `fn ${nameOf(value.target)}`;
      case "collection":
        return `${value.count}[${value.element === undefined ? "" : this.value(value.element)}]`;
      case "pointer":
        return `&${[this.#cell(value.cell), ...value.path].join(".")}`;
      case "object":
        return `${short(value.type)}#${this.#object(value.object)}`;
      case "alternatives":
        return value.of.length === 0 ? "never" : value.of.map((it) => `${this.value(it.value)}${this.when(it.condition)}`).join(" | ");
      case "labelled":
        return `${value.label}!${this.value(value.of)}`;
      case "unknown":
        return `unknown(${value.reason})`;
      default:
        return this.#symbolic(value);
    }
  }

  #symbolic(value: Extract<Value, { readonly kind: "input" | "parameter" | "part" | "test" | "operation" | "apply" }>): string {
    switch (value.kind) {
      case "input":
        return `$${value.index}`;
      case "parameter":
        return value.name;
      case "part":
        return `${this.value(value.of)}.${shortPart(value.name)}`;
      case "test":
        return `${this.value(value.of)} is ${short(value.what)}`;
      case "operation":
        return `(${value.operands.length === 1 ? value.operator : ""}${value.operands.map((it) => this.value(it)).join(` ${value.operator} `)})`;
      case "apply":
        return value.callee === "" ? this.#called(value.arguments) : `${short(value.callee)}(${this.#list(value.arguments)})`;
    }
  }

  #cell(cell: Cell): string {
    return cell.kind === "contents" ? `${short(cell.type)}#${this.#object(cell.object)}` : `${cell.kind}${cell.index}`;
  }

  /** Empty for what always holds. */
  when(condition: Condition): string {
    if (isAlways(condition)) return "";
    return ` if ${condition.map(({ atoms, some }) => [...atoms.map((it) => this.#atom(it)), ...(some ? ["some"] : [])].toSorted().join(" & ")).join(" or ")}`;
  }

  /** One line for each thing that callers see. */
  summary({ result, returns, writes, events, escapes }: Summary): string[] {
    const lines = [`returns ${returns.length > 0 ? this.value(result) : "never"}`];
    for (const [index, value] of writes) lines.push(`writes $${index} = ${this.value(value)}`);
    for (const event of events) {
      if (event.kind === "call") lines.push(`calls ${this.value(event.call)}${this.when(event.condition)}`);
      else lines.push(`effect ${String(event.data)}(${this.#list(event.with)}) on ${this.value(event.on)}${this.when(event.condition)}`);
    }
    for (const [object, reach] of escapes) lines.push(`object #${this.#object(object)} ${reach}`);
    if (result.labels.length > 0) lines.push(`labels ${result.labels.join(", ")}`);
    return lines;
  }

  #called([callee, ...given]: readonly Value[]): string {
    return `${callee === undefined ? "" : this.value(callee)}(${this.#list(given)})`;
  }

  #list(values: readonly Value[]): string {
    return values.map((it) => this.value(it)).join(", ");
  }

  #atom({ key, holds, value }: Atom): string {
    return `${holds ? "" : "!"}${value === undefined ? key.slice(key.indexOf(":") + 1) : this.value(value)}`;
  }

  #record(value: Value & { readonly kind: "record" }): string {
    const isNumbered = value.fields.every(([name]) => /^\d+$/.test(name));
    const fields = value.fields.map(([name, it]) => (isNumbered ? this.value(it) : `${name}: ${this.value(it)}`));
    const all = [...fields, ...(value.base === undefined ? [] : [`..${this.value(value.base)}`])].join(", ");
    if (isNumbered && value.base === undefined)
      return value.fields.length === 0 && value.type !== "" ? short(value.type) : `${short(value.type)}(${all})`;
    return `${short(value.type)} { ${all} }`.trimStart();
  }

  #object(id: ObjectId): number {
    const known = this.#objects.get(id) ?? this.#objects.size + 1;
    this.#objects.set(id, known);
    return known;
  }
}

const nameOf = (target: Target): string => ("id" in target ? target.id : "path" in target ? short(target.path) : "");

/** A method without its type keeps its dot. */
const short = (path: string): string => (path.startsWith(".") ? path : lastOf(path));

function shortPart(name: string): string {
  const payload = payloadOf(name);
  return payload === undefined ? name : `<${short(payload.of)}>${payload.field}`;
}
