/** Whether the certificate of a peer is compared with something of the program's own before anything else is done with a connection. */
import { type Condition, type FunctionId, not, placeReadBy, type Value, whenTrue } from "../flow/index.ts";
import type { Body, Operation } from "../rust/bodies/index.ts";
import { Agreements } from "./agreements.ts";
import { unaskedInLoop } from "./asked-in-loops.ts";
import { BodyIndex } from "./body-index.ts";
import { ConnectionWalk, type Followed, type Frame, framesOf, Given, leads } from "./connection-walk.ts";
import type { PeerNames } from "./peer-names.ts";
import { isWhole } from "./whole-certificates.ts";

/** By whom the certificate is compared before anything else happens; undefined where nothing else ever does. */
export interface Checked {
  readonly by: FunctionId | undefined;
}

interface Following extends Followed {
  readonly peers: PeerNames;
}

/**
 * `object`: the connection, as flow knows it where analysis begins. Undefined where something is done with it, or callers have it, before
 * anybody has compared.
 */
export function checkedFirst(following: Following, object: string): Checked | undefined {
  const given = new Given(following.sites);
  const comparisons = new Comparisons(following, given);
  const walk = new ConnectionWalk(following, given, (frame) => comparisons.passing(frame));
  for (const frame of framesOf(following, object).toReversed()) {
    const found = walk.within(frame);
    if (found === "away") return undefined;
    if (found === "nowhere") return { by: comparisons.by };
  }
  return undefined;
}

class Comparisons {
  /** The first function that compares. */
  by: FunctionId | undefined;
  readonly #following: Following;
  readonly #given: Given;

  constructor(following: Following, given: Given) {
    this.#following = following;
    this.#given = given;
  }

  /** What happens only where the peer's certificate agreed with something. */
  passing(frame: Frame): (it: Operation) => boolean {
    const { owner, body, made } = frame;
    const exposed = made === undefined ? NO_OPERATIONS : unaskedInLoop(body, made, (asked, answer) => this.#tells(frame, asked, answer));
    return (it) => {
      const under = this.#given.by(owner, it)?.under;
      if (exposed.has(it) || under === undefined || !this.#agreesUnder(frame, under)) return false;
      this.by ??= owner;
      return true;
    };
  }

  /** Wherever that holds, the peer's certificate agreed with something. */
  #agreesUnder({ owner, body, isConnection }: Frame, under: Condition): boolean {
    const { peers, sites } = this.#following;
    return under.every((within) => {
      const isOfPeer = (value: Value): boolean => leads(value, isConnection) && isWhole(value, within, takesFirst(body));
      const shown = { isOfPeer, comesFromPeer: (value: Value) => leads(value, isConnection), whole: true, named: NOTHING };
      return new Agreements(sites.flow, peers.bitsOf(owner), shown).holdsUnder(within);
    });
  }

  /** A question whose answer is that it agreed. */
  #tells(frame: Frame, asked: Operation, answer: boolean): boolean {
    const value = this.#given.by(frame.owner, asked)?.value;
    return value !== undefined && this.#agreesUnder(frame, answer ? whenTrue(value) : not(whenTrue(value)));
  }
}

const NO_OPERATIONS: ReadonlySet<Operation> = new Set();
const NOTHING: ReadonlyMap<Value, readonly Value[]> = new Map();

/** Whatever it takes by a number, it takes the first. */
function takesFirst(body: Body): boolean {
  const places = body.blocks.flatMap(({ operations }) => operations.flatMap((it) => placeReadBy(it) ?? []));
  const indexes = places.flatMap(({ path }) => path.flatMap((it) => (it.kind === "index" ? BodyIndex.of(body).definition(it.index) : [])));
  return indexes.length > 0 && indexes.every((it) => it?.kind === "constant" && it.literal.type === "integer" && it.literal.value === 0);
}
