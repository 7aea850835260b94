/** The bounds of programs, and of the walk over folders. Each counts work. */

/**
 * Hundreds of files that lead from one to the other are an application, and read as one; beyond these bounds the nearest are. The text
 * is that of the others beside the first, whose trees take about twenty times as much memory.
 */
export const MOST_FILES = 256;
export const MOST_TEXT = 4_000_000;
/**
 * Of all programs together. Where hundreds lead to the same thousand files, reading each with all of them takes time that nobody has:
 * from the middle on, one gets a share of what is left, and at least what small applications are.
 */
export const MOST_TEXT_IN_ALL = 208_000_000;
export const SHARE_OF_REST = 1 / 8;
export const LEAST_TEXT = 250_000;
/** A file that says something by itself joins others only while there is room for what it uses; else it begins a program of its own. */
export const MOST_JOINED = 16;
/** How many calls deep functions without anything modelled are followed for what they use. */
export const DEEPEST_USE = 3;
/** A name that so many files declare or mention is no link. */
export const MOST_DECLARING = 6;
export const MOST_CALLING = 24;
export const MOST_SHARING = 8;
export const LONG_NAME = 10;
/** How many modules hand a name on, one to the other. */
export const DEEPEST_HANDS = 3;
/** How many calls above what says something callers are looked for. */
export const DEEPEST_CALLER = 3;

/** A tree of folders deeper than this is a loop or an accident. */
export const DEEPEST_FOLDER = 64;
/** Levels of modules that are looked at upwards for `#[cfg(test)]`. */
export const MOST_LEVELS = 8;
