/** Who may take a fix: anybody unseen where nobody is locked out by it, whoever has looked at it, whoever names what it lacks, or whoever wants what it makes. */
import type { CrateModel } from "../../models/model.ts";
import type { Lacking, SpelledFix } from "../../remedies/index.ts";
import { holding, users } from "../../rules/evidence.ts";
import type { Remedy } from "../../rules/rule.ts";
import { losesNothing } from "../../rules/wants.ts";
import type { FactKind, Observation } from "../../tls/facts.ts";
import type { Fix } from "../api.ts";
import type { AddedPanics } from "./panicking.ts";

export interface Takers {
  readonly applicability: Fix["applicability"];
  /** Why it is offered to fewer than its rule says. */
  readonly because?: string;
}

/** A fix as it would be made. */
interface Proposal extends Pick<SpelledFix, "lacks"> {
  readonly isExplained: boolean;
  readonly panics: AddedPanics | undefined;
  /** What nothing would read or make any more. */
  readonly stranded: readonly string[];
}

export function takersOf(
  { lacks, isExplained, panics, stranded }: Proposal,
  observation: Observation,
  { want, isChoice }: Remedy,
  models: readonly CrateModel[],
): Takers {
  if (isChoice === true) return { applicability: "choice" };
  // Whoever connects today would stop at a file that nobody has, and most programs have a setting that names it.
  const [lacking] = lacks;
  if (lacking !== undefined) return { applicability: "input", because: ONLY_YOU_KNOW[lacking.of] };
  if (isTried(observation))
    return {
      applicability: "choice",
      because: "servers of tests and examples mostly have no certificate that clients trust: add it to the trust store",
    };
  if (judgesServer(observation) && connectsToPrivateAuthorities(observation, models))
    return {
      applicability: "choice",
      because: "most of these servers have a private CA: have users name it, add it to the trust store, and verify then",
    };
  // It was decided by somebody who had one.
  if (isExplained)
    return { applicability: "choice", because: "a comment beside it gives a reason: change it if the reason no longer holds" };
  if (panics?.isFirst === true)
    return { applicability: "choice", because: "the function returns no error: let it return one, or accept that it panics" };
  const [unread] = stranded;
  if (unread !== undefined) return { applicability: "choice", because: `${unread} would be left without a use: decide what becomes of it` };
  // What holds under a condition, or was guessed, is changed by nobody unseen.
  const isCertain = !observation.guessed && observation.guards.length === 0;
  return { applicability: isCertain && losesNothing(want.kind) ? "safe" : "review" };
}

const ONLY_YOU_KNOW: Readonly<Record<Lacking, string>> = {
  "client-ca": "only you know which CA issued your clients' certificates: set `client-ca` to its file",
  "server-ca": "only you know which CA issued your servers' certificates: set `server-ca` to its file",
  crl: "only you know where the revocation list of your client CA is: set `crl` to its file",
  "server-crl": "only you know where the revocation list of your servers' CA is",
  "own-chain": "only you know which file holds the server's certificate chain",
  "own-key": "only you know which file holds the server's key",
};

/** Whether the fix changes which servers the client connects to. */
const judgesServer = ({ fact }: Observation): boolean =>
  OF_PEERS.has(fact.kind) || (fact.kind === "verifier" && fact.verifies === "server");
const OF_PEERS: ReadonlySet<FactKind> = new Set(["server-verification", "hostname-verification", "database-tls", "upstream"]);

/** Code that is tried or shown, and what it connects to. */
export const isTried = (observation: Observation): boolean =>
  judgesServer(observation) && observation.guards.some((it) => it.kind === "test" || it.kind === "example");

/** Of an endpoint, or what it is handed to, the crate says so, and no CA is added to it. */
function connectsToPrivateAuthorities({ endpoint }: Observation, models: readonly CrateModel[]): boolean {
  const all = endpoint === undefined ? [] : [endpoint, ...users(endpoint)];
  const isAnchored = all.some((it) => holding(it, "trust").some(({ fact }) => fact.anchors === "loaded" || fact.anchors === "unknown"));
  return (
    !isAnchored && all.some((it) => models.some(({ crate, privateAuthority }) => crate === it.crate && privateAuthority !== undefined))
  );
}
