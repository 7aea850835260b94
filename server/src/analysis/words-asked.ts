/** Questions of which word a text is, or which number: of what it is asked and for which one, where no comparison of the program's own says so. */
import { payloadOf, type Value } from "../flow/index.ts";
import type { Place as At } from "../flow/summary.ts";
import type { WordAsked } from "../tls/facts.ts";
import { placeText } from "./asked-text.ts";
import { BodyIndex } from "./body-index.ts";
import { WORDS_OF_TRUTH } from "./guards.ts";
import { writtenAs } from "./peers.ts";
import { variableIn } from "./presence.ts";
import type { Sites } from "./sites.ts";
import { WRAPPING } from "./std-names.ts";
import { textOf } from "./value-text.ts";

/** What an arm of a `match` asks, in the words in which it is written. */
export function wordAt(sites: Sites, { in: owner, span }: At): WordAsked | undefined {
  const body = sites.flow.callable(owner)?.body;
  const asking = body === undefined ? [] : BodyIndex.of(body).at(span);
  const test = asking.find((it) => it.kind === "test");
  if (body === undefined || test?.kind !== "test" || test.test.kind !== "literal") return undefined;
  const { literal } = test.test;
  const of = placeText(body, test.place, (it) => sites.text(sites.place({ owner }, it.span)));
  return literal.type === "other" || literal.type === "bool" ? undefined : { of, is: shown(literal.value) };
}

/** What a value asks, as it might be written where the inputs are; of a variable of the environment, by its name. */
export function wordIn(value: Value, inputs: readonly string[]): WordAsked | undefined {
  if (value.kind !== "test" || !value.what.startsWith("=")) return undefined;
  const word: unknown = JSON.parse(value.what.slice(1));
  const of = variableOf(value.of) ?? textOf(value.of, inputs);
  return typeof word === "boolean" || of.includes("…") ? undefined : { of, is: shown(word) };
}

/** In which it is given. */
function variableOf(value: Value): string | undefined {
  const text = writtenAs(value);
  return text.kind === "part" && payloadOf(text.name) !== undefined ? variableOf(text.of) : variableIn(text);
}

/** A word without its quotes, if anything is left of it then. */
const shown = (word: unknown): string => (typeof word === "string" && word !== "" ? word : JSON.stringify(word));

/** It is none of the texts that are known: what the last arm of a `match` is for. */
export const isAnyOther = (value: Value, holds: boolean): boolean => value.kind === "test" && value.what.startsWith('="') && !holds;

/** It is another one than the word that it is compared with, which is no choice of what it is instead. */
export const isAnotherWord = (value: Value, holds: boolean): boolean =>
  (isAnyOther(value, holds) || (value.kind === "operation" && value.operator === (holds ? "!=" : "=="))) &&
  comparedIn(value).length > 0 &&
  !isOfTruth(value);

/** Of two words the other one is a word, too. */
export const isOfTruth = (value: Value): boolean => comparedIn(value).some((it) => WORDS_OF_TRUTH.has(it.toLowerCase()));

/** Texts that are written down. */
function comparedIn(value: Value): readonly string[] {
  if (value.kind === "test") return value.what.startsWith("=") ? [value.what.slice(1).replaceAll('"', "")] : [];
  return value.kind === "operation" ? value.operands.flatMap(textsIn) : [];
}

function textsIn(value: Value): readonly string[] {
  if (value.kind === "labelled") return textsIn(value.of);
  if (value.kind === "record") return WRAPPING.has(value.type) ? value.fields.flatMap(([, it]) => textsIn(it)) : [];
  return value.kind === "constant" && typeof value.value === "string" ? [value.value] : [];
}
