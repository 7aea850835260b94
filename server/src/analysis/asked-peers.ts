/** What becomes of the peer's certificate where it is asked for: nobody looks at it, or its absence is a panic. */
import { effectiveEvents } from "../reading/effective-events.ts";
import type { Local } from "../rust/bodies/index.ts";
import { usesOf } from "./attempts.ts";
import type { Records } from "./records.ts";
import type { Site } from "./sites.ts";

export function stateAskedPeers({ asked, objects, loose }: Records): void {
  const demanded = objects.all.flatMap((object) =>
    effectiveEvents(object).flatMap(({ facts }) =>
      [...(facts.server ?? []), ...facts.any].flatMap((fact) => (fact.kind === "client-authentication" ? [fact.mode] : [])),
    ),
  );
  for (const { site, place, call, path } of asked) {
    const use = isDropped(site) ? "dropped" : demanded.includes("optional") && isAssumed(site) ? "assumed" : undefined;
    if (use !== undefined) loose.push({ fact: { kind: "peer-certificate", use, call }, place, related: [], path, draft: -1 });
  }
}

/** Methods that hand on what they are called on, and those that hand on something of it, present or not. */
const SAME: ReadonlySet<string> = new Set(["clone", "cloned", "as_ref", "as_deref", "ok"]);
const CARRYING: ReadonlySet<string> = new Set([...SAME, "map", "and_then"]);
const PANICKING: ReadonlySet<string> = new Set(["unwrap", "expect"]);

const isDropped = ({ body, operation }: Site): boolean =>
  handedOn(body, operation.to, SAME).every((local) => usesOf(body, local).every(({ operation: it }) => isHandedOn(it, SAME)));

const isAssumed = ({ body, operation }: Site): boolean =>
  handedOn(body, operation.to, CARRYING).some((local) =>
    usesOf(body, local).some(({ operation: it }) => it.kind === "method" && PANICKING.has(it.name)),
  );

type Used = ReturnType<typeof usesOf>[number]["operation"];

const isHandedOn = (it: Used, through: ReadonlySet<string>): boolean =>
  it.kind === "await" || it.kind === "reference" || (it.kind === "method" && through.has(it.name));

/** The value, and what such methods make of it. */
function handedOn(body: Site["body"], first: Local, through: ReadonlySet<string>): readonly Local[] {
  const all = [first];
  for (const local of all)
    for (const { operation } of usesOf(body, local))
      if (isHandedOn(operation, through) && !all.includes(operation.to)) all.push(operation.to);
  return all;
}
