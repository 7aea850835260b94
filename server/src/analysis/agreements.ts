/** What goes on only where something that the peer shows agrees with something of the program's own: asked of what functions may return. */
import { type Conjunction, type Flow, partsOf, type Value } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { isForm } from "../tls/compared-names.ts";
import { isRefusal, outcomesOf } from "./judgements.ts";
import { CLAIMS, words } from "./lexicon.ts";
import { PEER, type PeerBits, SHOWN } from "./peer-bits.ts";
import { ABSENT, NONE, PRESENT, SOME } from "./std-names.ts";

type Apply = Extract<Value, { readonly kind: "apply" }>;

/** What has to agree. */
export interface Shown {
  /** Whether what is compared is of the peer that is asked about. */
  isOfPeer(value: Value): boolean;
  /** Whether it comes from there at all, so that it is nothing of the program's own. */
  comesFromPeer?(value: Value): boolean;
  /** The certificate as a whole, which may be looked up, or whatever the peer shows. */
  readonly whole: boolean;
  /** Of what says whether a certificate is one of a name: the two. */
  readonly named: ReadonlyMap<Value, readonly Value[]>;
}

export class Agreements {
  readonly #flow: Flow;
  readonly #bits: PeerBits;
  readonly #asked: Shown;

  constructor(flow: Flow, bits: PeerBits, asked: Shown) {
    this.#flow = flow;
    this.#bits = bits;
    this.#asked = asked;
  }

  /** There is no other way to success; whatever is dropped from a condition is none. */
  refusesOthers(result: Value): boolean {
    const others = outcomesOf(result, this.#flow.values.constant(true)).filter(({ value }) => !isRefusal(value));
    return (
      others.length > 0 &&
      others.every(
        ({ value, atoms }) => this.#agrees(value, true) || atoms.some((it) => it.value !== undefined && this.#agrees(it.value, it.holds)),
      )
    );
  }

  /** They agreed wherever that holds. */
  holdsUnder({ atoms }: Conjunction): boolean {
    return atoms.some((it) => it.value !== undefined && this.#agrees(it.value, it.holds));
  }

  /** A truth that holds, or does not, only of those that agree. */
  #agrees(value: Value, holds: boolean): boolean {
    switch (value.kind) {
      case "labelled":
        return this.#agrees(value.of, holds);
      case "alternatives":
        return holds && this.refusesOthers(value);
      case "operation":
        if (value.operator === "!") return value.operands.some((it) => this.#agrees(it, !holds));
        return value.operator === (holds ? "==" : "!=") && this.#isOneSided(value.operands);
      case "test":
        if (PRESENT.has(value.what)) return holds && (this.#isThere(value.of) || (value.what === SOME && this.#isFound(value.of)));
        return ABSENT.has(value.what) && !holds && (this.#isThere(value.of) || (value.what === NONE && this.#isFound(value.of)));
      case "apply":
        if (lastOf(value.callee) === "is_err") return !holds && value.arguments.some((it) => this.#isThere(it));
        if (lastOf(value.callee) === "is_none") return !holds && value.arguments.some((it) => this.#isThere(it) || this.#isFound(it));
        return holds && this.#answers(value);
      default:
        return false;
    }
  }

  /** A result or option that is one only where they agree. */
  #isThere(value: Value): boolean {
    if (value.kind === "labelled") return this.#isThere(value.of);
    if (value.kind === "alternatives" || value.kind === "record") return this.refusesOthers(value);
    if (value.kind === "object") return !this.#asked.whole && this.#isOneSided(this.#asked.named.get(value) ?? []);
    const [first, ...rest] = value.kind === "apply" ? value.arguments : [];
    if (value.kind !== "apply" || first === undefined) return false;
    const name = lastOf(value.callee);
    if (name === "then" || name === "then_some") return this.#agrees(first, true);
    if ((name === "ok_or" || name === "ok_or_else") && this.#isFound(first)) return true;
    if (FINDING.has(name)) return rest.some((it) => this.#closureAgrees(it, first, name));
    return CARRYING.has(name) && this.#isThere(first);
  }

  /** What is asked for a truth. */
  #answers({ callee, arguments: given }: Apply): boolean {
    const [first, ...rest] = given;
    if (first === undefined) return false;
    const name = lastOf(callee);
    if (COMPARING.has(name)) return this.#isOneSided(given);
    if (LISTING.has(name)) return this.#asked.whole ? this.#isOwn(first) && rest.some(this.#isShown) : this.#isOneSided(given);
    if (CUTTING.has(name)) return !this.#asked.whole && this.#isOneSided(given);
    if (name === "is_ok" || name === "is_some") return this.#isThere(first) || (name === "is_some" && this.#isFound(first));
    if (name === "map_or" || name === "unwrap_or") {
      const [otherwise, closure] = rest;
      const isRefused = otherwise?.kind === "constant" && otherwise.value === false;
      return isRefused && (closure === undefined ? this.#agrees(first, true) : this.#closureAgrees(closure, first, name));
    }
    if (!ASKING.has(name)) return false;
    return rest.length === 0 ? this.#agrees(first, true) : rest.some((it) => this.#closureAgrees(it, first, name));
  }

  /** What it says of each that it is called with. */
  #closureAgrees(closure: Value, of: Value, by: string): boolean {
    const id =
      closure.kind === "closure"
        ? closure.of
        : closure.kind === "function" && closure.target.kind === "function"
          ? closure.target.id
          : undefined;
    const summary = id === undefined ? undefined : this.#flow.summary(id);
    // Of several certificates that the peer sends it has made one.
    const isAnyShown = this.#asked.whole && LOOKING.has(by) && (this.#bits.of(of) & SHOWN) !== 0;
    if (summary === undefined || isAnyShown) return false;
    const each = this.#flow.values.make({ kind: "part", of, name: "each" });
    const captures = closure.kind === "closure" ? closure.captures : [];
    return this.refusesOthers(this.#flow.with(summary.result, [...captures, each]));
  }

  /** What something of the program's own answers that was asked with the certificate, and may have nothing to answer. */
  #isFound(value: Value): boolean {
    if (value.kind === "labelled") return this.#isFound(value.of);
    if (value.kind === "part" && value.name === "success") return this.#isFound(value.of);
    if (!this.#asked.whole || value.kind !== "apply") return false;
    const isAsked = (it: Value): boolean => it.kind !== "constant" && it.kind !== "closure" && this.#isOwn(it);
    return value.arguments.some(isAsked) && value.arguments.some(this.#isShown);
  }

  #isOneSided([one, other]: readonly Value[]): boolean {
    if (one === undefined || other === undefined) return false;
    return (this.#isShown(one) && this.#isOwn(other)) || (this.#isShown(other) && this.#isOwn(one));
  }

  #isShown = (value: Value): boolean => {
    const shown = this.#bits.of(value) & SHOWN;
    const isEnough = this.#asked.whole ? shown === PEER.certificate && !isChosen(value) : shown !== 0;
    return isEnough && this.#asked.isOfPeer(value);
  };

  /** Nothing of the peer's, and no form that names have. */
  #isOwn(value: Value): boolean {
    if ((this.#bits.of(value) & SHOWN) !== 0 || this.#asked.comesFromPeer?.(value) === true) return false;
    if (value.kind === "constant") return typeof value.value === "string" && !isForm(value.value);
    return value.kind !== "record" || value.fields.length > 0;
  }
}

/** What a function that was not read takes from a certificate by its name, whoever made the certificate has chosen. */
function isChosen(whole: Value): boolean {
  const seen = new Set([whole]);
  for (const value of seen) {
    if (value.kind === "apply" && words(lastOf(value.callee)).some((it) => CLAIMS.has(it))) return true;
    for (const it of partsOf(value)) seen.add(it);
  }
  return false;
}

/** Of these, those that go through several. */
const LOOKING: ReadonlySet<string> = new Set(["any", "find", "find_map", "position"]);

/** Methods that compare what they are called on with what they are given. */
const COMPARING: ReadonlySet<string> = new Set(["eq", "eq_ignore_ascii_case", "ct_eq"]);
/** Those that look for it: of a certificate that has a part of another nobody knows whose it is. */
const LISTING: ReadonlySet<string> = new Set(["contains", "contains_key"]);
const CUTTING: ReadonlySet<string> = new Set(["starts_with", "ends_with"]);

/** Those that ask a closure, and those that look for something by one. */
const ASKING: ReadonlySet<string> = new Set(["any", "is_some_and", "is_ok_and"]);
const FINDING: ReadonlySet<string> = new Set(["find", "find_map", "position", "and_then"]);

/** Those that hand on that something is there, or is no failure. */
const CARRYING: ReadonlySet<string> = new Set([
  ...["ok", "ok_or", "ok_or_else", "map", "map_err", "and", "context", "with_context", "err_into", "boxed"],
  ...["into", "copied", "cloned", "as_ref"],
]);
