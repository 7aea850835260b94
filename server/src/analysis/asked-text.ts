/** What a branch asks, in the words in which it is written. */
import type { Place as At } from "../flow/summary.ts";
import type { Body, Local, Operation, Place } from "../rust/bodies/index.ts";
import type { Sites } from "./sites.ts";

/** Undefined where what is asked is what a variable or field holds, whose value says more, and where a macro asks. */
export function askedText(sites: Sites, { in: owner, span }: At): string | undefined {
  const body = sites.flow.callable(owner)?.body;
  if (body === undefined || sites.placeInMacro({ owner }, span) !== undefined) return undefined;
  const asking = body.blocks.flatMap(({ operations }) => operations).filter((it) => it.span === span || isAt(it, span));
  const text = (it: Operation): string => sites.text(sites.place({ owner }, it.span));
  const test = asking.find((it) => it.kind === "test");
  // `match strict { true => … }` asks no more than `if strict`.
  if (test?.kind === "test" && test.test.kind === "literal" && test.test.literal.type === "bool") return undefined;
  if (test?.kind === "test") return `let ${text(test)} = ${placeText(body, test.place, text)}`;
  const [only] = asking.filter((it) => ASKING.has(it.kind));
  return only === undefined ? undefined : text(only);
}

const isAt = (it: Operation, { start, end }: Operation["span"]): boolean => it.span.start === start && it.span.end === end;

const ASKING: ReadonlySet<Operation["kind"]> = new Set(["binary", "call", "method", "macro"]);

/** A variable by its name, all else as it was made; what a pattern has gone through is in the pattern. */
function placeText(body: Body, { local, path }: Place, text: (it: Operation) => string): string {
  const fields = path.flatMap((it) => (it.kind === "field" ? [it.name] : []));
  return [nameOf(body, local, text), ...fields].join(".");
}

function nameOf(body: Body, local: Local, text: (it: Operation) => string): string {
  const name = body.locals[local]?.name;
  if (name !== undefined) return name;
  const made = body.blocks.flatMap(({ operations }) => operations).find((it) => it.to === local && it.kind !== "store");
  return made === undefined ? "…" : text(made);
}
