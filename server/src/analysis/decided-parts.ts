/** What a search for decisions asks: a local in a body, the part of it that is meant, and the operations that give it. */

import type { FunctionId, Value } from "../flow/index.ts";
import { BITFLAGS } from "../models/bitflags.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import type { Site } from "./sites.ts";

/** A local in one of the bodies of a chain of calls. */
export interface Asked {
  /** The calls that lead to the body, the outermost first. */
  readonly calls: readonly Site[];
  readonly owner: FunctionId;
  readonly body: Body;
  readonly local: Local;
  /** Of the local, a part: the innermost name last. */
  readonly part: readonly string[];
  /** Behind a negation it is the opposite; undefined where any literal will do. */
  readonly wanted: Value | undefined;
  /** One of the operations that give it its value. */
  readonly only?: Operation;
  /** Which field of what the body makes has it. */
  readonly field?: string;
  /** What it is called where it is kept: the innermost field. */
  readonly name?: string;
  /** It is compared with this, which it should be. */
  readonly better?: Value;
  /** What has made the value of which it is, where nobody passes one. */
  readonly producer?: FunctionId;
}

/** The operator whose operation it is, or that a method of flags stands for. */
export function operatorOf(operation: Operation): string | undefined {
  if (operation.kind === "binary") return operation.operator;
  const row = operation.kind === "method" && Object.hasOwn(BITFLAGS, operation.name) ? BITFLAGS[operation.name] : undefined;
  const term = row?.writes?.[0]?.value ?? row?.result;
  return term !== undefined && "operator" in term ? term.operator : undefined;
}

const namesOf = (path: readonly { readonly kind: string; readonly name?: string }[]): readonly string[] =>
  path.flatMap((it) => (it.kind === "field" && it.name !== undefined ? [it.name] : []));

/** Of what is in a place, the part that is asked for; what an attempt gives, or a reference leads to, has the same parts. */
export const partOf = (place: { readonly path: Parameters<typeof namesOf>[0] }, { part }: Asked): readonly string[] =>
  place.path.every(({ kind }) => kind === "success" || kind === "dereference") ? part : namesOf(place.path);

/** The part that is asked for is written in a field of it. */
export const isPartBelow = (it: Operation, part: readonly string[]): boolean =>
  it.kind === "record" && it.fields.some(({ name }) => name === part.at(-1));

/** It writes another field. */
function isBeside(it: Operation, part: readonly string[]): boolean {
  const [field] = it.kind === "store" ? namesOf(it.place.path) : [];
  return field !== undefined && part.length > 0 && field !== part[0];
}

/** All that may have given a local its value, as they are written. */
export function definitionsOf({ body, local, part, wanted }: Asked): readonly Operation[] {
  const changes = (it: Operation): boolean => wanted?.kind === "operation" && operatorOf(it) === wanted.operator;
  const written = BodyIndex.of(body).writers(local);
  const found = written.flatMap(({ operation, gives }) => ((gives || changes(operation)) && !isBeside(operation, part) ? [operation] : []));
  // Of what is computed step by step the last step counts.
  const order = wanted?.kind === "operation" ? -1 : 1;
  return found.sort((a, b) => order * (a.span.start - b.span.start));
}
