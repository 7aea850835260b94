/** What a value was made of, as far as a verifier's judgement asks: bits of one number, so that unions are cheap. */
import type { Value } from "../flow/index.ts";
import { CLAIMS } from "../reading/lexicon.ts";
import { VERDICT } from "./model-rows.ts";

export const PEER = {
  /** The peer's own certificate: the whole, its key, or what was computed from either. */
  certificate: 1,
  verdict: 2,
  configuration: 4,
  error: 8,
  /** What the peer says of itself, and what anybody can say: names, dates and numbers in its certificate, the certificates beside it. */
  claim: 16,
} as const;

export const SHOWN = PEER.certificate | PEER.claim;

/** Of what a function is given: by the number of its input. */
export type InputBits = (index: number) => number;

const LABELS: ReadonlyMap<string, number> = new Map(Object.entries(PEER));

export class PeerBits {
  readonly #ofInput: InputBits;
  readonly #known = new Map<Value, number>();

  constructor(ofInput: InputBits) {
    this.#ofInput = ofInput;
  }

  of(value: Value): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    this.#known.set(value, 0);
    const made = this.#made(value);
    this.#known.set(value, made);
    return made;
  }

  #made(value: Value): number {
    switch (value.kind) {
      case "input":
        return this.#ofInput(value.index);
      case "pointer":
        return value.cell.kind === "input" ? this.#ofInput(value.cell.index) : 0;
      case "labelled":
        return (LABELS.get(value.label) ?? 0) | this.of(value.of);
      case "object":
        return isVerdict(value) ? PEER.verdict : 0;
      case "part": {
        const of = this.of(value.of);
        if (isVerdict(value.of) && value.name !== "answer") return PEER.error;
        return claimed(of, value.name);
      }
      case "test":
        return this.of(value.of);
      case "apply":
        return claimed(this.#all(value.arguments), value.callee.split(/::|\./).at(-1) ?? "");
      case "operation":
        return this.#all(value.operands);
      case "text":
        return this.#all(value.of);
      case "record":
        return this.#all(value.fields.map(([, it]) => it));
      case "collection":
        return value.element === undefined ? 0 : this.of(value.element);
      case "closure":
        return this.#all(value.captures);
      case "alternatives":
        return this.#all(
          value.of.flatMap((it) => [it.value, ...it.condition.flatMap(({ atoms }) => atoms.flatMap((atom) => atom.value ?? []))]),
        );
      default:
        return 0;
    }
  }

  #all(values: readonly Value[]): number {
    let bits = 0;
    for (const it of values) bits |= this.of(it);
    return bits;
  }
}

export const isVerdict = (value: Value): boolean =>
  (value.kind === "object" && value.type.startsWith(VERDICT)) || (value.kind === "labelled" && isVerdict(value.of));

/** Of a certificate, what is called so is written by whoever makes it. */
const claimed = (bits: number, name: string): number =>
  (bits & PEER.certificate) !== 0 && CLAIMS.has(name) ? (bits & ~PEER.certificate) | PEER.claim : bits;
