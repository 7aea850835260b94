/**
 * Searches for texts on which a regular expression is slow. A static checker judges one match, and gives up on some patterns; this runs
 * them as the product does, through all matches of a text, on texts pumped up from the pattern's own pieces.
 */

/** A text on which a pattern is slow, and how much longer it takes each time the length doubles. */
export interface Slow {
  readonly text: string;
  readonly milliseconds: number;
  readonly growth: number;
}

/** An exponential pattern is seen at the first, and a quadratic one at the last. */
const LENGTHS = [32, 500, 6_000];
/** Linear work on such texts takes some microseconds. */
const SUSPICIOUS = 1.5;
/** Twice the length is twice the work where it is linear, and four times where it is quadratic. */
const GROWTH = 2.8;

export function attack(pattern: RegExp): Slow | undefined {
  for (const [head, pump] of pumpsOf(pattern)) {
    for (const length of LENGTHS) {
      if (time(pattern, head, pump, length) < SUSPICIOUS) continue;
      const milliseconds = fastest(pattern, head, pump, length);
      if (milliseconds < SUSPICIOUS) continue;
      // Over two doublings: what else runs on the machine moves one of two short times by half, hardly by twice.
      const growth = Math.sqrt(milliseconds / Math.max(0.01, fastest(pattern, head, pump, length / 4)));
      if (growth > GROWTH) return { text: `${head}(${pump})…`, milliseconds, growth };
    }
  }
  return undefined;
}

/** Of several: others may be at work on the machine. */
const fastest = (pattern: RegExp, head: string, pump: string, length: number): number =>
  Math.min(...[1, 2, 3, 4, 5].map(() => time(pattern, head, pump, length)));

/** Of the processor: where others are at work, a long run is set aside more often than a short one. */
function time(pattern: RegExp, head: string, pump: string, length: number): number {
  const text = head + pump.repeat(Math.ceil(length / pump.length)) + END;
  const before = process.cpuUsage();
  run(pattern, text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Hardly any pattern goes on here. */
const END = "\u0001";

/** A sticky pattern is tried everywhere, as a tokenizer does. */
function run(pattern: RegExp, text: string): void {
  if (!pattern.global && !pattern.sticky) {
    pattern.exec(text);
    return;
  }
  for (let at = 0; at <= text.length; ) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null && !pattern.sticky) return;
    at = match === null ? at + 1 : Math.max(at + 1, match.index + match[0].length);
  }
}

/** Beginnings and what is repeated behind them: neighbouring pieces of the pattern, behind everything before them or by themselves. */
function* pumpsOf(pattern: RegExp): Generator<readonly [string, string]> {
  const pieces = piecesOf(pattern.source).slice(0, MOST_PIECES);
  const seen = new Set<string>();
  for (let start = 0; start < pieces.length; start++) {
    for (let end = start + 1; end <= Math.min(start + 3, pieces.length); end++) {
      const pump = pieces.slice(start, end).join("");
      for (const head of ["", pieces.slice(0, start).join("")]) {
        if (seen.has(`${head}\0${pump}`)) continue;
        seen.add(`${head}\0${pump}`);
        yield [head, pump];
      }
    }
  }
  for (const pump of ["a", " ", "\n", "0", ".", "/", "\\\\", '\\"', "\\'", "a ", "a.", "a::", "[", "(", "<", "{", "#", "-"])
    yield ["", pump];
}

/** The rest are words of long lists, which are all alike. */
const MOST_PIECES = 40;

/** Runs of plain characters, and a member of each class, in the order in which they are written. */
function piecesOf(source: string): readonly string[] {
  const pieces: string[] = [];
  let plain = "";
  const add = (piece: string): void => {
    if (plain !== "") pieces.push(plain);
    plain = "";
    if (piece !== "") pieces.push(piece);
  };
  const tokens =
    /\\[pP]\{[^{}]*\}|\\u\{?[\da-fA-F]{4,6}\}?|\\x[\da-fA-F]{2}|\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\{\d+,?\d*\}|\(\?(?:[:=!]|<[=!])|[\s\S]/g;
  for (const [token] of source.matchAll(tokens)) {
    if (/^(?:\\[bB]|\(\?.*|[()|^$*+?]|\{\d+,?\d*\})$/.test(token)) add("");
    else if (token.startsWith("[") || token === "." || /^\\[wdsWDSpP]/.test(token)) for (const it of membersOf(token)) add(it);
    else if (/^\\[1-9]/.test(token)) add("");
    else plain += new RegExp(`^${token}`, "u").test("\n") ? "\n" : (ESCAPES[token] ?? token.replace(/^\\(?=[^ux])/, ""));
  }
  add("");
  return pieces;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\v": "\v", "\\f": "\f", "\\0": "\0" };

function membersOf(token: string): readonly string[] {
  const one = new RegExp(`^(?:${token})$`, /\\[pP]\{|\\u\{/.test(token) ? "u" : "");
  return ["a", " ", "\n", "0", "A", ".", "-", "f", '"', "(", "Б", ":", "_", "/"].filter((it) => one.test(it)).slice(0, 2);
}
