/** Every server and client configuration of the workspace, in code and in front of it: what it requires, where that is said, and what it loads. */
import { breath, looksLikePath } from "../../project/index.ts";
import type { Endpoint, Fact, Guard, Place } from "../../tls/facts.ts";
import type { Finding } from "../api.ts";
import { endpointFacts } from "../code/endpoint-words.ts";
import { lintedUnit } from "../code/linted-unit.ts";
import { purposeGuards } from "../purpose.ts";
import { redactionOf } from "../redaction.ts";
import type { Listed, ListedEndpoint, ListedFact, Page } from "./api.ts";
import { listedFinding, type OverviewContext } from "./context.ts";

interface Found {
  readonly endpoint: Endpoint & { readonly sort: ListedEndpoint["sort"] };
  readonly purpose: ListedEndpoint["purpose"];
}

export async function listEndpoints(
  context: OverviewContext,
  { from, count }: Page,
  signal: AbortSignal | undefined,
): Promise<Listed<ListedEndpoint>> {
  const all = [...(await inCode(context, signal)), ...(await inFront(context))].sort(inOrder);
  const items: ListedEndpoint[] = [];
  const pause = breath(signal);
  for (const found of all.slice(from, from + count)) {
    await pause.take();
    items.push(await listed(found, context, signal));
  }
  return { total: all.length, items };
}

/** One call may make several, each in its way; and what several units see of one is said once. */
async function inCode({ workspace, listing }: OverviewContext, signal: AbortSignal | undefined): Promise<readonly Found[]> {
  const pause = breath(signal);
  const seen = new Set<Endpoint>();
  const found = new Map<string, Found>();
  for (const file of await listing.rust())
    for (const unit of (await workspace.rust.holding(file, signal)) ?? []) {
      await pause.take();
      for (const { endpoint } of (await lintedUnit(workspace, unit, signal))?.observations ?? []) {
        if (endpoint === undefined || seen.has(endpoint) || !isWhole(endpoint)) continue;
        seen.add(endpoint);
        const of = unit.file(endpoint.place.file);
        const purpose = of?.entry.testCode === true ? "test" : of?.example === undefined ? undefined : "example";
        found.set(keyOf(endpoint), { endpoint, purpose });
      }
    }
  return [...found.values()].filter(({ endpoint }) => endpointFacts(endpoint).facts.length > 0);
}

async function inFront({ workspace, edges }: OverviewContext): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const endpoint of new Set((await edges.observations()).map((it) => it.endpoint))) {
    if (endpoint === undefined || !isWhole(endpoint) || endpointFacts(endpoint).facts.length === 0) continue;
    found.push({ endpoint, purpose: purposeOf(await purposeGuards(workspace, endpoint.place.file)) });
  }
  return found;
}

const purposeOf = (guards: readonly Guard[]): ListedEndpoint["purpose"] =>
  guards.some((it) => it.kind === "test") ? "test" : guards.some((it) => it.kind === "example") ? "example" : undefined;

/** What is a part of another configuration is said of that. */
const isWhole = (endpoint: Endpoint): endpoint is Found["endpoint"] =>
  endpoint.sort === "listener" || (endpoint.sort === "configuration" && !endpoint.usedBy.some((it) => it.sort === "configuration"));

const keyOf = (endpoint: Endpoint): string => {
  const { file, span } = endpoint.place;
  const facts = endpointFacts(endpoint).facts.map(({ words, conditions }) => [words, conditions]);
  return JSON.stringify([file, span.start, span.end, endpoint.crate, facts]);
};

function inOrder(a: Found, b: Found): number {
  return rankOf(a) - rankOf(b) || compared(a.endpoint.place.file, b.endpoint.place.file) || startOf(a) - startOf(b);
}

const rankOf = ({ endpoint, purpose }: Found): number => Number(purpose !== undefined) * 2 + Number(roleOf(endpoint) === "client");
const startOf = ({ endpoint }: Found): number => endpoint.place.span.start;
const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What listens is a server. */
const roleOf = (endpoint: Endpoint): Endpoint["role"] => {
  const { role } = endpointFacts(endpoint);
  return role === "unknown" && endpoint.sort === "listener" ? "server" : role;
};

async function listed({ endpoint, purpose }: Found, context: OverviewContext, signal: AbortSignal | undefined): Promise<ListedEndpoint> {
  const { place, sort, crate: made } = endpoint;
  const { facts } = endpointFacts(endpoint);
  const places = [place, ...facts.map(({ observation }) => observation.place)];
  const redact = redactionOf(
    (await context.text(place.file)) ?? "",
    facts.flatMap(({ words, conditions }) => [words, ...conditions]),
  );
  const findings: Finding[] = [];
  for (const file of new Set(places.map((it) => it.file))) findings.push(...(await context.lint(file, signal)).findings);
  return {
    place,
    role: roleOf(endpoint),
    sort,
    made,
    ...(purpose !== undefined && { purpose }),
    facts: facts.map(({ observation, words, conditions }) => ({
      kind: observation.fact.kind,
      value: wordOf(observation.fact),
      words: redact(words),
      conditions: conditions.map(redact),
      byDefault: observation.byDefault,
      place: observation.place,
    })),
    files: await filesOf(endpoint, context),
    findings: findings.filter((it) => places.some((at) => isAt(it.place, at))).map(listedFinding),
  };
}

/** Of a block a finding marks the line that opens it. */
const isAt = (a: Place, b: Place): boolean => a.file === b.file && a.span.start === b.span.start;

async function filesOf(endpoint: Endpoint, { uses }: OverviewContext): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const { observation } of endpointFacts(endpoint).facts) {
    const { fact, place } = observation;
    const from = fact.kind === "trust" || fact.kind === "revocation" ? fact.from : undefined;
    const file = from !== undefined && looksLikePath(from) ? await uses.resolve(from, place.file) : undefined;
    if (file !== undefined) found.add(file);
  }
  return [...found];
}

/** Of what hovers say something about. */
function wordOf(fact: Fact): ListedFact["value"] {
  switch (fact.kind) {
    case "listener":
      return fact.transport;
    case "client-transport":
      return fact.tls ? "tls" : "plaintext";
    case "database-tls":
    case "client-authentication":
      return fact.mode;
    case "upgrade":
      return fact.demand;
    case "minimum-version":
    case "maximum-version":
      return fact.version;
    case "verifier":
      return fact.judgement;
    case "trust":
      return fact.anchors;
    case "revocation":
      return fact.lists;
    case "early-data":
      return fact.bytes > 0 ? "on" : "off";
    case "server-verification":
    case "hostname-verification":
    case "validity-check":
    case "key-log":
      return fact.enabled ? "on" : "off";
    default:
      return "";
  }
}
