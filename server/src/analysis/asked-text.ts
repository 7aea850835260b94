/** What a branch asks, in the words in which it is written. */
import type { Span } from "../base/span.ts";
import type { FunctionId } from "../flow/index.ts";
import type { Place as At } from "../flow/summary.ts";
import type { Body, Local, Operation, Place } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import type { Question } from "./questions.ts";
import type { Sites } from "./sites.ts";

/** Every event under a condition asks for its words. */
const texts = new WeakMap<Sites, Map<string, string | undefined>>();

/** Undefined where what is asked is what a variable or field holds, whose value says more, and where a macro asks. */
export function askedText(sites: Sites, at: At): string | undefined {
  const known = texts.get(sites) ?? new Map<string, string | undefined>();
  texts.set(sites, known);
  const key = `${at.in} ${at.span.start}-${at.span.end}`;
  if (!known.has(key)) known.set(key, textAt(sites, at));
  return known.get(key);
}

function textAt(sites: Sites, { in: owner, span }: At): string | undefined {
  const body = sites.flow.callable(owner)?.body;
  if (body === undefined || sites.placeInMacro({ owner }, span) !== undefined) return undefined;
  const asking = BodyIndex.of(body).at(span);
  const text = (it: Operation): string => sites.text(sites.place({ owner }, it.span));
  const test = asking.find((it) => it.kind === "test");
  // `match strict { true => … }` asks no more than `if strict`.
  if (test?.kind === "test" && test.test.kind === "literal" && test.test.literal.type === "bool") return undefined;
  if (test?.kind === "test") return `let ${text(test)} = ${placeText(body, test.place, text)}`;
  const [only] = asking.filter((it) => ASKING.has(it.kind));
  if (only !== undefined) return text(only);
  return body.questions.some((it) => it.decides && isAt(it, span)) ? sites.text(sites.place({ owner }, span)) : undefined;
}

/** What a function asks as a whole. */
export function questionsIn(sites: Sites, owner: FunctionId): readonly Question[] {
  return (sites.flow.questions(owner)?.whole ?? []).flatMap(({ place: at, yes, no }) => {
    const text = askedText(sites, at);
    return text === undefined ? [] : [{ place: sites.place({ owner: at.in }, at.span), text, yes, no }];
  });
}

const isAt = (it: { readonly span: Span }, { start, end }: Operation["span"]): boolean => it.span.start === start && it.span.end === end;

const ASKING: ReadonlySet<Operation["kind"]> = new Set(["binary", "call", "method", "macro"]);

/** A variable by its name, all else as it was made; what a pattern has gone through is in the pattern. */
export function placeText(body: Body, { local, path }: Place, text: (it: Operation) => string): string {
  const [first, ...rest] = path;
  const made = BodyIndex.of(body).definition(local);
  const element = made?.kind === "tuple" && first?.kind === "field" ? made.elements[Number(first.name)] : undefined;
  if (element !== undefined) return placeText(body, { local: element, path: rest }, text);
  const fields = path.flatMap((it) => (it.kind === "field" ? [it.name] : []));
  return [nameOf(body, local, text), ...fields].join(".");
}

function nameOf(body: Body, local: Local, text: (it: Operation) => string): string {
  const name = body.locals[local]?.name;
  if (name !== undefined) return name;
  const made = BodyIndex.of(body).definition(local);
  return made === undefined ? "…" : text(made);
}
