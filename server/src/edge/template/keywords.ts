/** What an action of Go's text/template, of Handlebars and of Jinja does, by the word that it begins with. */
import type { Step } from "./steps.ts";

const CLOSE: Step = { kind: "close" };
const PRINT: Step = { kind: "print" };
const ALWAYS: Step = { kind: "open", always: true };
const CONDITION: Step = { kind: "open", always: false };
const branch = (isLast: boolean): Step => ({ kind: "branch", isLast });

/** `code`: without braces and trim marks. */
export function goSteps(code: string): readonly Step[] {
  const word = wordOf(code);
  switch (word) {
    case "if":
    case "with":
      return [CONDITION];
    case "range":
    case "define":
    case "block":
      return [ALWAYS];
    case "else":
      return [branch(code.length === word.length)];
    case "end":
      return [CLOSE];
    case "break":
    case "continue":
      return [];
    default:
      return code.startsWith("$") && assigns(code) ? [] : sectionSteps(code);
  }
}

/** Handlebars and Mustache: `{{#if tls}}`, `{{^tls}}`, `{{/if}}`, `{{! … }}`. */
function sectionSteps(code: string): readonly Step[] {
  switch (code.charAt(0)) {
    case "#":
      return [wordOf(code.slice(1)) === "each" ? ALWAYS : CONDITION];
    case "^":
      return [code.length === 1 ? branch(true) : CONDITION];
    case "/":
      return [CLOSE];
    case "!":
      return [];
    default:
      return [PRINT];
  }
}

/** `$x := 1`, `$x = 2`, `$i, $x := .list`. */
function assigns(code: string): boolean {
  let at = 0;
  while (at < code.length && (isWordPart(code.charAt(at)) || "$, ".includes(code.charAt(at)))) at++;
  return code.startsWith(":=", at) || (code.charAt(at) === "=" && code.charAt(at + 1) !== "=");
}

/** Undefined for `raw`: what stands in it is a template of another kind. */
export function jinjaSteps(code: string): readonly Step[] | undefined {
  const bare = code.startsWith("+") ? code.slice(1).trim() : code;
  const word = wordOf(bare);
  switch (word) {
    case "raw":
    case "verbatim":
      return undefined;
    case "if":
    case "unless":
      return [CONDITION];
    case "for":
    case "macro":
    case "call":
    case "filter":
    case "block":
    case "with":
    case "autoescape":
      return [ALWAYS];
    case "set":
      return bare.includes("=") ? [] : [ALWAYS];
    case "elif":
    case "elsif":
    case "elseif":
      return [branch(false)];
    case "else":
      return [branch(true)];
    case "import":
    case "from":
    case "do":
    case "break":
    case "continue":
      return [];
    default:
      return [word.startsWith("end") ? CLOSE : PRINT];
  }
}

export function wordOf(code: string): string {
  let at = 0;
  while (at < code.length && isWordPart(code.charAt(at))) at++;
  return code.slice(0, at);
}

const isWordPart = (character: string): boolean =>
  character === "_" || (character >= "0" && character <= "9") || (character.toLowerCase() >= "a" && character.toLowerCase() <= "z");
