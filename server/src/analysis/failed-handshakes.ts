/**
 * Clients that make another connection where the handshake on one has failed, by the same call, and go on with it as it is: whoever is between
 * can make every handshake fail.
 */
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import type { Place } from "../tls/facts.ts";
import { BodyIndex } from "./body-index.ts";
import { attemptOf, operationsIn, testsIn } from "./missing-settings.ts";
import { nameSpanOf, type Site, type Sites } from "./sites.ts";
import { branchOn, onlyFrom } from "./uses.ts";

/** `site`: a call that leads to TLS on a stream; `upgrades`: all that do. */
export function plainInstead(sites: Sites, site: Site, stream: Local, upgrades: ReadonlySet<Operation>): Place | undefined {
  const { owner, body, operation } = site;
  const first = connecting(body, stream);
  const paths = first === undefined ? [] : pathsOf(sites, owner, first);
  if (paths.length === 0) return undefined;
  for (const { test, block, side, ofOption } of testsIn(body)) {
    const branch = attemptOf(body, test.place, ofOption) === operation ? branchOn(body, test.to, block) : undefined;
    if (branch === undefined) continue;
    const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
    const done = operationsIn(body, onlyFrom(body, failing, succeeding, block));
    const again = done.find((it) => it !== first && pathsOf(sites, owner, it).some((path) => paths.includes(path)));
    // Another try is one with TLS, too.
    if (again !== undefined && !done.some((it) => upgrades.has(it))) return sites.place({ owner }, nameSpanOf(again));
  }
  return undefined;
}

/** What has made the stream, if it could be made. */
function connecting(body: Body, stream: Local): Operation | undefined {
  const index = BodyIndex.of(body);
  const seen = new Set([stream]);
  for (const local of seen) {
    const made = index.definition(local);
    if (made?.kind === "call" || made?.kind === "method") return made;
    if (made?.kind === "copy") seen.add(made.from.local);
    else if (made?.kind === "reference") seen.add(made.place.local);
    else if (made?.kind === "await") seen.add(made.operand);
  }
  return undefined;
}

const pathsOf = (sites: Sites, owner: string, operation: Operation): readonly string[] =>
  operation.kind === "call" || operation.kind === "method"
    ? sites.called(owner, operation).flatMap((it) => (it.kind === "external" ? it.path : it.kind === "function" ? it.id : []))
    : [];
