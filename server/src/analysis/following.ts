/** Where peers are followed through a program: whether there is anything to follow, and which bodies that takes. */
import type { Steps } from "../base/steps.ts";
import type { FunctionId, ResolvedProgram } from "../flow/index.ts";
import { CERTIFICATE_IN_QUESTION, DIGESTS, FROM_CERTIFICATE, FROM_NAME, NAME_VERDICTS, PEER_TYPES } from "../models/certificate-names.ts";
import type { CrateModel, Effect } from "../models/model.ts";
import { lastOf } from "../rust/last-of.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import type { CallsSeen } from "./calls-seen.ts";
import { PeerNames } from "./peer-names.ts";
import { kindsOf } from "./settable.ts";
import type { Sites } from "./sites.ts";

/** Whether a name of a peer can be had of what some body speaks of, or a fingerprint of what a verifier or a reader gives. */
export const namesPeers = (program: ResolvedProgram, hasPeers: () => boolean): boolean =>
  bodiesNaming(program, STEPS).length > 0 || (bodiesNaming(program, DIGEST_NAMES).length > 0 && hasPeers());

/** Whether somebody asks for a certificate in a program that may verify none in the handshake. */
export const comparesAfterwards = (program: ResolvedProgram, readers: ReadonlySet<string>, models: readonly CrateModel[]): boolean =>
  bodiesNaming(program, readers).length > 0 && bodiesNaming(program, switchesIn(models)).length > 0;

const switches = new WeakMap<readonly CrateModel[], ReadonlySet<string>>();

/** Names of calls whose arguments say whether a server is verified. */
function switchesIn(models: readonly CrateModel[]): ReadonlySet<string> {
  const known = switches.get(models);
  if (known !== undefined) return known;
  const calls = models.flatMap((it) => it.calls.filter(({ effects = [] }) => effects.some(switchesVerification)));
  const found = new Set(calls.map(({ path }) => lastOf(path)));
  switches.set(models, found);
  return found;
}

const switchesVerification = (it: Effect): boolean =>
  (it.kind === "switch" || it.kind === "flags") && kindsOf(it).includes("server-verification");

const STEPS: ReadonlySet<string> = new Set([...Object.keys({ ...FROM_CERTIFICATE, ...FROM_NAME }), ...NAME_VERDICTS].map(lastOf));

const DIGEST_NAMES: ReadonlySet<string> = new Set(DIGESTS.map(lastOf));

export interface Followed {
  readonly peers: PeerNames;
  /** Bodies that are evaluated for this alone. */
  readonly evaluated: ReadonlySet<FunctionId>;
}

/**
 * What a field holds is read where its name is written: such bodies are evaluated, too. `judged`: see `PeerNames`; `before`: of the same calls,
 * wherever they stood then.
 */
export function* followPeers(
  sites: Sites,
  seen: CallsSeen,
  judged: ReadonlyMap<FunctionId, readonly number[]>,
  before?: PeerNames,
): Steps<Followed> {
  const evaluated = new Set<FunctionId>();
  for (let known = before; ; known = undefined) {
    const peers = new PeerNames(sites, seen, judged, known);
    const naming = bodiesNaming(sites.program, new Set([...GIVING, ...peers.fieldWords]));
    const more = naming.map((it) => sites.program.ids.id(it)).filter((it) => !evaluated.has(it));
    const summarised = sites.flow.summarised;
    for (const it of more) {
      evaluated.add(it);
      yield* sites.flow.prepare(it);
    }
    // What was known of all of them before holds as long as nobody was seen for the first time.
    if (more.length === 0 || (known !== undefined && sites.flow.summarised === summarised)) return { peers, evaluated };
  }
}

/** Whoever writes one of these may be given a peer's certificate by somebody who does not. */
const GIVING: readonly string[] = [...PEER_TYPES, ...CERTIFICATE_IN_QUESTION].map(lastOf);
