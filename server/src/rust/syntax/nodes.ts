/**
 * The tree of a parse as arrays, in the order in which nodes are finished: the children of a node lie before it, the last one
 * directly. Whoever reads it from the first node on needs a stack of results and no recursion, however deep the text nests.
 */

// Paths and types.
/** Arguments in angle brackets, or of `Fn(A) -> B`: types. */
export const GENERICS = 1;
/** Its `GENERICS`; with `HAS_SELF` the type in `<T as Trait>::f` before them. */
export const PATH = 2;
export const TYPE_PATH = 3;
export const TYPE_REFERENCE = 4;
export const TYPE_TUPLE = 5;
export const TYPE_SLICE = 6;
export const TYPE_BOUNDS = 7;
export const TYPE_OTHER = 8;
/** `T: A + B`, with the token of its name as data. */
export const TYPE_PARAMETER = 9;
export const TYPE_PARAMETERS = 10;
/** A predicate about a type parameter, which is its data. */
export const WHERE = 11;

// Patterns.
/** A lone name, which may be a constant; the token of the name is its data. */
export const PATTERN_NAME = 12;
export const PATTERN_WILDCARD = 13;
export const PATTERN_REST = 14;
export const PATTERN_LITERAL = 15;
export const PATTERN_PATH = 16;
export const PATTERN_TUPLE_STRUCT = 17;
export const PATTERN_STRUCT = 18;
/** The token of its name is its data; without a child where the name is the pattern, too. */
export const PATTERN_FIELD = 19;
export const PATTERN_TUPLE = 20;
export const PATTERN_SLICE = 21;
export const PATTERN_OR = 22;
export const PATTERN_REFERENCE = 23;
export const PATTERN_OTHER = 24;
/** A pattern, and a type where `HAS_TYPE`. */
export const PARAMETER = 25;
export const RECEIVER = 26;
export const PARAMETERS = 27;

// Expressions.
export const LITERAL = 28;
export const EXPRESSION_PATH = 29;
/** The token of its bracket is its data. */
export const MACRO = 30;
export const PAREN = 31;
export const TUPLE = 32;
export const ARRAY = 33;
export const REPEAT = 34;
/** The token of its operator is its data. */
export const UNARY = 35;
export const REFERENCE = 36;
/** The first token of its operator is its data, how many there are its flags. */
export const BINARY = 37;
export const ASSIGN = 38;
export const RANGE = 39;
export const CAST = 40;
export const CALL = 41;
/** The token of its name is its data. */
export const METHOD = 42;
export const FIELD = 43;
export const INDEX = 44;
export const TRY = 45;
export const AWAIT = 46;
/** Its path, then its fields. */
export const STRUCT = 47;
/** The token of its name is its data; of `S { a }` the value is a path like any other. */
export const FIELD_VALUE = 48;
/** `..base`. */
export const STRUCT_BASE = 49;
/** How many of its children are items is its data. */
export const BLOCK = 50;
/** A block as an expression; the token before it (`unsafe`, `async`) is its data. */
export const BLOCK_EXPRESSION = 51;
export const IF = 52;
export const LET_CONDITION = 53;
export const MATCH = 54;
export const ARM = 55;
export const LOOP = 56;
export const WHILE = 57;
export const FOR = 58;
export const CLOSURE = 59;
export const RETURN = 60;
export const BREAK = 61;
export const CONTINUE = 62;
/** Expressions that form no whole. */
export const ERROR = 63;

// Statements.
export const LET = 64;
export const STATEMENT = 65;

// Items. Attributes are the first tokens of whatever has some.
/** The brace of its body is its data. */
export const FUNCTION = 66;
/** Statements among items: their block. */
export const STRAY_STATEMENTS = 67;
/** The first token of its value is its data. */
export const CONST = 68;
export const STATIC = 69;
export const STRUCT_ITEM = 70;
export const ENUM = 71;
export const UNION = 72;
export const VARIANT = 73;
/** The token of its name is its data, none for a place in a tuple. */
export const FIELD_DECLARATION = 74;
export const IMPL = 75;
export const TRAIT = 76;
export const MODULE = 77;
export const TYPE_ALIAS = 78;
/** The token behind its tree is its data. */
export const USE = 79;
export const EXTERN_CRATE = 80;
export const FOREIGN_MODULE = 81;
/** The token of its name is its data. */
export const MACRO_RULES = 82;
/** The token of its bracket is its data. */
export const MACRO_ITEM = 83;

/** An expression of coroutines, and of what macros make of them. */
export const YIELD = 84;

// What a node has, by its kind.
export const HAS_SELF = 1;
export const HAS_TYPE = 1;
export const HAS_VALUE = 2;
export const HAS_ELSE = 4;
export const HAS_GUARD = 1;
export const IS_MUTABLE = 1;
export const IS_REFERENCE = 2;
export const IS_DYNAMIC = 1;
export const IS_ASYNC = 1;
export const IS_BARE = 2;
/** Of closures whose body is a block, since they name what they return. */
export const HAS_RETURN = 2;
export const HAS_FROM = 1;
export const HAS_SEMICOLON = 1;
export const IS_BLOCK_LIKE = 2;
export const HAS_TRAIT = 1;

/** What a node does not have as data. */
export const NOTHING = -1;

/** Most bodies have fewer: what is made and thrown away for each of them costs more than to grow for some. */
const ROOM = 128;

export class Nodes {
  count = 0;
  kinds = new Uint8Array(ROOM);
  flags = new Uint8Array(ROOM);
  arities = new Int32Array(ROOM);
  /** The first token, and the one behind the last. */
  from = new Int32Array(ROOM);
  to = new Int32Array(ROOM);
  data = new Int32Array(ROOM);

  add(kind: number, from: number, to: number, arity = 0, flags = 0, data = NOTHING): void {
    const at = this.count;
    if (at === this.kinds.length) this.#grow();
    this.kinds[at] = kind;
    this.flags[at] = flags;
    this.arities[at] = arity;
    this.from[at] = from;
    this.to[at] = to;
    this.data[at] = data;
    this.count = at + 1;
  }

  #grow(): void {
    const grown = <T extends Uint8Array | Int32Array>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    const size = this.kinds.length * 2;
    this.kinds = grown(this.kinds, new Uint8Array(size));
    this.flags = grown(this.flags, new Uint8Array(size));
    this.arities = grown(this.arities, new Int32Array(size));
    this.from = grown(this.from, new Int32Array(size));
    this.to = grown(this.to, new Int32Array(size));
    this.data = grown(this.data, new Int32Array(size));
  }
}
