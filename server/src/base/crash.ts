/** Where a mistake of ours lies, for a report of it: names and places of our own code. An exception's text may hold the user's. */

/** `RangeError at server.js:12:34`. */
export function crashPlace(error: unknown): string {
  if (!(error instanceof Error)) return "a value that is no error";
  const place = (error.stack ?? "")
    .split("\n")
    .map(placeIn)
    .find((it) => it !== undefined);
  const kind = KINDS.find((it) => it === error.name) ?? "Error";
  return place === undefined ? kind : `${kind} at ${place}`;
}

/** `    at lint (/somewhere/server.js:12:34)` to what is behind the last separator. */
function placeIn(line: string): string | undefined {
  if (!line.trimStart().startsWith("at ")) return undefined;
  const start = Math.max(...["/", "\\", "(", " "].map((it) => line.lastIndexOf(it))) + 1;
  const place = line.slice(start).replace(")", "");
  return /^[\w.-]+\.[cm]?[jt]s:\d+:\d+$/.test(place) ? place : undefined;
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
