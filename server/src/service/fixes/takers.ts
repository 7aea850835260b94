/** Who may take a fix: anybody unseen, whoever has looked at it, whoever names what it lacks, or whoever wants what it makes. */
import type { CrateModel } from "../../models/model.ts";
import type { Lacking, SpelledFix } from "../../remedies/index.ts";
import { holding, users } from "../../rules/evidence.ts";
import type { Remedy } from "../../rules/rule.ts";
import type { FactKind, Observation } from "../../tls/facts.ts";
import type { Fix } from "../api.ts";

export interface Takers {
  readonly applicability: Fix["applicability"];
  /** Why it is offered to fewer than its rule says. */
  readonly because?: string;
}

export function takersOf(
  { lacks }: Pick<SpelledFix, "lacks">,
  observation: Observation,
  wanted: Remedy["applicability"],
  models: readonly CrateModel[],
): Takers {
  if (wanted === "choice") return { applicability: wanted };
  // A client that connects today would stop at a file that nobody has.
  const unknown = lacks.find((it) => OF_SERVERS.has(it.of));
  if (unknown !== undefined) return { applicability: "input", because: OF_SERVERS.get(unknown.of) ?? "" };
  if (judgesServer(observation) && observation.guards.some((it) => it.kind === "test" || it.kind === "example"))
    return {
      applicability: "choice",
      because: "tests and examples often connect to servers that sign for themselves: trust that certificate",
    };
  if (judgesServer(observation) && connectsToSelfSigned(observation, models))
    return {
      applicability: "choice",
      because: "most of these servers sign for themselves: have users name a CA, add it to the trust store, and verify then",
    };
  // What holds under a condition, or was guessed, is changed by nobody unseen.
  return { applicability: observation.guessed || observation.guards.length > 0 ? "review" : wanted };
}

const OF_SERVERS: ReadonlyMap<Lacking, string> = new Map([
  ["server-ca", "only you know which CA issued your servers' certificates: set `server-ca` to its file"],
  ["server-crl", "only you know which CA issued your servers' certificates: load its revocation list"],
]);

/** Whether the fix changes which servers the client connects to. */
const judgesServer = ({ fact }: Observation): boolean =>
  OF_PEERS.has(fact.kind) || (fact.kind === "verifier" && fact.verifies === "server");
const OF_PEERS: ReadonlySet<FactKind> = new Set(["server-verification", "hostname-verification", "database-tls", "upstream"]);

/** Of an endpoint, or what it is handed to, the crate says so, and no CA is added to it. */
function connectsToSelfSigned({ endpoint }: Observation, models: readonly CrateModel[]): boolean {
  const all = endpoint === undefined ? [] : [endpoint, ...users(endpoint)];
  const isAnchored = all.some((it) => holding(it, "trust").some(({ fact }) => fact.anchors === "loaded" || fact.anchors === "unknown"));
  return !isAnchored && all.some((it) => models.some(({ crate, selfSigned }) => crate === it.crate && selfSigned === true));
}
