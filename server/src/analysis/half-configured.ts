/** TLS that needs several options, and is left out where only one of them is given: whoever gave that one meant TLS. */
import { CONFIGURED, partsOf, type Value } from "../flow/index.ts";
import type { HalfConfigured } from "../tls/facts.ts";
import { isStatement } from "./model-rows.ts";
import type { Path } from "./path-conditions.ts";
import type { Records, Root } from "./records.ts";

/** `path`: under which the program does without TLS; `secured`: under which it has it. */
export function halfOf(records: Records, root: Root["id"], path: Path, secured: Path): HalfConfigured | undefined {
  const missing = path.find(({ option, group }) => option?.given === false && secured.some((it) => it.group === group && it.option?.given));
  const given = path.filter(({ option, group }) => option?.given && secured.some((it) => it.group === group && it.option?.given));
  if (missing?.option === undefined || given.length === 0) return undefined;
  const used = usedForTls(records, root);
  const meant = given.find(({ option }) => option !== undefined && used.has(keyOf(option.of)));
  return meant?.option && { given: meant.option.text, missing: missing.option.text };
}

/** What a program is configured with is known by its name. */
function keyOf(value: Value): Value | string {
  const [name] = value.kind === "apply" ? value.arguments : [];
  return name?.kind === "constant" ? `${name.value}` : value;
}

/** All that models of libraries are told, but for where to listen. */
function usedForTls({ sites }: Records, root: Root["id"]): ReadonlySet<Value | string> {
  const used = new Set<Value>();
  for (const event of sites.flow.summary(root)?.events ?? []) {
    if (event.kind !== "effect" || !isStatement(event.data)) continue;
    if (event.data.hit?.of.effects?.some((it) => it.kind === "listens") !== true) for (const it of event.with) used.add(it);
  }
  for (const it of used) for (const part of partsOf(it)) used.add(part);
  return new Set([...used].flatMap((it) => (it.kind === "apply" && it.callee === CONFIGURED ? [it, keyOf(it)] : [it])));
}
