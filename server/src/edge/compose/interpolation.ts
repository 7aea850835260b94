/** Variables with a default (`${PORT:-8080}`, `${PORT-8080}`): what holds where nobody sets them (the Compose specification, "Interpolation"). */

/** Deeper ones nobody writes. */
const MOST_NESTED = 8;

/** Of a variable without a default nothing is known: it stays as it is. */
export function withDefaults(text: string, depth = 0): string {
  let whole = "";
  for (let at = 0; ; ) {
    const start = depth < MOST_NESTED ? text.indexOf("${", at) : -1;
    const end = start < 0 ? -1 : closing(text, start);
    if (end < 0) return whole + text.slice(at);
    const known = defaultOf(text.slice(start + 2, end));
    whole += text.slice(at, start) + (known === undefined ? text.slice(start, end + 1) : withDefaults(known, depth + 1));
    at = end + 1;
  }
}

/** A default may have variables of its own. */
function closing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith("${", at)) depth++;
    else if (text.charAt(at) === "}" && --depth === 0) return at;
  }
  return -1;
}

function defaultOf(variable: string): string | undefined {
  const dash = variable.indexOf("-");
  if (dash < 0) return undefined;
  // Behind `?` and `+`, which are no defaults, a dash is a text's own.
  const before = variable.slice(0, dash);
  return before.includes("?") || before.includes("+") ? undefined : variable.slice(dash + 1);
}
