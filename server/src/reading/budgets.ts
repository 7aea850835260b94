/** The bounds of the interpreter, in one place: hitting one is a reason in the trace, never a silent stop. */

/** Calls into functions of the crate, nested. Helpers of helpers of helpers are rare in configuration code. */
export const MAX_DEPTH = 12;

/** Evaluations of one function for one caller and entry: more come of alternatives that multiply. */
export const MAX_CALLS_OF_ONE = 8;

/** Expressions evaluated for one entry function, with everything that it calls. */
export const MAX_STEPS_PER_ENTRY = 30_000;

/** The same for a test: its findings are hints, and tests call everything again and again. */
export const MAX_STEPS_PER_TEST = 6_000;

/** Functions in which steps ended that are evaluated once more, each by itself, for what they keep. */
export const MAX_AGAIN = 8;

/** Expressions evaluated for a program of one file, for each further file in which something begins, and for all of them. */
export const MAX_STEPS = 400_000;
export const MAX_STEPS_PER_FILE = 40_000;
export const MAX_STEPS_IN_ALL = 1_700_000;

/** What bodies that only call others may use of all steps. */
export const SHARE_OF_CALLERS = 0.75;

/** Alternatives that a value keeps; beyond it becomes unknown. */
export const MAX_ARMS = 10;

/** Names of types that stand for one another: those that never end name themselves through their own parts. */
export const MAX_ALIASES = 16;

/** Elements of a known collection for which a loop's or closure's body is evaluated. */
export const MAX_ELEMENTS = 4;

/** Code units of a text that are known: what doubles a text in each of sixty lines builds more than any memory holds. */
export const MAX_TEXT = 8_192;

/** Things that may happen to one object. */
export const MAX_EVENTS = 256;

/** Nesting of expressions: deeper ones are generated or hostile. */
export const MAX_NESTING = 220;

/** Conditions that are kept for one place; further ones only make it less certain. */
export const MAX_PATH = 24;
