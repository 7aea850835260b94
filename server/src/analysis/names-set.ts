/** Names that a peer must have, set by code that no model knows: what is called so does what OpenSSL's functions of that name do. */
import type { OpenCall } from "../flow/index.ts";
import type { Fact } from "../tls/facts.ts";
import { pathsOf } from "./conditions.ts";
import { NAMES_HOST } from "./lexicon.ts";
import { extend } from "./path-conditions.ts";
import { askerOf, type Records, type Root } from "./records.ts";

const NAMED: Fact = { kind: "hostname-verification", enabled: true, named: true };

/** A function that came in is called with the configuration. */
export function namesHost(records: Records, root: Root, { call, condition, key }: OpenCall): void {
  const [callee, first] = call.kind === "apply" && call.callee === "" ? call.arguments : [];
  if (callee?.kind !== "input" || first === undefined || !NAMES_HOST.test(root.inputs[callee.index] ?? "")) return;
  const site = records.sites.chain(key).at(-1);
  if (site === undefined) return;
  const place = records.sites.named(site);
  for (const { object } of records.objects.within(first, { root: root.id, place }))
    if (object.sort === "configuration")
      for (const it of pathsOf(condition, askerOf(records, root.id, root.inputs, place))) {
        const path = extend(root.path, it);
        if (path !== undefined)
          object.events.push({ kind: NAMED.kind, facts: { any: [NAMED] }, place, related: [], path, byDefault: false, draft: -1 });
      }
}
