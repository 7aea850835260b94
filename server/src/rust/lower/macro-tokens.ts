/**
 * The tokens of a macro call as Rust. They are rewritten, unit for unit so that offsets hold, into a list of statements: a comma or
 * `=>` between arguments becomes a semicolon. Then one parse tells arguments, statements and items alike.
 */

export interface Rewritten {
  /** As long as the tokens, without their delimiters. */
  readonly text: string;
  /** Where the arguments lie in `text`, from their first token to their last, if nothing but commas separates them. */
  readonly slots: readonly Slot[] | undefined;
  /** `[x; n]`: one semicolon, no comma. */
  readonly repeat: boolean;
}

/** `inside` is the text between the delimiters. */
export const rewrite = (inside: string, macro: string): Rewritten => new Rewriter(prepared(inside, macro)).run();

class Rewriter {
  readonly #source: string;
  readonly #slots: Slot[] = [];
  readonly #replaced: { readonly at: number; readonly text: string }[] = [];
  #slot: Slot | undefined;
  #commas = 0;
  #semicolons = 0;
  #depth = 0;
  /** The last token that is no blank. */
  #before = "";

  constructor(source: string) {
    this.#source = source;
  }

  run(): Rewritten {
    const source = this.#source;
    for (let at = 0; at < source.length; ) {
      const token = tokenAt(source, at);
      at = token.kind === "space" ? token.end : this.#take(token, at);
    }
    if (this.#slot !== undefined) this.#slots.push(this.#slot);
    const text = spliced(source, this.#replaced);
    return { text, slots: this.#semicolons === 0 ? this.#slots : undefined, repeat: this.#semicolons === 1 && this.#commas === 0 };
  }

  /** Where what belongs to the token ends. */
  #take(token: Token, at: number): number {
    const text = this.#source.slice(at, token.end);
    const end = token.kind === "punctuation" ? this.#punctuation(text, at, token.end) : token.end;
    this.#before = text;
    if (end === undefined) {
      this.#slots.push(this.#slot ?? { start: at, end: at });
      this.#slot = undefined;
      return token.end;
    }
    this.#slot = { start: this.#slot?.start ?? at, end };
    return end;
  }

  /** Undefined: it separates. */
  #punctuation(text: string, at: number, end: number): number | undefined {
    if (text === "(" || text === "[" || text === "{") this.#depth++;
    else if (text === ")" || text === "]" || text === "}") this.#depth--;
    if (this.#depth !== 0 || text === ")" || text === "]" || text === "}") return end;
    switch (text) {
      case ",":
        this.#commas++;
        this.#replaced.push({ at, text: ";" });
        return undefined;
      case "=>":
        this.#semicolons++;
        this.#replaced.push({ at, text: "; " });
        return undefined;
      case ";":
        this.#semicolons++;
        return undefined;
      case "%":
      case "?":
        // `%name` and `?name` of tracing are its own marks.
        if (STARTS_VALUE.has(this.#before)) this.#replaced.push({ at, text: " " });
        return end;
      case "::<":
        return closingAngle(this.#source, end);
      case "|":
        return STARTS_OPERAND.has(this.#before) ? closingBar(this.#source, end) : end;
      default:
        return end;
    }
  }
}

interface Slot {
  readonly start: number;
  readonly end: number;
}
const STARTS_VALUE = new Set(["", ",", "="]);
/** After these a bar opens the parameters of a closure. */
const STARTS_OPERAND = new Set(["", ",", ";", "=", "=>", "move", "&&", "||", "return", "!"]);

/** Spellings that only macros know, in the nearest Rust of the same length. */
function prepared(inside: string, macro: string): string {
  if (macro === "cfg_if") {
    // `if #[cfg(unix)] {` → `if  cfg!(unix) {`
    return inside.replaceAll(/\bif(\s+)#\[cfg\(([^{}[\]]*)\)\](?=\s*\{)/g, "if$1 cfg!($2) ");
  }
  if (!inside.includes("$")) return inside;
  // `$crate::a` → ` crate::a`; `$( … ),*` → ` ( … )  `; `$name` → `_name`.
  return inside
    .replaceAll("$crate", " crate")
    .replaceAll(/\$\(/g, " (")
    .replaceAll(/\)[,;]?[*+?](?=\s|[)}\],;]|$)/g, (it) => `)${" ".repeat(it.length - 1)}`)
    .replaceAll("$", "_");
}

interface Token {
  readonly kind: "space" | "word" | "literal" | "punctuation";
  readonly end: number;
}

const SPACE = /\s+|\/\/[^\n]*|\/\*/y;
const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*|\d[\p{ID_Continue}.]*/uy;
const STRING = /[bc]?"(?:[^"\\]|\\[\s\S])*"?/y;
const RAW = /[bc]?r(#*)"/y;
const CHARACTER = /b?'(?:[^'\\\n]|\\[^\n']+|\\')'/uy;
const LIFETIME = /'[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const OPERATOR = /::<|=>|->|&&|\|\||[<>=!+\-*/%^&|]=|\.\.=?|::|[\s\S]/y;

/** Always moves on by at least one unit. */
function tokenAt(source: string, at: number): Token {
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const space = match(SPACE);
  if (space === "/*") return { kind: "space", end: commentEnd(source, at) };
  if (space !== undefined) return { kind: "space", end: at + space.length };
  RAW.lastIndex = at;
  const raw = RAW.exec(source);
  if (raw !== null) {
    const close = source.indexOf(`"${raw[1] ?? ""}`, RAW.lastIndex);
    return { kind: "literal", end: close < 0 ? source.length : close + 1 + (raw[1]?.length ?? 0) };
  }
  const literal = match(STRING) ?? match(CHARACTER) ?? match(LIFETIME);
  if (literal !== undefined) return { kind: "literal", end: at + literal.length };
  const word = match(WORD);
  if (word !== undefined) return { kind: "word", end: at + word.length };
  return { kind: "punctuation", end: at + (match(OPERATOR)?.length ?? 1) };
}

function commentEnd(source: string, at: number): number {
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  for (let mark = marks.exec(source); mark !== null; mark = marks.exec(source)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return source.length;
}

/** Generic arguments are short; without an end in reach the `<` is taken for an operator. */
const LONGEST_GENERICS = 400;

function closingAngle(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < Math.min(source.length, from + LONGEST_GENERICS); at++) {
    const unit = source[at];
    if (unit === "<") depth++;
    else if (unit === ">" && source[at - 1] !== "-" && --depth === 0) return at + 1;
    else if (unit === ";" || unit === "{") break;
  }
  return from;
}

function closingBar(source: string, from: number): number {
  const close = source.indexOf("|", from);
  return close < 0 || close - from > LONGEST_GENERICS ? from : close + 1;
}

function spliced(source: string, replaced: readonly { readonly at: number; readonly text: string }[]): string {
  let text = "";
  let from = 0;
  for (const change of replaced) {
    text += source.slice(from, change.at) + change.text;
    from = change.at + change.text.length;
  }
  return text + source.slice(from);
}
