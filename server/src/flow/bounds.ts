/** The bounds of flow. Each counts work and none looks at a clock; what one cuts stays as an unknown that says so, or as some condition. */

/** Values that one place may have, and conjunctions of one condition. */
export const MOST_ALTERNATIVES = 10;
/** Levels of one value: what a loop or a recursion builds up has no end. */
export const DEEPEST_VALUE = 60;
/** Calls that tell objects of one allocation apart. */
export const LONGEST_CHAIN = 12;
/** Evaluations of a body in a cycle of calls, and of a block in a loop, before what still changes is given up. */
export const MOST_ROUNDS = 4;
