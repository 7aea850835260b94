/**
 * What a template may come out as, each time as a text of its own length, so that all places are the template's: of every condition one
 * branch is there, what is put in is a variable nobody knows, and everything else is blank.
 */
import { type Span, span } from "../../base/span.ts";
import { type Action, actionsIn } from "./actions.ts";
import { wordOf } from "./keywords.ts";

/** Each takes as many texts as it has alternatives; where there are more, the first ones are read. */
const MOST = 12;
const DEEPEST = 100;

interface Branch {
  readonly start: number;
  end: number;
  readonly items: (Choice | Action)[];
  /** In so many texts each branch within it is there once, whatever stands beside it. */
  width: number;
  /** The actions around it. */
  readonly opener?: Action;
  closer?: Action;
}

/** Of its branches one is there; of an open one perhaps none. */
interface Choice {
  readonly start: number;
  end: number;
  readonly opener: Action;
  closer?: Action;
  readonly branches: Branch[];
  isTotal: boolean;
}

/** A part of a text that is as written, blank, or put in. */
interface Piece {
  readonly kind: "literal" | "blank" | "value";
  readonly start: number;
  readonly end: number;
  /** Of a blank one: the actions that it begins and ends with. */
  readonly first?: Action | undefined;
  readonly last?: Action | undefined;
}

export interface Rendering {
  /** As its lines are. */
  readonly text: string;
  /** Without the lines that are put in: they would be no YAML. */
  readonly yaml: string;
}

export interface Template {
  readonly renderings: readonly Rendering[];
  /** Each of its branches is in one of them. */
  readonly isWhole: boolean;
  /** Of the innermost branch around an offset; undefined where none is needed. */
  conditionAt(offset: number): Condition | undefined;
}

/** The action that a branch begins with. */
export interface Condition {
  readonly span: Span;
  /** As it is written, without the word that asks. */
  readonly text: string;
  readonly negated: boolean;
  /** One of several, of which each says something for itself. */
  readonly isChosen: boolean;
}

/** Undefined where the actions cannot be told from the text, or don't match. */
export function templateOf(text: string): Template | undefined {
  const actions = actionsIn(text);
  const whole = actions === undefined ? undefined : treeOf(actions, text.length);
  if (whole === undefined) return undefined;
  const count = Math.min(whole.width, MOST);
  const renderings = Array.from({ length: count }, (_, at) => {
    const pieces: Piece[] = [];
    collect(whole, at, pieces);
    return written(text, pieces);
  });
  return { renderings, isWhole: whole.width <= MOST, conditionAt: (offset) => conditionIn(whole, offset) };
}

export const renderingsOf = (text: string): readonly Rendering[] | undefined => templateOf(text)?.renderings;

function conditionIn({ items }: Branch, offset: number): Condition | undefined {
  const choice = items.find((it) => it.start <= offset && offset < it.end);
  if (choice === undefined || !isChoice(choice)) return undefined;
  const branch = choice.branches.find((it) => it.start <= offset && offset < it.end);
  if (branch === undefined) return undefined;
  return conditionIn(branch, offset) ?? conditionOf(choice, branch);
}

function conditionOf({ opener, branches, isTotal }: Choice, branch: Branch): Condition | undefined {
  const action = branch.opener;
  if (action === undefined || (branches.length === 1 && isTotal)) return undefined;
  const own = asked(action.code);
  const at = span(action.start, action.end);
  return { span: at, text: own === "" ? asked(opener.code) : own, negated: own === "", isChosen: branches.length > 1 };
}

/** `if a` and `else if a` ask for `a`. */
const asked = (code: string): string => {
  const rest = code.slice(wordOf(code).length).trim();
  return rest.startsWith("if ") ? rest.slice("if ".length).trim() : rest;
};

function treeOf(actions: readonly Action[], length: number): Branch | undefined {
  const whole: Branch = { start: 0, end: length, items: [], width: 1 };
  const open: { choice: Choice; branch: Branch }[] = [];
  for (const action of actions) {
    if (action.steps.every(({ kind }) => kind === "print")) (open.at(-1)?.branch ?? whole).items.push(action);
    for (const step of action.steps) {
      const last = open.at(-1);
      if (step.kind === "print") continue;
      if (step.kind === "open") {
        if (open.length >= DEEPEST) return undefined;
        const branch = { start: action.end, end: action.end, items: [], width: 1, opener: action };
        const choice = { start: action.start, end: action.end, opener: action, branches: [branch], isTotal: step.always };
        (last?.branch ?? whole).items.push(choice);
        open.push({ choice, branch });
        continue;
      }
      if (last === undefined) return undefined;
      last.branch.end = Math.max(last.branch.start, action.start);
      last.branch.closer = action;
      if (step.kind === "close") {
        last.choice.closer = action;
        last.choice.end = action.end;
        open.pop();
        const around = open.at(-1)?.branch ?? whole;
        around.width = Math.max(around.width, widthOf(last.choice));
        continue;
      }
      last.branch = { start: action.end, end: action.end, items: [], width: 1, opener: action };
      last.choice.branches.push(last.branch);
      if (step.kind === "branch" && step.isLast) last.choice.isTotal = true;
    }
  }
  return open.length > 0 ? undefined : whole;
}

const isChoice = (it: Choice | Action): it is Choice => "branches" in it;

const widthOf = ({ branches, isTotal }: Choice): number => branches.reduce((all, { width }) => all + width, isTotal ? 0 : 1);

function collect(branch: Branch, at: number, pieces: Piece[]): void {
  let from = branch.start;
  for (const it of branch.items) {
    pieces.push({ kind: "literal", start: from, end: it.start });
    from = it.end;
    if (isChoice(it)) choose(it, at, pieces);
    else if (it.steps.length > 0) pieces.push({ kind: "value", start: it.start, end: it.end });
    else pieces.push({ kind: "blank", start: it.start, end: it.end, first: it, last: it });
  }
  pieces.push({ kind: "literal", start: from, end: branch.end });
}

function choose({ start, end, opener, closer, branches, isTotal }: Choice, at: number, pieces: Piece[]): void {
  let left = at;
  for (const [index, branch] of branches.entries()) {
    if (left < branch.width || (isTotal && index === branches.length - 1)) {
      pieces.push({ kind: "blank", start, end: branch.start, first: opener, last: branch.opener });
      collect(branch, left, pieces);
      pieces.push({ kind: "blank", start: branch.end, end, first: branch.closer, last: closer });
      return;
    }
    left -= branch.width;
  }
  pieces.push({ kind: "blank", start, end, first: opener, last: closer });
}

/** Texts of a template's length, with what the latest line holds so far. */
class Writer {
  readonly #text: string[] = [];
  readonly #yaml: string[] = [];
  before = "\n";
  isBlankLine = true;

  add(text: string, yaml = text): void {
    this.#text.push(text);
    this.#yaml.push(yaml);
    const line = text.lastIndexOf("\n");
    this.isBlankLine = (line >= 0 || this.isBlankLine) && text.slice(line + 1).trim() === "";
    this.before = text.at(-1) ?? this.before;
  }

  end = (): Rendering => ({ text: this.#text.join(""), yaml: this.#yaml.join("") });
}

function written(text: string, pieces: readonly Piece[]): Rendering {
  const writer = new Writer();
  const rest = pieces.filter(({ start, end }) => end > start);
  for (let at = 0; at < rest.length; at++) {
    const piece = rest[at];
    if (piece === undefined) continue;
    if (piece.kind === "literal") {
      writer.add(trimmed(text.slice(piece.start, piece.end), rest[at - 1], rest[at + 1], writer.isBlankLine));
      continue;
    }
    let isValue = false;
    let until = at;
    for (let it = rest[at]; it !== undefined && it.kind !== "literal"; it = rest[++until]) isValue ||= it.kind === "value";
    const end = rest[until - 1]?.end ?? piece.end;
    const length = end - piece.start;
    const isUnknown = isValue || (joins(writer.before) && joins(text.charAt(end)));
    const shown = isUnknown ? `$${"_".repeat(length - 1)}` : withoutText(text.slice(piece.start, end));
    const isAlone = writer.isBlankLine && endsLine(text, end);
    writer.add(shown, isAlone ? "\n".repeat(length) : isUnknown ? shown : " ".repeat(length));
    at = until - 1;
  }
  return writer.end();
}

/** Line ends that an action takes away; where its line holds nothing else it takes none that matters. */
function trimmed(text: string, before: Piece | undefined, behind: Piece | undefined, isBlankLine: boolean): string {
  const kept = behind?.first?.trimsBefore ? text.trimEnd() : text;
  const tail = withoutLines(text.slice(kept.length));
  if (!before?.last?.trimsBehind || isBlankLine) return kept + tail;
  const bare = kept.trimStart();
  return withoutLines(kept.slice(0, kept.length - bare.length)) + bare + tail;
}

const withoutLines = (text: string): string => text.replaceAll("\n", " ");

/** What stands on both sides of nothing is one word there. */
const joins = (character: string): boolean => character !== "" && character.trim() !== "" && !";{}".includes(character);

/** Lines stay lines. */
const withoutText = (text: string): string =>
  text
    .split("\n")
    .map((line) => " ".repeat(line.length))
    .join("\n");

function endsLine(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && (text.charAt(at) === " " || text.charAt(at) === "\t" || text.charAt(at) === "\r")) at++;
  return at >= text.length || text.charAt(at) === "\n";
}
