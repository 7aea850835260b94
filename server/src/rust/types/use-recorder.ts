/** Tells what paths and calls lead to, and where nothing is known, what they may. */
import type { Span } from "../../base/span.ts";
import type { ExpressionOf, Path } from "../ast.ts";
import type { Declared, External, Module } from "../names/index.ts";
import { calledInTokens } from "./macro-calls.ts";
import type { Method, Methods } from "./methods.ts";
import type { Type } from "./type.ts";
import type { Use, UseSink } from "./uses.ts";
import type { Meaning } from "./value-paths.ts";

export class UseRecorder {
  readonly #sink: UseSink;
  readonly #methods: Methods;

  constructor(sink: UseSink, methods: Methods) {
    this.#sink = sink;
    this.#methods = methods;
  }

  named(kind: Use["kind"], path: Path, definitions: Meaning["definitions"], self?: Type): void {
    const last = path.segments.at(-1);
    if (last !== undefined && definitions.length > 0) this.#sink({ kind, span: last.span, targets: definitions, certain: true, self });
  }

  /** A call by a path; one that leads nowhere may mean each function of that name. */
  called(path: Path, { definitions, self }: Meaning, module: Module): void {
    this.named("call", path, definitions, self);
    const last = path.segments.at(-1);
    if (last !== undefined && definitions.length === 0) this.#may(last.span, this.#methods.functionsNamed(last.name, module));
  }

  method({ name, nameSpan, arguments: args }: ExpressionOf<"method">, found: readonly Method[] | undefined, module: Module): void {
    if (found === undefined) this.#may(nameSpan, this.#methods.candidates(name, args.length, module));
    else this.#sink({ kind: "call", span: nameSpan, targets: found.map((it) => it.function), certain: true, self: found[0]?.receiver });
  }

  /** Of what the standard library has, by the path of its type. */
  standard({ name, nameSpan }: ExpressionOf<"method">, of: External): void {
    this.#sink({ kind: "call", span: nameSpan, targets: [of.child(name)], certain: true, self: undefined });
  }

  /** Names in front of parentheses, where the tokens of a macro are no expressions. */
  tokens(text: string, at: number, module: Module): void {
    for (const { name, span } of calledInTokens(text, at)) this.#may(span, this.#methods.functionsNamed(name, module));
  }

  #may(span: Span, targets: readonly Declared[]): void {
    if (targets.length > 0) this.#sink({ kind: "call", span, targets, certain: false, self: undefined });
  }
}
