/** TLS that needs several options, and is left out where only one of them is given: whoever gave that one meant TLS. */
import { CONFIGURED, IS_GIVEN, partsOf, type Value } from "../flow/index.ts";
import type { HalfConfigured } from "../tls/facts.ts";
import { isStatement } from "./model-rows.ts";
import type { Path } from "./path-conditions.ts";
import type { Records, Root } from "./records.ts";

/** `path`: under which the program does without TLS; `secured`: under which it has it. */
export function halfOf(records: Records, root: Root["id"], path: Path, secured: Path): HalfConfigured | undefined {
  const asked = path.flatMap(({ option, group }) =>
    option !== undefined && secured.some((it) => it.group === group && it.option?.given) ? [option] : [],
  );
  const missing = asked.find((it) => !it.given);
  if (missing === undefined) return undefined;
  // What holds the one that is missing was given for other things, too.
  const given = asked.filter((it) => it.given && !partsIn([missing.of]).has(it.of));
  const used = given.length === 0 ? undefined : usedForTls(records, root);
  const meant = given.find(({ of }) => used?.has(keyOf(of)) === true);
  return meant && { given: meant.text, missing: missing.text };
}

/** What a program is configured with is known by its name. */
function keyOf(value: Value): Value | string {
  const [name] = value.kind === "apply" && (value.callee === IS_GIVEN || value.callee === CONFIGURED) ? value.arguments : [];
  return name?.kind === "constant" ? `${name.value}` : value;
}

/** All that models of libraries are told, but for where to listen. */
function usedForTls({ sites }: Records, root: Root["id"]): ReadonlySet<Value | string> {
  const told = (sites.flow.summary(root)?.events ?? []).flatMap((event) => {
    const effects = event.kind === "effect" && isStatement(event.data) ? (event.data.hit?.of.effects ?? []) : undefined;
    return event.kind !== "effect" || effects === undefined || effects.some((it) => it.kind === "listens") ? [] : event.with;
  });
  return new Set([...partsIn(told)].flatMap((it) => [it, keyOf(it)]));
}

function partsIn(values: readonly Value[]): ReadonlySet<Value> {
  const found = new Set(values);
  for (const it of found) for (const part of partsOf(it)) found.add(part);
  return found;
}
