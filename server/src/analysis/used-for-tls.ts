/** What of its inputs a function uses for TLS. */
import { CONFIGURED, IS_GIVEN, type Value } from "../flow/index.ts";
import { partsIn } from "./given-out.ts";
import { isStatement } from "./model-rows.ts";
import type { Records, Root } from "./records.ts";

/** What a program is configured with is known by its name. */
export function keyOf(value: Value): Value | string {
  const [name] = value.kind === "apply" && (value.callee === IS_GIVEN || value.callee === CONFIGURED) ? value.arguments : [];
  return name?.kind === "constant" ? `${name.value}` : value;
}

/** All that models of libraries are told, but for where to listen. */
export function usedForTls({ sites }: Records, root: Root["id"]): ReadonlySet<Value | string> {
  const told = (sites.flow.summary(root)?.events ?? []).flatMap((event) => {
    const effects = event.kind === "effect" && isStatement(event.data) ? (event.data.hit?.of.effects ?? []) : undefined;
    return event.kind !== "effect" || effects === undefined || effects.some((it) => it.kind === "listens") ? [] : event.with;
  });
  return new Set([...partsIn(told)].flatMap((it) => [it, keyOf(it)]));
}
