/** Programs that ask for the verdict of the verification, and never whether there was a certificate: of a client without one it is good. */
import type { CanonicalPath } from "../models/model.ts";
import type { Local, Operation } from "../rust/bodies/index.ts";
import type { CallEvent } from "./call-event.ts";
import { demandsOf } from "./peer-reads.ts";
import type { Records } from "./records.ts";
import type { Site, Sites } from "./sites.ts";
import { usesOf } from "./uses.ts";

/** A verdict that is compared with the one where all is well. */
export function noteVerdictRead({ records, statement, root, chain, own, written }: CallEvent): void {
  const good = statement.hit?.of.tellsVerdict;
  if (good === undefined || !isCompared(records, chain, good)) return;
  records.verdictReads.push({ place: own, call: written, path: root.path });
}

/** A client always has its server's certificate: only of programs that do nothing but serve. */
export function stateVerdictsAlone({ verdictReads, peerReads, objects, loose }: Records): void {
  const demanded = demandsOf(objects.all);
  if (demanded.length === 0 || demanded.includes("required") || peerReads.length > 0) return;
  if (objects.all.some(({ role }) => role === "client")) return;
  for (const { place, call, path } of verdictReads)
    loose.push({ fact: { kind: "peer-certificate", use: "unasked", call }, place, related: [], path, draft: -1 });
}

/** By the function that asks, or by one that is given what it asked. */
function isCompared({ sites, models }: Records, chain: readonly Site[], good: CanonicalPath): boolean {
  for (const site of [...chain].reverse()) {
    const all = held(site);
    const uses = all.flatMap((local) => usesOf(site.body, local));
    if (
      uses.some(
        ({ operation }) => operation !== undefined && comparedWith(sites, site, operation, all).some((it) => models.canonical(it) === good),
      )
    )
      return true;
    const { blocks } = site.body;
    if (!blocks.some(({ end }) => end.kind === "return" && all.includes(end.value))) return false;
  }
  return false;
}

/** The locals that have it as it is. */
function held({ body, operation }: Site): readonly Local[] {
  const all = [operation.to];
  for (const local of all)
    for (const { operation: it } of usesOf(body, local)) if (it !== undefined && isWhole(it) && !all.includes(it.to)) all.push(it.to);
  return all;
}

const isWhole = (it: Operation): boolean =>
  (it.kind === "copy" && it.from.path.every(({ kind }) => kind === "dereference")) ||
  (it.kind === "reference" && it.place.path.length === 0);

/** The paths of the constants that an operation compares one of these with. */
function comparedWith(sites: Sites, { owner, body }: Site, it: Operation, all: readonly Local[]): readonly string[] {
  if (it.kind === "test") return it.test.kind === "path" ? pathOf(sites, owner, it.test.path) : [];
  if (it.kind !== "binary" || (it.operator !== "==" && it.operator !== "!=")) return [];
  const other = all.includes(it.left) ? it.right : it.left;
  return body.blocks.flatMap(({ operations }) =>
    operations.flatMap((one) => (one.to === other && one.kind === "path" ? pathOf(sites, owner, one.path) : [])),
  );
}

function pathOf(sites: Sites, owner: Site["owner"], path: Extract<Operation, { readonly kind: "path" }>["path"]): readonly string[] {
  const target = sites.program.names.path(owner, path);
  return target?.kind === "external" ? [target.path] : [];
}
