/** A server's TLS that needs several options, in a function that goes on without it where one of them is missing. */
import { firstOf } from "../base/first-of.ts";
import type { Condition, Value } from "../flow/index.ts";
import type { HalfConfigured, Place } from "../tls/facts.ts";
import { pathsOf } from "./conditions.ts";
import { halved, state } from "./fail-open-facts.ts";
import { type Half, halfOf } from "./half-configured.ts";
import { halvesIn } from "./half-identities.ts";
import type { ModelObject } from "./model-object.ts";
import { type Atom, exclude, type Path } from "./path-conditions.ts";
import { askerOf, type Records, type Root } from "./records.ts";
import { inputsOf } from "./roots.ts";
import { ERR } from "./std-names.ts";
import { keyOf, usedForTls } from "./used-for-tls.ts";

/** What is served in plaintext then, if anything, nobody has to know: TLS was configured, and there is none. */
export function stateHalfServer(records: Records, object: ModelObject): void {
  const origin = isServer(object) ? records.origins.get(object) : undefined;
  const found = origin && firstOf(origin.paths, (path) => halfUnder(records, origin.root, path));
  const [at] = found?.half.asked ?? [];
  if (origin === undefined || found === undefined || at === undefined || isTold(records, origin.root, found.half)) return;
  const draft = records.drafts.findIndex((it) => it.object === object);
  const { cause, related = [] } = halved(found.half, at);
  // What the program asks is what the finding is about.
  const path = found.path.filter(({ guard }) => guard !== undefined && guard.kind !== "condition");
  if (draft >= 0) state(object, at, draft, { loses: "tls", cause: { ...cause, isOff: true }, related, path });
}

function halfUnder(records: Records, root: Root["id"], path: Path): { readonly half: Half; readonly path: Path } | undefined {
  const halves = halvesIn(path);
  const used = halves.length === 0 ? new Set() : usedForTls(records, root);
  const isUsed = (it: Value): boolean => used.has(it) || used.has(keyOf(it));
  const servers = records.objects.all.filter((it) => isServer(it) && records.origins.get(it)?.root === root);
  const others = servers.flatMap((it) => records.origins.get(it)?.paths ?? []);
  const half = firstOf(halves, (it) => {
    const missing = it.find(({ option }) => option?.given === false)?.option?.of;
    if (missing === undefined || !isUsed(missing) || !others.every((other) => exclude(other, it)) || !goesOn(records, root, it))
      return undefined;
    const isOfBoth = ({ option }: Atom): boolean => option === undefined || option.of === missing || isBeside(option.of, missing);
    return halfOf(records, root, it.filter(isOfBoth), path.filter(isOfBoth));
  });
  return half && { half, path };
}

/** Settings that are kept together. */
const isBeside = (a: Value, b: Value): boolean =>
  a.kind === "part" ? b.kind === "part" && a.of === b.of : a.kind === "input" && b.kind === "input";

const isServer = ({ role, sort }: ModelObject): boolean => role === "server" && sort === "configuration";

/** It returns, and no error. */
function goesOn(records: Records, root: Root["id"], half: Path): boolean {
  const { flow } = records.sites;
  const summary = flow.summary(root);
  const asker = askerOf(records, root, inputsOf(flow, root), NOWHERE);
  const isPossible = (it: Condition): boolean => pathsOf(it, asker).some((path) => !exclude(path, half));
  if (summary === undefined || !isPossible(summary.returns)) return false;
  const { result } = summary;
  return (
    result.kind !== "alternatives" ||
    result.of.some((it) => !(it.value.kind === "record" && it.value.type === ERR) && isPossible(it.condition))
  );
}

/** What is served in plaintext then has been told of, or where that is decided. */
const isTold = ({ objects, origins }: Records, root: Root["id"], { of }: Half): boolean =>
  objects.all.some(
    (it) =>
      origins.get(it)?.root === root &&
      it.events.some(({ facts }) =>
        facts.any.some((fact) => fact.kind === "fail-open" && fact.cause.kind === "half" && isSame(fact.cause, of)),
      ),
  );

/** Either of them may be the one that is missing. */
const isSame = (a: HalfConfigured, b: HalfConfigured): boolean => [a.given, a.missing].every((it) => it === b.given || it === b.missing);

const NOWHERE: Place = { file: "", span: { start: 0, end: 0 } };
