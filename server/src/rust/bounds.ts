/** The bounds of texts, of names and of flow. Each counts work and none looks at a clock, so that equal texts have equal answers; what one cuts is named. */

/** Generated bindings of real repositories have some 2.5 MB; written by hand is nothing of this size. */
export const LARGEST_TEXT = 4 << 20;
/** Levels of expressions, types, patterns, items, imports and predicates. The parser needs no more for what anybody writes; its readers are recursive. */
export const DEEPEST_NESTING = 200;
/** Links of a chain of operands, which counts as one level. */
export const LONGEST_CHAIN = 1000;
/** Calls of macros in arguments of macros, each of which may nest as deep as any expression. */
export const DEEPEST_ARGUMENTS = 6;

/** Names put into modules and imports looked at, for each item and import that was written: real crates need fewer than ten. */
export const STEPS_PER_DECLARATION = 200;
/** Whatever the crate: a few globs over large modules. */
export const FEWEST_STEPS = 100_000;
/** Files taken into one crate, counted once for each module that they make: `#[path]` may take the same one in again and again. */
export const MOST_FRAGMENTS = 50_000;
/** Macros that call macros: what recurses over its arguments makes one level for each. */
export const DEEPEST_EXPANSION = 64;
/** Units that the macros of one crate make, in all. */
export const MOST_EXPANDED = 4_000_000;
/** Pointers and aliases that lead from one type to the next. */
export const DEEPEST_TYPE = 16;

/** The look-up of names in scopes, for remedies: how far imports, aliases and globs are followed; real code needs five. */
export const DEEPEST_WALK = 32;
/** Impls of which the types are named through the impls of others: one is common, a chain of more than this is generated code. */
export const DEEPEST_QUESTION = 8;
/** How many imports and aliases one question may follow in all: a hundred globs in one module lead to each other in every order. */
export const MOST_STEPS = 400;

/** Values that one place may have, and conjunctions of one condition: what exceeds them is unknown, or some condition. */
export const MOST_ALTERNATIVES = 10;
/** Levels of one value, and calls that tell objects of one allocation apart: what a recursion builds up has no end. */
export const DEEPEST_VALUE = 40;
/** Units, and parts, of a text that is put together: of a longer one beginning and end are known. No path or address is as long. */
export const LONGEST_KNOWN = 8192;
/** Evaluations of a body in a cycle of calls, and of a block in a loop, before what still changes is given up. */
export const MOST_ROUNDS = 4;
