/**
 * What decides where nobody sets anything: from what is asked backwards to the literals, derives and attributes that give it, of a
 * parameter that nobody passes by whatever produces values of its type.
 */
import type { FunctionId, Value } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import type { Asked } from "./decided-parts.ts";
import type { Decided } from "./decisions.ts";
import type { Defaults } from "./defaults.ts";
import { INSTEAD } from "./instead.ts";
import { accessPath, fieldsOf, PartSearch } from "./part-search.ts";
import { leavesOf, type Site, type Sites } from "./sites.ts";

export interface Asking {
  readonly calls: readonly Site[];
  readonly owner: FunctionId;
  readonly body: Body;
  readonly local: Local;
}

/** `truth`: what the local is while nobody sets anything; where that is not known, all that decides has to agree. */
export function unsetDecisions(
  sites: Sites,
  defaults: Defaults,
  { owner, body, calls, local }: Asking,
  truth: boolean | undefined,
  /** Of the local, a part: from the outermost name on. */
  part: readonly string[] = [],
): readonly Decided[] {
  const wanted = truth === undefined ? undefined : sites.flow.values.constant(truth);
  const found = [...new Unset(sites, defaults).decided({ owner, body, calls, local, part, wanted })];
  const agrees = wanted !== undefined || new Set(found.map((it) => wordOf(it.only))).size <= 1;
  return agrees && isOne(found) ? [...new Map(found.map((it) => [placeOf(it), it])).values()] : [];
}

/** Each that makes one decides in one place, or it is not known which of its words does. */
const isOne = (all: readonly Decided[]): boolean =>
  new Set(all.map((it) => `${placeOf(it)} ${it.producer}`)).size === new Set(all.map((it) => it.producer)).size;

const placeOf = ({ owner, only, field }: Decided): string => `${owner} ${only.span.start} ${field}`;

const wordOf = (it: Operation): unknown =>
  it.kind === "constant" && it.literal.type !== "other"
    ? it.literal.value
    : it.kind === "path"
      ? it.path.segments.at(-1)?.name
      : it.kind === "call"
        ? false
        : it;

export class Unset extends PartSearch {
  readonly #defaults: Defaults;

  constructor(sites: Sites, defaults: Defaults) {
    super(sites);
    this.#defaults = defaults;
  }

  protected producersOf(type: string): readonly FunctionId[] {
    return this.#defaults.producersOf(type);
  }

  /** `matches!` gives two constants in one place. */
  protected override keyOf(asked: Asked): string {
    const literal = asked.only?.kind === "constant" ? asked.only.literal : undefined;
    return literal === undefined || literal.type === "other" ? super.keyOf(asked) : `${super.keyOf(asked)} ${literal.value}`;
  }

  protected override isIt(operation: Operation, asked: Asked): boolean {
    const { owner, body, wanted } = asked;
    if (testBehind(operation, body) !== undefined) return false;
    if (isEmptied(operation)) return asked.part.length === 0 && wanted?.kind === "constant" && wanted.value === false;
    if (wanted === undefined && operation.kind === "call") return this.givesConstant(operation, owner, false);
    return super.isIt(operation, asked);
  }

  protected override from(operation: Operation, asked: Asked): readonly Asked[] {
    return kept(this.#before(operation, asked), asked);
  }

  protected override given(asked: Asked): readonly Asked[] {
    return kept(this.#produced(asked) ?? super.given(asked), asked);
  }

  #before(operation: Operation, asked: Asked): readonly Asked[] {
    const { only: _, ...whole } = asked;
    const of = (local: Local, part: readonly string[] = []): Asked => ({ ...whole, local, part });
    switch (operation.kind) {
      case "record":
        if (asked.part.length === 0) return [];
        return operation.fields.some(({ name }) => name === asked.part[0])
          ? operation.fields.flatMap(({ name, value }) =>
              name === asked.part[0] ? [{ ...of(value, asked.part.slice(1)), field: name, name }] : [],
            )
          : super.from(operation, asked);
      case "method":
        if (isEmptied(operation)) return [];
        // What is given where there is nothing.
        if (INSTEAD.has(`.${operation.name}`)) return operation.arguments.slice(0, 1).map((it) => of(it));
        if (operation.name === "unwrap_or_else") return operation.arguments.map((it) => of(it));
        return this.#orReceiver(
          this.called(operation, asked),
          of(operation.receiver.local, accessPath(fieldsOf(operation.receiver.path), asked.part)),
        );
      case "call":
        return [
          ...this.called(operation, asked),
          ...(this.isWrapper(operation, asked.owner) ? operation.arguments.map((it) => of(it, asked.part)) : []),
        ];
      case "iterate":
        return [of(operation.operand, asked.part)];
      case "binary":
        return this.#compared(operation, asked).map(({ local, ...it }) => ({ ...of(local), ...it }));
      case "test":
        return [{ ...of(operation.place.local, fieldsOf(operation.place.path)), ...this.#tested(operation, asked) }];
      case "constant": {
        const test = testBehind(operation, asked.body);
        return test === undefined || !super.isIt(operation, asked) ? [] : [of(test)];
      }
      default:
        return super.from(operation, asked);
    }
  }

  /** Undefined for what is no parameter of a function that nobody calls. */
  #produced(asked: Asked): readonly Asked[] | undefined {
    const { calls, owner, body, local, part, wanted } = asked;
    const index = body.parameters.indexOf(local);
    if (index < 0 || calls.length > 0) return undefined;
    const { values } = this.sites.flow;
    let input: Value = values.make({ kind: "input", index });
    // As far out as something is known that makes one.
    for (const [at, name] of [...part, ""].entries()) {
      const type = this.sites.program.inputType(input, owner);
      const producers = type === undefined ? [] : this.producersOf(type);
      if (producers.length > 0)
        return producers.flatMap((producer) =>
          this.returned(producer, [], wanted, part.slice(at)).map((it) => ({ ...it, producer, ...named(part[at - 1]) })),
        );
      input = values.make({ kind: "part", of: input, name });
    }
    return [];
  }

  /** What a method that is here gives is what it says; of another it may be what it was called on. */
  #orReceiver(called: readonly Asked[], receiver: Asked): readonly Asked[] {
    return called.length > 0 && receiver.part.length === 0 ? called : [...called, receiver];
  }

  /** What is compared with something that is written there. */
  #compared(
    { operator, left, right }: Extract<Operation, { readonly kind: "binary" }>,
    { owner, body, wanted }: Asked,
  ): readonly (Compared & Pick<Asked, "local">)[] {
    if (operator !== "==" && operator !== "!=") return [];
    const isEqual = wanted?.kind === "constant" && typeof wanted.value === "boolean" ? wanted.value === (operator === "==") : undefined;
    return [
      [left, right],
      [right, left],
    ].flatMap(([local = 0, other = 0]) => {
      const written = this.#written(other, owner, body);
      return written === undefined ? [] : [{ local, ...comparedWith(written, isEqual) }];
    });
  }

  #written(local: Local, owner: FunctionId, body: Body): Value | undefined {
    const made = BodyIndex.of(body).definition(local);
    const { values } = this.sites.flow;
    if (made?.kind === "constant") return made.literal.type === "other" ? undefined : values.constant(made.literal.value);
    return made?.kind === "path" ? this.#variant(made.path, owner) : undefined;
  }

  #variant(path: Extract<Operation, { readonly kind: "path" }>["path"], owner: FunctionId): Value | undefined {
    const [only, ...others] = leavesOf(this.sites.program.names.path(owner, path));
    return only?.kind === "variant" && others.length === 0 ? this.sites.flow.values.record(only.path, []) : undefined;
  }

  #tested({ test }: Extract<Operation, { readonly kind: "test" }>, { owner, wanted }: Asked): Compared {
    const holds = wanted?.kind === "constant" && typeof wanted.value === "boolean" ? wanted.value : undefined;
    if (test.kind === "literal" && test.literal.type === "bool")
      return { wanted: holds === undefined ? undefined : this.sites.flow.values.constant(test.literal.value === holds) };
    const written =
      test.kind === "path"
        ? this.#variant(test.path, owner)
        : test.kind === "literal" && test.literal.type !== "other"
          ? this.sites.flow.values.constant(test.literal.value)
          : undefined;
    return written === undefined ? { wanted: undefined } : comparedWith(written, holds);
  }
}

/** What should be there instead, and what has made it, are the same wherever it is given. */
const kept = (next: readonly Asked[], { better, producer, name }: Asked): readonly Asked[] =>
  next.map((it) => ({
    ...it,
    ...(better !== undefined && { better }),
    ...(producer !== undefined && { producer }),
    ...named(it.name ?? name),
  }));

const named = (name: string | undefined): Pick<Asked, "name"> => (name === undefined ? {} : { name });

type Compared = Pick<Asked, "wanted" | "better">;

/** It is what it is compared with, or is not and should be. */
const comparedWith = (written: Value, isEqual: boolean | undefined): Compared =>
  isEqual === true ? { wanted: written } : { wanted: undefined, ...(isEqual === false && { better: written }) };

/** The default of a type that is written nowhere. */
const isEmptied = (it: Operation): boolean => it.kind === "method" && it.name === "unwrap_or_default";

/** The test whose outcome a constant is: `matches!` gives `true` where it holds. */
function testBehind(operation: Operation, { questions, blocks }: Body): Local | undefined {
  if (operation.kind !== "constant") return undefined;
  const question = questions.find(({ span, decides }) => decides && span.start === operation.span.start && span.end === operation.span.end);
  const end = question && blocks[question.from]?.end;
  return end?.kind === "branch" && end.yes === question?.yes ? end.condition : undefined;
}
