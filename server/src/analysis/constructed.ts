/**
 * What the constructors of one of the program's own types put into a field: whoever is given such a value, and by whom, it holds no other.
 * A type that is read from settings, or has a `Default`, may hold anything.
 */
import { partsOf, type Value } from "../flow/index.ts";
import { isTestCode } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Place } from "../tls/facts.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { type Arm, armsOf } from "./meanings.ts";
import { PartSearch } from "./part-search.ts";
import type { Sites } from "./sites.ts";

export interface Constructed extends Arm {
  /** Where it is written. */
  readonly place: Place | undefined;
}

/** Of a field of what came in; `owner`: whose inputs the value speaks of. */
export function constructedIn(sites: Sites, value: Value, owner: string): readonly Constructed[] {
  const type = value.kind === "part" ? sites.inputType(value.of, owner) : undefined;
  if (value.kind !== "part" || type === undefined) return [];
  const { program } = sites;
  const { read, byDefault, makers } = program.producers.of(type);
  if (read.length + byDefault.length > 0) return [];
  const own = makers.map((it) => ({ it, gives: fieldsOf(sites, it, type, value.name) }));
  const isLeft = own.some(({ gives }) => gives.some((it) => !isWritten(it)));
  if (!isLeft) return own.flatMap(({ gives }) => gives);
  // What one leaves to its callers, of which the program has all, these decide.
  const callers = bodiesNaming(program, new Set([lastOf(type)]))
    .filter((it) => it.kind === "function" && !isTestCode(it) && !makers.includes(program.ids.id(it)))
    .flatMap((it) => fieldsOf(sites, program.ids.id(it), type, value.name));
  const inner = own.flatMap(({ it, gives }) =>
    callers.length > 0 && !program.isExternallyReachable(it) ? gives.filter(isWritten) : gives,
  );
  return [...inner, ...callers];
}

const isWritten = ({ value }: Constructed): boolean => value.kind === "constant" || value.kind === "text";

/** What one of its functions gives that makes such a value, whatever it is given itself. */
function fieldsOf(sites: Sites, maker: string, type: string, field: string): readonly Constructed[] {
  const { flow } = sites;
  const summary = flow.summary(maker);
  if (summary === undefined) return [];
  const given = Array.from({ length: flow.head(maker)?.parameters ?? 0 }, () => flow.values.unknown("what somebody gives"));
  const seen = new Set([flow.with(summary.result, given)]);
  const found: Constructed[] = [];
  for (const it of seen) {
    for (const part of partsOf(it)) seen.add(part);
    if (it.kind !== "record" || it.type !== type) continue;
    const held = it.fields.find(([name]) => name === field)?.[1] ?? flow.values.unknown("field of another value");
    for (const arm of armsOf(held)) found.push({ ...arm, place: writtenAt(sites, maker, field, arm.value) });
  }
  return found;
}

function writtenAt(sites: Sites, owner: string, field: string, wanted: Value): Place | undefined {
  const body = sites.flow.callable(owner)?.body;
  for (const { end } of body?.blocks ?? []) {
    if (body === undefined || end.kind !== "return") continue;
    const [decided] = new PartSearch(sites).decided({ calls: [], owner, body, local: end.value, part: [field], wanted });
    if (decided !== undefined) return sites.place({ owner: decided.owner }, decided.only.span);
  }
  return undefined;
}
