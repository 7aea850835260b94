/** What a value was made of, as far as a verifier's judgement asks: bits of one number, so that unions are cheap. */
import { type Flow, isAlways, type Value } from "../flow/index.ts";
import { DIGESTS, FROM_CERTIFICATE, REASONS } from "../models/certificate-names.ts";
import { NAME_HEADER } from "../models/identity-headers.ts";
import { lastOf } from "../rust/last-of.ts";
import { CLAIMS, VERIFYING } from "./lexicon.ts";
import { isNone } from "./meanings.ts";
import { VERDICT } from "./model-rows.ts";

export const PEER = {
  /** The peer's own certificate: the whole, its key, or what was computed from either. */
  certificate: 1,
  verdict: 2,
  configuration: 4,
  error: 8,
  /** What the peer says of itself, and what anybody can say: names, dates and numbers in its certificate, the certificates beside it. */
  claim: 16,
  /** A claim that is a name of the peer, or has one in it. */
  name: 32,
  /** That a certificate fits its own key: so does any. */
  fits: 64,
  /** What the library asks about beside the certificate: whom it is to name, and what time it is. */
  asked: 128,
  /** A fingerprint: what was computed of a certificate, and stands for all of it. */
  digest: 256,
} as const;

export const SHOWN = PEER.certificate | PEER.claim;

/** Of what a function is given: by the number of its input. */
export type InputBits = (index: number) => number;

/** Of types of the program's own, whose fields are told apart. */
export interface FieldBits {
  isOwn(type: string): boolean;
  /** Undefined for what is no field of such a type. */
  of(part: Extract<Value, { readonly kind: "part" }>): number | undefined;
  /** Whether it is a method's answer that was waited for. */
  isAwaited(call: Call): boolean;
}

const LABELS: ReadonlyMap<string, number> = new Map(Object.entries(PEER));

type Closure = Extract<Value, { readonly kind: "closure" }>;
type Call = Extract<Value, { readonly kind: "apply" }>;

export class PeerBits {
  readonly #ofInput: InputBits;
  readonly #fields: FieldBits | undefined;
  readonly #answers: Flow | undefined;
  readonly #known = new Map<Value, number>();

  /** `fields`: without them, what is made of something is all of it. `answers`: without it, so is what a closure answers. */
  constructor(ofInput: InputBits, fields?: FieldBits, answers?: Flow) {
    this.#ofInput = ofInput;
    this.#fields = fields;
    this.#answers = answers;
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
        const field = this.#fields?.of(value);
        if (field !== undefined) return field;
        const of = this.of(value.of);
        if (isVerdict(value.of) && value.name !== "answer") return PEER.error;
        return claimed(of, value.name);
      }
      case "test":
        return this.of(value.of);
      case "apply":
        return this.#called(this.#fields?.isAwaited(value) === true ? answering(value) : value);
      case "operation":
        return this.#compared(value.operands);
      case "text":
        return this.#all(value.of);
      case "record":
        if (this.#fields?.isOwn(value.type) === true) return 0;
        return this.#all(value.fields.map(([, it]) => it));
      case "collection":
        return value.element === undefined ? 0 : this.of(value.element);
      case "closure":
        return this.#answered(value);
      case "alternatives":
        // What decides which of them it is is in none of them.
        if (this.#fields !== undefined) return this.#all(value.of.map((it) => it.value));
        return this.#all(
          value.of.flatMap((it) => [it.value, ...it.condition.flatMap(({ atoms }) => atoms.flatMap((atom) => atom.value ?? []))]),
        );
      default:
        return 0;
    }
  }

  /** What verifies needs somebody else: that a certificate fits its own key says nothing of whose it is. */
  #called({ callee, arguments: given }: Call): number {
    const name = lastOf(callee);
    if (MEASURING.has(name) && given.every(isPlace)) return 0;
    // Which certificate a proxy has seen it says in a header.
    if (this.#fields !== undefined && given.some(namesHeader)) return PEER.claim | PEER.name;
    if (ANY.has(callee) && given.some((it) => this.#isChosen(it))) return this.#all(given) & ~PEER.certificate;
    const isOfItself = given.length > 1 && VERIFYING.test(name) && given.every((it) => isNone(it) || isShown(this.of(it)));
    if (isOfItself) return PEER.fits;
    const bits = this.#all(given);
    const isVouched =
      VERIFYING.test(name) && given.some((it) => isShown(this.of(it))) && given.some((it) => this.of(it) === PEER.configuration);
    if (isVouched) return PEER.verdict;
    return DIGEST_NAMES.has(name) && (bits & PEER.certificate) !== 0 ? bits | PEER.digest : claimed(bits, name);
  }

  /** To arguments of which nothing is known; undefined where it was not read. */
  answerOf({ of, captures }: Closure): Value | undefined {
    const flow = this.#answers;
    const body = flow?.callable(of)?.body;
    if (flow === undefined || body === undefined) return undefined;
    const given = body.parameters.map(() => flow.values.unknown("given by whoever calls"));
    return flow.called(of, [...captures, ...given])?.result;
  }

  /** Of a closure that somebody else calls, what it answers. */
  #answered(closure: Closure): number {
    const { captures } = closure;
    const result = this.answerOf(closure);
    const answered = result === undefined ? 0 : this.of(result);
    // What comes of it where nobody is asked is as good as what it has.
    return (answered & (SHOWN | PEER.verdict | PEER.error)) === 0 ? this.#all(captures) : answered;
  }

  /** Of several of which any will do, the peer has written one. */
  #isChosen(value: Value): boolean {
    return value.kind === "alternatives" && value.of.some((it) => isAlways(it.condition) && (this.of(it.value) & SHOWN) === PEER.claim);
  }

  /** What the peer shows is compared with what it shows. */
  #compared(operands: readonly Value[]): number {
    const isOfItself = operands.length > 1 && operands.every((it) => (this.of(it) & SHOWN) !== 0);
    return isOfItself ? PEER.claim : this.#all(operands);
  }

  #all(values: readonly Value[]): number {
    let bits = 0;
    for (const it of values) bits |= this.of(it);
    return bits;
  }
}

export const isVerdict = (value: Value): boolean =>
  (value.kind === "object" && value.type.startsWith(VERDICT)) || (value.kind === "labelled" && isVerdict(value.of));

/** A method that has to be waited for answers with what its receiver keeps, or with what others say: what it was asked with is a question. */
const answering = (call: Call): Call => ({
  ...call,
  arguments: call.arguments.filter((it, index) => index === 0 || it.kind === "closure"),
});

/** Of a certificate, what is called so is written by whoever makes it, or is what the library has against it. */
function claimed(bits: number, name: string): number {
  if ((bits & PEER.certificate) === 0) return bits;
  if (CLAIMS.has(name) || NAMES.has(name)) return (bits & ~PEER.certificate) | PEER.claim | (NAMES.has(name) ? PEER.name : 0);
  return OF_THE_VERDICT.has(name) ? (bits & ~PEER.certificate) | PEER.error : bits;
}

const namesHeader = (it: Value): boolean => it.kind === "constant" && typeof it.value === "string" && NAME_HEADER.test(it.value);

const DIGEST_NAMES: ReadonlySet<string> = new Set(DIGESTS.map(lastOf));

/** Questions to which one of many is the answer. */
const ANY: ReadonlySet<string> = new Set(["std::any", "std::find"]);

/** The peer's, and nobody else has part in it. */
const isShown = (bits: number): boolean => (bits & SHOWN) !== 0 && (bits & PEER.configuration) === 0;

/** How large something is says nothing of whose it is. */
const MEASURING: ReadonlySet<string> = new Set(["is_empty", "len"]);

/** What was given, or a part of it. */
const isPlace = (value: Value): boolean =>
  value.kind === "input" || ((value.kind === "part" || value.kind === "labelled") && isPlace(value.of));

const OF_THE_VERDICT: ReadonlySet<string> = new Set(REASONS.map(lastOf));

/** Methods and fields that give names of whoever has the certificate. Of other claims they are none: its issuer, how long it holds. */
const NAMES: ReadonlySet<string> = new Set(
  Object.entries(FROM_CERTIFICATE).flatMap(([path, { gives }]) => (gives === "certificate" ? [] : [lastOf(path)])),
);
