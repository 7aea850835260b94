/** The bounds of the walk over folders and modules. Each counts work. */

/** A tree of folders deeper than this is a loop or an accident. */
export const DEEPEST_FOLDER = 64;
/** Levels of modules that are looked at upwards for `#[cfg(test)]`. */
export const MOST_LEVELS = 8;
