/** Methods of what may be missing, of whatever type, that give their first argument then: options, results, settings. */
export const INSTEAD: ReadonlySet<string> = new Set([".unwrap_or", ".map_or"]);
