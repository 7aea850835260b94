/** Where a mistake of ours lies, for a report of it: names and places of our own code. An exception's text may hold the user's. */

/** `RangeError at server.js:12:34`. */
export function crashPlace(error: unknown): string {
  if (!(error instanceof Error)) return "a value that is no error";
  const [, file, line, column] = /^\s+at .*?([\w.-]+\.[cm]?[jt]s):(\d+):(\d+)\)?$/m.exec(error.stack ?? "") ?? [];
  const kind = KINDS.find((it) => it === error.name) ?? "Error";
  return file === undefined ? kind : `${kind} at ${file}:${line}:${column}`;
}

/** A name could be anybody's, too. */
const KINDS = [
  "AbortError",
  "AssertionError",
  "EvalError",
  "RangeError",
  "ReferenceError",
  "RuntimeError",
  "SyntaxError",
  "TypeError",
  "URIError",
];

/** Work was given up, because somebody asked for that or because a change made it needless: that is no failure. */
export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";
