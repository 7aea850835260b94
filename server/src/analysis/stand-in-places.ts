/** Where it is written what stands in for a setting that is missing: `get_flag("verify")?.unwrap_or(false)`, whoever is given what that gives. */
import { type FunctionId, partsOf, type Value } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { DEEPEST_VALUE } from "../rust/bounds.ts";
import { lastOf } from "../rust/last-of.ts";
import { BodyIndex } from "./body-index.ts";
import type { Decided } from "./decisions.ts";
import { INSTEAD } from "./instead.ts";
import { isLiteral } from "./literals.ts";
import type { Sites } from "./sites.ts";

type Call = Value & { readonly kind: "apply" };
type Method = Extract<Operation, { readonly kind: "method" }>;

/** Of a value in a function, which it or the nearest that it calls has made: none where more than one of their calls may be meant. */
export function standInsFor(sites: Sites, owner: FunctionId, value: Value): readonly Decided[] {
  const [call] = callsIn(value).filter((it) => INSTEAD.has(it.callee));
  if (call === undefined) return [];
  const seen = new Set<FunctionId>();
  for (let level: readonly FunctionId[] = [owner]; level.length > 0 && seen.size < MOST_BODIES; ) {
    for (const it of level) seen.add(it);
    const found = level.flatMap((it) => standInsIn(sites, it, call));
    if (found.length > 0) return found.length === 1 ? found : [];
    level = [...new Set(level.flatMap((it) => calledBy(sites, it)))].filter((it) => !seen.has(it));
  }
  return [];
}

/** Bodies in which it is looked for: what a setting is asked for by stands near where it decides. */
const MOST_BODIES = 64;

const calledBy = (sites: Sites, owner: FunctionId): readonly FunctionId[] =>
  (sites.flow.callable(owner)?.body.blocks ?? []).flatMap(({ operations }) =>
    operations.flatMap((it) =>
      it.kind === "method" || it.kind === "call"
        ? sites.called(owner, it).flatMap((target) => (target.kind === "function" ? [target.id] : []))
        : [],
    ),
  );

function standInsIn(sites: Sites, owner: FunctionId, call: Call): readonly Decided[] {
  const body = sites.flow.callable(owner)?.body;
  if (body === undefined) return [];
  const [missing, instead] = call.arguments;
  const asked = missing === undefined ? [] : callsIn(missing).filter((it) => keyIn(it) !== undefined);
  return body.blocks.flatMap(({ operations }) =>
    operations.flatMap((it) => {
      const only = isCallOf(it, call) ? BodyIndex.of(body).definition(it.arguments[0] ?? -1) : undefined;
      const isMeant =
        only !== undefined && isLiteral(only, instead) && isCallOf(it, call) && asked.every((one) => comesFrom(it, one, body));
      return isMeant ? [{ calls: [], owner, body, local: only.to, part: [], wanted: instead, only }] : [];
    }),
  );
}

const isCallOf = (it: Operation, { callee }: Call): it is Method => it.kind === "method" && `.${it.name}` === callee;

function callsIn(whole: Value): readonly Call[] {
  const seen = new Set([whole]);
  for (const it of seen) for (const part of partsOf(it)) seen.add(part);
  return [...seen].flatMap((it) => (it.kind === "apply" ? [it] : []));
}

/** The name that a setting is asked for by. */
const keyIn = ({ arguments: all }: Call): Value | undefined => all.find((it) => it.kind === "constant" && typeof it.value === "string");

/** Whether what a method is called on was asked for so. */
function comesFrom({ receiver }: Method, call: Call, body: Body): boolean {
  const key = keyIn(call);
  const index = BodyIndex.of(body);
  let local: Local | undefined = receiver.local;
  for (let depth = 0; local !== undefined && depth < DEEPEST_VALUE; depth++) {
    const made: Operation | undefined = index.definition(local);
    if (made?.kind === "method" && made.name === lastOf(call.callee).replace(/^\./, ""))
      return made.arguments.some((it) => isLiteral(index.definition(it), key));
    local = made && sourceOf(made);
  }
  return false;
}

function sourceOf(made: Operation): Local | undefined {
  switch (made.kind) {
    case "copy":
      return made.from.local;
    case "reference":
      return made.place.local;
    case "await":
    case "cast":
      return made.operand;
    case "method":
      return made.receiver.local;
    default:
      return undefined;
  }
}
