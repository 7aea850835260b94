/**
 * Peers' certificates on their way through a program: which inputs of its functions, and which fields of its types, may hold something
 * of one. What a body was seen to call and to make is asked again whenever more is known of what it is given.
 */
import type { FunctionId, Value } from "../flow/index.ts";
import { payloadOf, shownType } from "../flow/index.ts";
import { PEER_TYPES } from "../models/certificate-names.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Place } from "../tls/facts.ts";
import type { CallsSeen, Held } from "./calls-seen.ts";
import { PEER, PeerBits, SHOWN } from "./peer-bits.ts";
import type { Sites } from "./sites.ts";

type Part = Extract<Value, { readonly kind: "part" }>;

/** What of a certificate goes on with a value. */
const CARRIED = SHOWN | PEER.name | PEER.digest;

export class PeerNames {
  readonly #sites: Sites;
  readonly #seen: CallsSeen;
  readonly #inputs: Map<FunctionId, Map<number, number>>;
  readonly #fields: Map<string, number>;
  /** Who gave it first, by input or field. */
  readonly #givers: Map<string, Held>;
  readonly #bits = new Map<FunctionId, PeerBits>();

  /** `judged`: inputs of verifiers that are the peer's certificate. `known`: the same was seen then. */
  constructor(sites: Sites, seen: CallsSeen, judged: ReadonlyMap<FunctionId, readonly number[]>, known?: PeerNames) {
    this.#sites = sites;
    this.#seen = seen;
    this.#inputs = known === undefined ? new Map() : known.#inputs;
    this.#fields = known === undefined ? new Map() : known.#fields;
    this.#givers = known === undefined ? new Map() : known.#givers;
    if (known !== undefined) return;
    const { owners } = seen;
    for (const [id, inputs] of judged) for (const index of inputs) this.#grow(id, index, PEER.certificate);
    for (const id of owners) this.#peersGiven(id);
    const open = new Set(owners);
    for (const owner of open) {
      open.delete(owner);
      for (const it of this.#from(owner)) open.add(it);
    }
  }

  /** Names of fields that hold something of a peer; of those that are numbered, the types that have them. */
  get fieldWords(): readonly string[] {
    return [...this.#fields].flatMap(([key, bits]) => {
      const at = key.lastIndexOf(".");
      const name = key.slice(at + 1);
      return bits === 0 ? [] : [/^\d/.test(name) ? lastOf(key.slice(0, at)) : name];
    });
  }

  /** Inputs of a type that only a peer's certificate has. */
  #peersGiven(id: FunctionId): void {
    const count = id.includes("|") ? 0 : (this.#sites.flow.head(id)?.parameters ?? 0);
    for (let index = 0; index < count; index++) {
      const type = this.#sites.inputType(this.#sites.flow.values.make({ kind: "input", index }), id);
      if (type !== undefined && PEER_TYPES.includes(type)) this.#grow(id, index, PEER.certificate);
    }
  }

  /** What a body gives to others; those of which more is known by it. */
  #from(owner: FunctionId): readonly FunctionId[] {
    const bits = this.bitsOf(owner);
    const found: FunctionId[] = [];
    for (const { callee, given, rest, by } of this.#seen.calls(owner)) {
      const more = rest.length === 0 ? 0 : (this.#sites.flow.head(callee)?.parameters ?? 0);
      const name = ONCE.has(by) ? "success" : "each";
      const parts = rest.map((of) => this.#sites.flow.values.make({ kind: "part", of, name }));
      for (const [index, value] of given.entries()) if (this.#gives(callee, index, { owner, value }, bits)) found.push(callee);
      for (let index = given.length; index < given.length + more; index++)
        for (const value of parts) if (this.#gives(callee, index, { owner, value }, bits)) found.push(callee);
    }
    for (const made of this.#seen.made(owner)) if (this.#keeps(made, owner, bits)) found.push(...this.#seen.owners);
    return found;
  }

  #gives(callee: FunctionId, index: number, from: Held, bits: PeerBits): boolean {
    const carried = bits.of(from.value) & CARRIED;
    const key = `${callee} ${index}`;
    if (carried !== 0 && !this.#givers.has(key)) this.#givers.set(key, from);
    return carried !== 0 && this.#grow(callee, index, carried);
  }

  #grow(id: FunctionId, index: number, bits: number): boolean {
    const inputs = this.#inputs.get(id) ?? new Map<number, number>();
    this.#inputs.set(id, inputs);
    const before = inputs.get(index) ?? 0;
    inputs.set(index, before | bits);
    if ((before | bits) === before) return false;
    this.#bits.delete(id);
    return true;
  }

  /** A value of one of the program's own types was made of something of the peer's. */
  #keeps(made: Value, owner: FunctionId, bits: PeerBits): boolean {
    if (made.kind !== "record" || !this.#isOwn(made.type)) return false;
    let isMore = false;
    for (const [name, value] of made.fields) {
      const key = `${made.type}.${name}`;
      const before = this.#fields.get(key) ?? 0;
      const after = before | (bits.of(value) & CARRIED);
      if (after === before) continue;
      this.#fields.set(key, after);
      if (!this.#givers.has(key)) this.#givers.set(key, { owner, value });
      isMore = true;
    }
    if (isMore) this.#bits.clear();
    return isMore;
  }

  #isOwn = (type: string): boolean => type !== "" && this.#sites.program.ids.known(type) !== undefined;

  bitsOf(owner: FunctionId): PeerBits {
    const known = this.#bits.get(owner);
    if (known !== undefined) return known;
    const made = new PeerBits((index) => this.#inputs.get(owner)?.get(index) ?? 0, {
      isOwn: this.#isOwn,
      isAwaited: (call) => this.#seen.isAwaited(call),
      of: (part) => {
        const key = this.#fieldOf(part, owner);
        return key === undefined ? undefined : (this.#fields.get(key) ?? 0);
      },
    });
    this.#bits.set(owner, made);
    return made;
  }

  /** Type and name, of what is a field of one of the program's own types. */
  #fieldOf({ of, name }: Part, owner: FunctionId): string | undefined {
    const payload = payloadOf(name);
    const type = payload?.of ?? this.#typeOf(of, owner);
    return type !== undefined && !WRAPPING.has(name) && this.#isOwn(type) ? `${type}.${payload?.field ?? name}` : undefined;
  }

  /** As far as a value shows it, names declare it, or a generic call was asked for it; wrappers are seen through. */
  #typeOf(value: Value, owner: FunctionId): string | undefined {
    const typed = this.#seen.typed(value);
    const asked = typed?.operation.kind === "method" ? typed.operation.generics[0] : undefined;
    if (typed !== undefined && asked?.kind === "path") {
      const target = this.#sites.program.names.path(typed.owner, asked.path);
      return target?.kind === "variant" || target?.kind === "external" ? target.path : undefined;
    }
    const shown = shownType(value) ?? this.#sites.inputType(value, owner);
    if (shown !== undefined) return shown;
    if (value.kind === "labelled") return this.#typeOf(value.of, owner);
    const isSeenThrough =
      value.kind === "apply"
        ? HANDING.has(lastOf(value.callee))
        : value.kind === "part" && (WRAPPING.has(value.name) || payloadOf(value.name) !== undefined);
    const [inner] = isSeenThrough ? partsOf(value) : [];
    return inner && this.#typeOf(inner, owner);
  }

  /** Where the certificate came in of which a value is. */
  sourceOf({ owner, value }: Held, seen = new Set<string>()): Place | undefined {
    const asked = `${owner} ${value.id}`;
    if (seen.has(asked)) return undefined;
    seen.add(asked);
    const source = value.kind === "apply" ? this.#seen.source(value.callee) : undefined;
    if (source !== undefined) {
      const { operation } = source;
      return this.#sites.place(source, operation.kind === "method" ? operation.nameSpan : operation.span);
    }
    const giver = this.giverOf({ owner, value });
    if (giver !== undefined) return this.sourceOf(giver, seen);
    if (value.kind === "input") return (this.bitsOf(owner).of(value) & CARRIED) === 0 ? undefined : this.#declaredAt(owner, value.index);
    for (const part of partsOf(value)) {
      const found = this.sourceOf({ owner, value: part }, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A parameter; the receiver is the first input. */
  #declaredAt(owner: FunctionId, index: number): Place | undefined {
    const lowered = this.#sites.declared(owner)?.lowered;
    if (lowered?.kind !== "function" || owner.includes("|")) return undefined;
    const pattern = lowered.parameters[lowered.receiver === undefined ? index : index - 1]?.pattern;
    return pattern && this.#sites.place({ owner }, pattern.span);
  }

  /** What an input, or a field of one of the program's own types, was given first of a peer's. */
  giverOf({ owner, value }: Held): Held | undefined {
    const key = this.#keyOf(value, owner);
    return key === undefined ? undefined : this.#givers.get(key);
  }

  #keyOf(value: Value, owner: FunctionId): string | undefined {
    if (value.kind === "labelled") return this.#keyOf(value.of, owner);
    const index = inputOf(value);
    if (index !== undefined) return `${owner} ${index}`;
    return value.kind === "part" ? this.#fieldOf(value, owner) : undefined;
  }

  /** What callers gave for an input, where that is one value. */
  givenFor(held: Held): Held | undefined {
    const [only, ...more] = this.giversFor(held);
    return more.every((it) => it.value === only?.value) ? only : undefined;
  }

  /** Each caller's. */
  giversFor({ owner, value }: Held): readonly Held[] {
    const index = inputOf(value);
    if (index === undefined) return [];
    return [...this.#seen.callsOf(owner)].flatMap(([from, call]) => {
      const one = call.given[index];
      return one === undefined ? [] : [{ owner: from, value: one }];
    });
  }
}

/** By value, or by a reference to it. */
function inputOf(value: Value): number | undefined {
  if (value.kind === "input") return value.index;
  return value.kind === "pointer" && value.cell.kind === "input" && value.path.length === 0 ? value.cell.index : undefined;
}

/** Methods of options and results alone: what they call is called with what is there, others take one after the other. */
const ONCE: ReadonlySet<string> = new Set([
  "and_then",
  "is_some_and",
  "is_ok_and",
  "is_none_or",
  "map_or",
  "map_or_else",
  "ok_or_else",
  "then",
]);

/** Methods that give what they are called on, or what is in it. */
const HANDING: ReadonlySet<string> = new Set([
  ...["unwrap", "expect", "unwrap_or_default", "unwrap_or_else", "ok", "ok_or", "ok_or_else", "as_ref", "as_deref", "clone", "cloned"],
  ...["iter", "into_iter", "next", "first", "last", "get", "lock", "read", "borrow", "await"],
]);

const WRAPPING: ReadonlySet<string> = new Set(["each", "success", "failure"]);

export function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "part":
    case "test":
    case "labelled":
      return [value.of];
    case "apply":
      return value.arguments;
    case "operation":
      return value.operands;
    case "text":
      return value.of;
    case "record":
      return value.fields.map(([, it]) => it);
    case "collection":
      return value.element === undefined ? [] : [value.element];
    case "closure":
      return value.captures;
    case "alternatives":
      return value.of.map((it) => it.value);
    default:
      return [];
  }
}
