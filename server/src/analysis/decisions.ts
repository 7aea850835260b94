/** Where a value was decided: from an argument backwards over copies, calls, parameters and constants to what was written down. */

import { type FunctionId, payloadOf, type Value, viewOf } from "../flow/index.ts";
import { FLAG_READERS } from "../models/configuration.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { DEEPEST_VALUE } from "../rust/bounds.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Place } from "../tls/facts.ts";
import { chosenInputs, conditionOf } from "./asked-inputs.ts";
import { BodyIndex } from "./body-index.ts";
import { type Asked, definitionsOf, isPartBelow, operatorOf, partOf } from "./decided-parts.ts";
import { INSTEAD } from "./instead.ts";
import { isOffer } from "./lexicon.ts";
import { isBegunBy, isLiteral, textOf } from "./literals.ts";
import { hasNoName, isLookup } from "./polarity.ts";
import { argumentOf, isSameTarget, leavesOf, type Site, type Sites } from "./sites.ts";

/** The place where `wanted` was written, of what the operation at the end of `chain` is given at `index`; undefined where it is an input. */
export function decisionOf(sites: Sites, chain: readonly Site[], index: number, wanted: Value): Place | undefined {
  const site = chain.at(-1);
  const local = site && argumentOf(site, index);
  if (site === undefined || local === undefined) return undefined;
  const source = wanted.open ? undefined : sourceOf(wanted);
  const asked = { calls: chain.slice(0, -1), owner: site.owner, body: site.body, local, part: [], wanted: source ?? wanted };
  const [decided] = new Search(sites).decided(asked);
  // What the function itself writes, that does it, it has chosen.
  return decided && (decided.owner === site.owner ? writtenPlaceOf(sites, decided) : choiceOf(sites, decided));
}

/** What a derive stands for is written nowhere. */
const inFile = (place: Place | undefined): Place | undefined => (place?.file === "" ? undefined : place);

/** What is made of what another program says is decided where that is asked. */
function sourceOf(value: Value): Value | undefined {
  switch (value.kind) {
    case "part":
      // What a field holds is told by its name.
      return hasNoName(payloadOf(value.name)?.field ?? value.name) || viewOf(value.name) !== undefined ? sourceOf(value.of) : undefined;
    case "labelled":
    case "test":
      return sourceOf(value.of);
    case "operation":
      return firstOf(value.operands);
    case "alternatives":
      return firstOf(value.of.map((it) => it.value));
    case "apply":
      return isAnswer(value) ? value : (firstOf(value.arguments) ?? value);
    default:
      return undefined;
  }
}

/** What reads a flag decides, what says what holds where there is nothing, and what is asked by a key: `options.value_of("insecure")`. */
const isAnswer = (call: Value & { readonly kind: "apply" }): boolean =>
  FLAG_READERS.has(lastOf(call.callee)) || INSTEAD.has(call.callee) || (call.callee.startsWith(".") && isLookup(call));

function firstOf(values: readonly Value[]): Value | undefined {
  for (const it of values) {
    const source = sourceOf(it);
    if (source !== undefined) return source;
  }
  return undefined;
}

/** Each operation that writes what decides a condition, as far as the operation at the end of `chain` is given it or that part of it. */
export function* literalsOf(sites: Sites, chain: readonly Site[], index: number, part: readonly string[] = []): Generator<Decided> {
  const site = chain.at(-1);
  const local = site && argumentOf(site, index);
  if (site === undefined || local === undefined) return;
  yield* new Search(sites).decided({ calls: chain.slice(0, -1), owner: site.owner, body: site.body, local, part, wanted: undefined });
}

/** An operation at which a search ends. */
export type Decided = Asked & { readonly only: Operation };

/** Where it is written. */
export const writtenPlaceOf = (sites: Sites, { owner, only }: Decided): Place | undefined => inFile(sites.place({ owner }, only.span));

/** Where somebody chose it: what is written in a function that is there to choose it, whoever calls that has chosen. */
export function choiceOf(sites: Sites, decided: Decided): Place | undefined {
  let { owner } = decided;
  let place = writtenPlaceOf(sites, decided);
  for (const call of decided.calls.toReversed()) {
    if (!isOffer(sites.declared(owner)?.name ?? "") || isAnswered(sites, owner)) break;
    place = sites.named(call);
    owner = call.owner;
  }
  return place;
}

/** What it gives is the answer, and nothing that has it in it: `fn skip_verify(&self) -> bool { true }`. */
const isAnswered = (sites: Sites, owner: FunctionId): boolean => sites.flow.summary(owner)?.result.kind === "constant";

export class Search {
  protected readonly sites: Sites;
  readonly #seen = new Set<string>();

  constructor(sites: Sites) {
    this.sites = sites;
  }

  /** Each operation that is what a function gives, as far as that is what is wanted. */
  *returns(id: FunctionId, wanted: Value): Generator<Decided> {
    yield* this.decided(...this.returned(id, [], wanted));
  }

  /** Each operation that is what is wanted, as they are come upon. */
  *decided(...asked: readonly Asked[]): Generator<Decided> {
    const open: Asked[] = [...asked];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const key = this.keyOf(next);
      // No value has parts that lie deeper: what goes round and asks for a part of itself each time finds none.
      if (this.#seen.has(key) || next.part.length > DEEPEST_VALUE) continue;
      this.#seen.add(key);
      const { only } = next;
      if (only === undefined) open.push(...this.#ways(next).toReversed());
      else if (this.isIt(only, next)) yield { ...next, only };
      else open.push(...this.from(only, next).toReversed());
    }
  }

  /** What is the same is asked once. */
  protected keyOf({ calls, owner, local, part, wanted, only }: Asked): string {
    return `${calls.length} ${owner} ${local} ${part.join(".")} ${wanted?.id} ${only?.span.start}`;
  }

  /** Each that may have given it its value, or who gives it from outside. */
  #ways(asked: Asked): readonly Asked[] {
    const definitions = definitionsOf(asked);
    return definitions.length === 0 ? this.given(asked) : definitions.map((only) => ({ ...asked, only }));
  }

  protected isIt(operation: Operation, { owner, body, part, wanted }: Asked): boolean {
    if (wanted === undefined) return this.#isLiteral(operation, owner) && !isPartBelow(operation, part);
    if (operation.kind === "format")
      return wanted.kind === "text" ? isBegunBy(wanted, operation) : wanted.kind === "constant" && textOf(operation, body) === wanted.value;
    if (operation.kind === "constant")
      return wanted.kind === "constant" && operation.literal.type !== "other" && operation.literal.value === wanted.value;
    if (wanted.kind === "constant") return operation.kind === "call" && this.givesConstant(operation, owner, wanted.value);
    if (wanted.kind === "apply") return this.#asks(operation, owner, body, wanted);
    if (operation.kind === "closure") return wanted.kind === "closure" && wanted.of === `${owner}|${operation.body}`;
    if (operation.kind === "path") {
      const target = this.sites.program.names.path(owner, operation.path);
      if (wanted.kind === "record") return target.kind === "variant" && target.path === wanted.type;
      return wanted.kind === "function" && leavesOf(target).some((it) => isSameTarget(it, wanted.target));
    }
    if (wanted.kind === "operation") return operatorOf(operation) === wanted.operator;
    if (operation.kind === "record" || operation.kind === "call")
      return wanted.kind === "record" && this.#makes(operation, owner, wanted.type);
    return false;
  }

  #isLiteral(operation: Operation, owner: FunctionId): boolean {
    if (operation.kind === "path") return this.sites.program.names.path(owner, operation.path).kind === "variant";
    return operation.kind === "constant" || operation.kind === "record";
  }

  /** `String::new()`. */
  protected givesConstant(
    { callee }: Extract<Operation, { readonly kind: "call" }>,
    owner: FunctionId,
    value: boolean | number | string,
  ): boolean {
    const target = callee.kind === "path" ? this.sites.program.names.path(owner, callee.path) : undefined;
    const leaves = target === undefined ? [] : leavesOf(target);
    return leaves.some((it) => it.kind === "external" && this.sites.flow.constantOf(it.path, owner) === value);
  }

  #asks(
    operation: Operation,
    owner: FunctionId,
    body: Body,
    { callee: path, arguments: [, name] }: Value & { readonly kind: "apply" },
  ): boolean {
    if (operation.kind === "method") {
      if (INSTEAD.has(path)) return path === `.${operation.name}`;
      const [given] = operation.arguments.flatMap((it) => BodyIndex.of(body).writers(it));
      return operation.name === lastOf(path) && isLiteral(given?.operation, name);
    }
    if (operation.kind !== "call") return false;
    const { callee } = operation;
    const target = callee.kind === "path" ? this.sites.program.names.path(owner, callee.path) : undefined;
    return target !== undefined && leavesOf(target).some((it) => it.kind === "external" && it.path === path);
  }

  #makes(operation: Extract<Operation, { readonly kind: "record" | "call" }>, owner: FunctionId, type: string): boolean {
    const path = operation.kind === "record" ? operation.path : operation.callee.kind === "path" ? operation.callee.path : undefined;
    const target = path && this.sites.program.names.path(owner, path);
    return target?.kind === "variant" && target.path === type;
  }

  /** What an operation takes its value from. */
  protected from(operation: Operation, asked: Asked): readonly Asked[] {
    const { only: _, ...whole } = asked;
    const of = (local: Local, part: readonly string[] = []): Asked => ({ ...whole, local, part });
    switch (operation.kind) {
      case "copy":
        return [of(operation.from.local, partOf(operation.from, asked))];
      case "reference":
        return [of(operation.place.local, partOf(operation.place, asked))];
      case "record": {
        const names = new Set(operation.fields.map(({ name }) => name));
        const at = asked.part.findIndex((it) => names.has(it));
        const fields = asked.part.length === 0 ? operation.fields : operation.fields.filter(({ name }) => name === asked.part[at]);
        const base = fields.length === 0 && operation.base !== undefined ? [of(operation.base, asked.part)] : [];
        return [...fields.map(({ value }) => of(value, asked.part.slice(at + 1))), ...base];
      }
      case "tuple":
      case "array":
        return operation.elements.map((it) => of(it));
      case "format":
        return operation.pieces.flatMap((it) => (typeof it === "string" ? [] : of(it)));
      case "unary":
        return [{ ...of(operation.operand), wanted: operation.operator === "!" ? this.#opposite(asked.wanted) : asked.wanted }];
      case "cast":
      case "await":
        return [of(operation.operand)];
      case "store":
        return [of(operation.value)];
      case "path": {
        const target = this.sites.program.names.path(asked.owner, operation.path);
        const meant = this.sites.meant(target, asked.calls, asked.owner);
        return meant.flatMap((it) => (it.kind === "constant" ? this.returned(it.id, asked.calls, asked.wanted) : []));
      }
      // Whatever calls it.
      case "closure":
        return this.returned(`${asked.owner}|${operation.body}`, asked.calls, asked.wanted);
      case "method":
        // A field of what a method gives is that of what it was called on, unless the method has written it.
        return asked.part.length > 0
          ? [...this.called(operation, asked), of(operation.receiver.local, partOf(operation.receiver, asked))]
          : [...this.called(operation, asked), of(operation.receiver.local), ...operation.arguments.map((it) => of(it))];
      case "call": {
        const part = this.#isWrapping(operation, asked.owner) ? asked.part : [];
        return [...this.called(operation, asked), ...operation.arguments.map((it) => of(it, part))];
      }
      case "macro":
        return operation.arguments.map((it) => of(it));
      default:
        return [];
    }
  }

  /** What the standard library makes of one thing has it in it: `Ok`, `Arc::new`. */
  #isWrapping({ callee, arguments: given }: Extract<Operation, { readonly kind: "call" }>, owner: FunctionId): boolean {
    const target = callee.kind === "path" && given.length === 1 ? this.sites.program.names.path(owner, callee.path) : undefined;
    return target !== undefined && "path" in target && target.path.startsWith("std::");
  }

  /** Into what is called, as far as names tell. */
  protected called(operation: Extract<Operation, { readonly kind: "method" | "call" }>, asked: Asked): readonly Asked[] {
    const site = { owner: asked.owner, body: asked.body, operation, part: undefined };
    const targets = this.sites.called(asked.owner, operation);
    return targets.flatMap((it) =>
      it.kind === "function"
        ? [...this.#chosen(it.id, site, asked), ...this.returned(it.id, [...asked.calls, site], asked.wanted, asked.part)]
        : [],
    );
  }

  /** What is given to a function that makes of it what is wanted. */
  #chosen(id: FunctionId, site: Site, asked: Asked): readonly Asked[] {
    const result = this.sites.flow.summary(id)?.result;
    if (result === undefined || asked.wanted === undefined) return [];
    return [...chosenInputs(conditionOf(result, asked.wanted))].flatMap((index) => {
      const local = argumentOf(site, index);
      return local === undefined ? [] : [{ calls: asked.calls, owner: asked.owner, body: asked.body, local, part: [], wanted: undefined }];
    });
  }

  #opposite(wanted: Value | undefined): Value | undefined {
    return wanted?.kind === "constant" && typeof wanted.value === "boolean" ? this.sites.flow.values.constant(!wanted.value) : wanted;
  }

  protected returned(id: FunctionId, calls: readonly Site[], wanted: Value | undefined, part: readonly string[] = []): readonly Asked[] {
    const body = this.sites.flow.callable(id)?.body;
    if (body === undefined || calls.length > MOST_CALLS) return [];
    return body.blocks.flatMap(({ end }) => (end.kind === "return" ? [{ calls, owner: id, body, local: end.value, part, wanted }] : []));
  }

  /** A parameter is what the caller gives, a captured variable what stands around the closure. */
  protected given({ calls, owner, body, local, part, wanted }: Asked): readonly Asked[] {
    const caller = calls.at(-1);
    const parameter = body.parameters.indexOf(local);
    if (parameter >= 0 && caller !== undefined) {
      const given = argumentOf(caller, parameter);
      return given === undefined ? [] : [{ calls: calls.slice(0, -1), owner: caller.owner, body: caller.body, local: given, part, wanted }];
    }
    const captured = body.captures.find((it) => it.inner === local);
    const around = owner.slice(0, Math.max(0, owner.lastIndexOf("|")));
    const outer = captured && this.sites.flow.callable(around)?.body;
    return captured === undefined || outer === undefined
      ? []
      : [{ calls, owner: around, body: outer, local: captured.outer, part, wanted }];
  }
}

/** Calls deep; helpers of helpers of helpers are rare. */
const MOST_CALLS = 16;
