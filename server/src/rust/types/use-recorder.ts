/** Tells what paths and calls lead to, and where nothing is known, what they may. */
import type { Span } from "../../base/span.ts";
import type { ExpressionOf, Path } from "../ast.ts";
import type { Declared, External, Module } from "../names/index.ts";
import { type BodyContext, fieldOf, holderOf } from "./body-context.ts";
import { calledInTokens } from "./macro-calls.ts";
import type { Method, Methods } from "./methods.ts";
import { NO_BINDINGS, type Substitution, type Type } from "./type.ts";
import { type FieldRead, type FieldSink, FOREIGN, type Use, type UseSink } from "./uses.ts";
import type { Meaning } from "./value-paths.ts";

export class UseRecorder {
  readonly #sink: UseSink;
  readonly #fields: FieldSink | undefined;
  readonly #methods: Methods;

  constructor(sink: UseSink, fields: FieldSink | undefined, methods: Methods) {
    this.#sink = sink;
    this.#fields = fields;
    this.#methods = methods;
  }

  named(kind: Use["kind"], path: Path, definitions: Meaning["definitions"], self?: Type, given = NO_BINDINGS): void {
    const last = path.segments.at(-1);
    if (last !== undefined && definitions.length > 0)
      this.#sink({ kind, span: last.span, targets: definitions, certain: true, self, given });
  }

  /** A call by a path; one that leads nowhere may mean each function of that name. */
  called(path: Path, { definitions, self }: Meaning, given: Substitution, module: Module): void {
    this.named("call", path, definitions, self, given);
    const last = path.segments.at(-1);
    if (last !== undefined && definitions.length === 0) this.#may(last.span, this.#methods.functionsNamed(last.name, module));
  }

  /** `gives`: the type that it has to give, where nobody knows whose method it is. */
  method(
    it: ExpressionOf<"method">,
    found: readonly Method[] | undefined,
    given: Substitution,
    module: Module,
    gives: Type | undefined,
  ): void {
    const { name, nameSpan: span, arguments: args } = it;
    const candidates = found === undefined ? this.#methods.candidates(name, args.length, module) : [];
    if (found === undefined && candidates.length === 0 && gives !== undefined)
      this.#sink({ kind: "call", span, targets: [FOREIGN.child(name)], certain: true, self: gives, given: NO_BINDINGS });
    else if (found === undefined) this.#may(span, candidates);
    else {
      const targets = found.map((one) => one.function);
      // What another crate's method has to give may be all that is known of what it does.
      if ((isOurs(gives) || (name === "parse" && isOfAnother(gives))) && targets.every(({ sort }) => sort === "external"))
        this.#sink({ kind: "call", span, targets: [FOREIGN.child(name), ...targets], certain: true, self: gives, given });
      else this.#sink({ kind: "call", span, targets, certain: true, self: found[0]?.receiver, given });
    }
  }

  /** Of what the standard library has, by the path of its type. */
  standard({ name, nameSpan }: ExpressionOf<"method">, of: External): void {
    this.#sink({ kind: "call", span: nameSpan, targets: [of.child(name)], certain: true, self: undefined, given: NO_BINDINGS });
  }

  takes(field: FieldRead): void {
    this.#fields?.read(field);
  }

  /** A field of a value: gives its type. */
  field(base: Type | undefined, { name, nameSpan }: ExpressionOf<"field">, context: BodyContext): Type | undefined {
    this.#fields?.read({ name, at: nameSpan.start, of: holderOf(base, name, context) });
    return fieldOf(base, name, context);
  }

  /** Names in front of parentheses, where the tokens of a macro are no expressions. */
  tokens(text: string, at: number, module: Module): void {
    this.#fields?.tokens(text);
    for (const { name, span } of calledInTokens(text, at)) this.#may(span, this.#methods.functionsNamed(name, module));
  }

  #may(span: Span, targets: readonly Declared[]): void {
    if (targets.length > 0) this.#sink({ kind: "call", span, targets, certain: false, self: undefined, given: NO_BINDINGS });
  }
}

/** Of a crate that is not here, the standard library aside. */
const isOfAnother = (type: Type | undefined): type is Type =>
  type?.kind === "named" && type.definition.sort === "external" && type.definition.path[0] !== "std";

const isOurs = (type: Type | undefined): type is Type => type?.kind === "named" && type.definition.sort === "item";
