/** The tokens of Rust: what kinds there are, and the arrays that hold those of a text. */
import { type Units, unitAt } from "./units.ts";

/** Behind the last token, as often as somebody looks. */
export const END = 0;
export const NAME = 1;
/** Keywords in some places only; elsewhere they are names. */
export const ASYNC = 2;
export const AUTO = 3;
export const AWAIT = 4;
export const DEFAULT = 5;
export const DYN = 6;
export const GEN = 7;
export const MACRO = 8;
export const MACRO_RULES = 9;
export const RAW = 10;
export const SAFE = 11;
export const TRY = 12;
export const UNION = 13;
export const YIELD = 14;
export const LAST_NAME = YIELD;
/** Keywords that a path can be made of. */
export const CRATE = 15;
export const SELF = 16;
export const SUPER = 17;
export const LAST_SEGMENT = SUPER;
export const AS = 18;
export const BREAK = 19;
export const CONST = 20;
export const CONTINUE = 21;
export const ELSE = 22;
export const ENUM = 23;
export const EXTERN = 24;
export const FALSE = 25;
export const FN = 26;
export const FOR = 27;
export const IF = 28;
export const IMPL = 29;
export const IN = 30;
export const LET = 31;
export const LOOP = 32;
export const MATCH = 33;
export const MOD = 34;
export const MOVE = 35;
export const MUT = 36;
export const PUB = 37;
export const REF = 38;
export const RETURN = 39;
export const STATIC = 40;
export const STRUCT = 41;
export const TRAIT = 42;
export const TRUE = 43;
export const TYPE = 44;
export const UNSAFE = 45;
export const USE = 46;
export const WHERE = 47;
export const WHILE = 48;
export const LIFETIME = 49;
export const INTEGER = 50;
export const FLOAT = 51;
/** Bytes, too. */
export const CHARACTER = 52;
/** Raw, byte and C strings, too. */
export const STRING = 53;
export const LEFT_PAREN = 54;
export const RIGHT_PAREN = 55;
export const LEFT_BRACKET = 56;
export const RIGHT_BRACKET = 57;
export const LEFT_BRACE = 58;
export const RIGHT_BRACE = 59;
export const SEMICOLON = 60;
export const COMMA = 61;
export const COLON = 62;
export const PATH_SEPARATOR = 63;
export const ARROW = 64;
export const FAT_ARROW = 65;
export const DOT = 66;
export const DOT_DOT = 67;
/** `...` */
export const ELLIPSIS = 68;
/** `..=` */
export const DOT_DOT_EQUALS = 69;
/** One character each; operators of several, but for those above, are tokens that touch: `&&`, `>>=`. */
export const EQUALS = 70;
export const LESS = 71;
export const GREATER = 72;
export const NOT = 73;
export const PLUS = 74;
export const MINUS = 75;
export const TIMES = 76;
export const DIVIDE = 77;
export const REMAINDER = 78;
export const XOR = 79;
export const AND = 80;
export const OR = 81;
export const AT = 82;
export const HASH = 83;
export const QUESTION = 84;
export const DOLLAR = 85;
export const TILDE = 86;
/** A character that Rust has no use for, or a bracket without its partner. */
export const STRAY = 87;
/** No name, and of use in patterns of nightly alone. */
export const BOX = 88;

/** What an item can begin with, and hardly anything else that begins a line. */
export const ITEM_HEADS: ReadonlySet<number> = new Set([
  PUB,
  FN,
  STRUCT,
  ENUM,
  IMPL,
  TRAIT,
  MOD,
  USE,
  TYPE,
  STATIC,
  CONST,
  EXTERN,
  MACRO_RULES,
  HASH,
  UNSAFE,
  ASYNC,
]);

const KEYWORDS: readonly (readonly [text: string, kind: number])[] = [
  ["async", ASYNC],
  ["auto", AUTO],
  ["await", AWAIT],
  ["default", DEFAULT],
  ["dyn", DYN],
  ["gen", GEN],
  ["macro", MACRO],
  ["macro_rules", MACRO_RULES],
  ["raw", RAW],
  ["safe", SAFE],
  ["try", TRY],
  ["union", UNION],
  ["yield", YIELD],
  ["crate", CRATE],
  ["self", SELF],
  ["super", SUPER],
  ["as", AS],
  ["box", BOX],
  ["break", BREAK],
  ["const", CONST],
  ["continue", CONTINUE],
  ["else", ELSE],
  ["enum", ENUM],
  ["extern", EXTERN],
  ["false", FALSE],
  ["fn", FN],
  ["for", FOR],
  ["if", IF],
  ["impl", IMPL],
  ["in", IN],
  ["let", LET],
  ["loop", LOOP],
  ["match", MATCH],
  ["mod", MOD],
  ["move", MOVE],
  ["mut", MUT],
  ["pub", PUB],
  ["ref", REF],
  ["return", RETURN],
  ["static", STATIC],
  ["struct", STRUCT],
  ["trait", TRAIT],
  ["true", TRUE],
  ["type", TYPE],
  ["unsafe", UNSAFE],
  ["use", USE],
  ["where", WHERE],
  ["while", WHILE],
];

interface Keyword {
  readonly units: readonly number[];
  readonly kind: number;
}
/** By first letter and length, of which no two or three keywords share both. */
const byShape: (readonly Keyword[] | undefined)[] = [];
for (const [text, kind] of KEYWORDS) {
  const shape = shapeOf(text.charCodeAt(0), text.length);
  byShape[shape] = [...(byShape[shape] ?? []), { units: [...text].map((it) => it.charCodeAt(0)), kind }];
}

function shapeOf(first: number, length: number): number {
  return (first - 97) * 16 + length;
}

/** The keyword that a name is, or `NAME`. */
export function kindOfName(units: Units, start: number, end: number): number {
  const first = unitAt(units, start);
  const length = end - start;
  if (first < 97 || first > 122 || length > 11) return NAME;
  const candidates = byShape[shapeOf(first, length)];
  if (candidates === undefined) return NAME;
  for (const it of candidates) {
    let same = 1;
    while (same < length && unitAt(units, start + same) === it.units[same]) same++;
    if (same === length) return it.kind;
  }
  return NAME;
}

/** Tokens without blanks and comments, which are what lies between them. */
export interface Tokens {
  readonly text: string;
  readonly units: Units;
  readonly count: number;
  /** `END` at `count` and behind it. */
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Starts and ends of comments, doc comments included, in order. */
  readonly comments: readonly number[];
  /** Starts and ends of what is no token, or not closed. */
  readonly errors: readonly number[];
}

/** Tokens as they are found. */
export class TokenBuffer {
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  count = 0;

  constructor(capacity: number) {
    this.kinds = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
  }

  push(kind: number, start: number, end: number): void {
    // Two places stay free for the ends behind the last token.
    if (this.count + 2 >= this.kinds.length) this.#grow();
    this.kinds[this.count] = kind;
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  #grow(): void {
    const capacity = this.kinds.length * 2 + 16;
    const kinds = new Uint8Array(capacity);
    const starts = new Int32Array(capacity);
    const ends = new Int32Array(capacity);
    kinds.set(this.kinds);
    starts.set(this.starts);
    ends.set(this.ends);
    Object.assign(this, { kinds, starts, ends });
  }

  /** What was pushed, with ends at `end` behind it. */
  finish(end: number): Pick<Tokens, "count" | "kinds" | "starts" | "ends"> {
    const { count, kinds, starts, ends } = this;
    kinds.fill(END, count);
    starts.fill(end, count);
    ends.fill(end, count);
    return { count, kinds, starts, ends };
  }
}
