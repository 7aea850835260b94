/** What of its inputs a function uses for TLS. */
import { CONFIGURED, IS_GIVEN, type Value } from "../flow/index.ts";
import type { Effect } from "../models/model.ts";
import { partsIn } from "./given-out.ts";
import { isStatement } from "./model-rows.ts";
import type { Records, Root } from "./records.ts";

/** What a program is configured with is known by its name. */
export function keyOf(value: Value): Value | string {
  const [name] = value.kind === "apply" && (value.callee === IS_GIVEN || value.callee === CONFIGURED) ? value.arguments : [];
  return name?.kind === "constant" ? `${name.value}` : value;
}

/** What its own certificates and keys and those of its authorities are made of. */
export const credentialsOf = (records: Records, root: Root["id"]): ReadonlySet<Value | string> =>
  toldIn(records, root, (effects) => effects.some(isOfCredentials));

/** All that models of libraries are told, but for where to listen. */
export const usedForTls = (records: Records, root: Root["id"]): ReadonlySet<Value | string> =>
  toldIn(records, root, (effects) => !effects.some((it) => it.kind === "listens"));

function toldIn({ sites }: Records, root: Root["id"], isMeant: (effects: readonly Effect[]) => boolean): ReadonlySet<Value | string> {
  const told = (sites.flow.summary(root)?.events ?? []).flatMap((event) =>
    event.kind === "effect" && isStatement(event.data) && isMeant(event.data.hit?.of.effects ?? []) ? event.with : [],
  );
  return new Set([...partsIn(told)].flatMap((it) => [it, keyOf(it)]));
}

const isOfCredentials = (it: Effect): boolean =>
  it.kind === "loads" || it.kind === "trusts" || (it.kind === "takes" && CREDENTIALS.has(it.part));

const CREDENTIALS: ReadonlySet<string> = new Set(["trust-store", "certificates", "private-key"]);
