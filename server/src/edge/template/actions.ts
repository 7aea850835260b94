/**
 * Where a template's actions stand, and what they do to the text around them: Go's text/template and Helm, Jinja, Handlebars' sections,
 * and ERB. What is not closed, or is written for another template engine (`raw`), makes the whole unreadable.
 */
import { goSteps, jinjaSteps } from "./keywords.ts";
import { rubySteps } from "./ruby.ts";
import type { Step } from "./steps.ts";

export interface Action {
  readonly start: number;
  readonly end: number;
  /** None of comments and assignments. */
  readonly steps: readonly Step[];
  /** Without marks. */
  readonly code: string;
  /** White space before and behind it, line ends included, is taken away. */
  readonly trimsBefore: boolean;
  readonly trimsBehind: boolean;
}

const ERB = ["<%=", "<%-", "<% ", "<%#"] as const;

/** Its braces are the configuration's own. */
const isErb = (text: string): boolean => ERB.some((it) => text.includes(it)) && text.includes("%>");
const isJinja = (text: string): boolean => text.includes("{%") && text.includes("%}", text.indexOf("{%"));

/** Where the first one stands; undefined of what is no template: a configuration may hold `{%` and `<%` of its own. */
export function templateAt(text: string): number | undefined {
  const starts = isErb(text) ? ERB : ["{{", ...(isJinja(text) ? ["{%"] : [])];
  const found = starts.map((it) => text.indexOf(it)).filter((it) => it >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
}

export const hasActions = (text: string): boolean => templateAt(text) !== undefined;

/** Of YAML: braces of its own have blanks or names between them. */
export const isTemplate = (text: string): boolean => text.includes("{{");

/** In order; undefined where they cannot be told from the text. */
export function actionsIn(text: string): readonly Action[] | undefined {
  const erb = isErb(text);
  const jinja = !erb && isJinja(text);
  const found: Action[] = [];
  for (let at = 0; at < text.length; at++) {
    const opening = text.slice(at, at + 2);
    const isOpening = erb ? opening === "<%" : opening === "{{" || (jinja && (opening === "{%" || opening === "{#"));
    if (!isOpening) continue;
    const action = opening === "<%" ? rubyAction(text, at) : bracedAction(text, at, jinja);
    if (action === undefined) return undefined;
    found.push(action);
    at = action.end - 1;
  }
  return found;
}

function bracedAction(text: string, start: number, jinja: boolean): Action | undefined {
  const kind = text.charAt(start + 1);
  const closing = kind === "{" ? "}}" : `${kind}}`;
  const isComment = kind === "#" || startsComment(text, start + 2);
  const close = isComment ? commentEnd(text, start, kind) : codeEnd(text, start + 2, closing);
  if (close === undefined) return undefined;
  const end = close + closing.length;
  const trimsBefore = text.charAt(start + 2) === "-";
  const trimsBehind = text.charAt(close - 1) === "-";
  const code = text.slice(start + (trimsBefore ? 3 : 2), Math.max(close - (trimsBehind ? 1 : 0), start + 2)).trim();
  const steps = isComment ? [] : kind === "%" ? jinjaSteps(code) : jinja ? PRINTS : goSteps(code);
  return steps === undefined ? undefined : { start, end, steps, code, trimsBefore, trimsBehind };
}

const PRINTS: readonly Step[] = [{ kind: "print" }];

/** Of Go, with `-` and a blank before it. */
const startsComment = (text: string, inside: number): boolean => text.startsWith("/*", inside) || text.startsWith("- /*", inside);

function commentEnd(text: string, start: number, kind: string): number | undefined {
  const end = text.indexOf(kind === "#" ? "#}" : "*/", start + 2);
  const close = kind === "#" || end < 0 ? end : text.indexOf("}}", end);
  return close < 0 ? undefined : close;
}

/** Quoted text may hold what closes an action. */
function codeEnd(text: string, from: number, closing: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (text.startsWith(closing, at) && !(closing === "}}" && text.charAt(at + 2) === "}")) return at;
    if (character !== '"' && character !== "'" && character !== "`") continue;
    const end = quoteEnd(text, at);
    if (end === undefined) return undefined;
    at = end;
  }
  return undefined;
}

function quoteEnd(text: string, start: number): number | undefined {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === quote) return at;
    if (character === "\\" && quote !== "`") at++;
  }
  return undefined;
}

/** Ruby's own strings don't hide `%>`. */
function rubyAction(text: string, start: number): Action | undefined {
  const close = text.indexOf("%>", start + 2);
  if (close < 0) return undefined;
  const mark = text.charAt(start + 2);
  const code = text.slice(
    start + (mark === "-" || mark === "=" || mark === "#" ? 3 : 2),
    text.charAt(close - 1) === "-" ? close - 1 : close,
  );
  const steps = mark === "=" ? PRINTS : mark === "#" ? [] : rubySteps(code);
  // ERB's own marks take no line end away that a line of a configuration needs.
  return steps === undefined ? undefined : { start, end: close + 2, steps, code: code.trim(), trimsBefore: false, trimsBehind: false };
}
