/** Typing, replayed: a line of a program is taken out and typed again, token by token, with and without an editor that closes brackets. */
import { minimal } from "../../server/src/base/text-edit.ts";
import type { Finding } from "../../server/src/service/api.ts";
import type { TypingService } from "../../server/src/service/typing/typing-service.ts";

export interface Retyped {
  /** Without the line. */
  readonly before: string;
  /** While it is typed, from its first token to all but the last one. */
  readonly states: readonly string[];
  readonly after: string;
}

const TOKENS = /\s*(?:[A-Za-z_][A-Za-z0-9_]*|\d[\w.]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'|->|=>|::|&&|\|\||[^\s])/gu;
const CLOSED_BY: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** `line` counts from 0; `closes`: whoever types a bracket gets both, and types over the second one. */
export function retyped(text: string, line: number, closes: boolean): Retyped {
  const lines = text.split("\n");
  const ahead = lines
    .slice(0, line)
    .map((it) => `${it}\n`)
    .join("");
  const behind = lines
    .slice(line + 1)
    .map((it) => `\n${it}`)
    .join("");
  const tokens = (lines[line] ?? "").match(TOKENS) ?? [];
  const states: string[] = [];
  let typed = "";
  let closing: string[] = [];
  for (const token of tokens.slice(0, -1)) {
    typed += token;
    const sign = token.trim();
    const closed = CLOSED_BY[sign];
    if (closes && closed !== undefined) closing = [closed, ...closing];
    else if (closing[0] === sign) closing = closing.slice(1);
    states.push(`${ahead}${typed}${closing.join("")}${behind}`);
  }
  return { before: `${ahead}${behind}`, states, after: text };
}

/** Of one program, how calm its findings were. */
export interface Calm {
  /** After a pause it says what a fresh service says. */
  readonly settles: boolean;
  /** True findings in all states, and those of them that were not shown. */
  readonly expected: number;
  readonly missing: readonly string[];
  /** Findings that were shown, and those of them that neither the text before has nor the one behind. */
  readonly shown: number;
  readonly wrong: readonly string[];
}

/** `service` has the file open; it ends with the text as it was. `fresh`: what a service says that sees a text for the first time. */
export async function replayed(
  service: TypingService,
  file: string,
  retyping: Retyped,
  fresh: (text: string) => Promise<readonly Finding[]>,
): Promise<Calm> {
  const { before, states, after } = retyping;
  const [then, finally_] = [new Set(keysOf(await fresh(before), before, retyping)), new Set(keysOf(await fresh(after), after, retyping))];
  const expected = [...then].filter((it) => finally_.has(it));
  const missing: string[] = [];
  const wrong: string[] = [];
  let shown = 0;
  service.change(file, before, undefined);
  await service.lint(file);
  let known = before;
  for (const state of states) {
    service.change(file, state, minimal(known, [{ span: { start: 0, end: known.length }, text: state }]));
    known = state;
    const keys = keysOf((await service.lint(file)).findings, state, retyping);
    const now = new Set(keys);
    const typed = state.slice(lengthBefore(retyping), state.length - lengthBehind(retyping));
    missing.push(...expected.filter((it) => !now.has(it)).map((it) => `${it} at ${typed}`));
    wrong.push(...keys.filter((it) => !then.has(it) && !finally_.has(it)).map((it) => `${it} at ${typed}`));
    shown += keys.length;
  }
  service.change(file, after, minimal(known, [{ span: { start: 0, end: known.length }, text: after }]));
  service.pause();
  const settled = new Set(keysOf((await service.lint(file)).findings, after, retyping));
  return {
    settles: settled.size === finally_.size && [...settled].every((it) => finally_.has(it)),
    expected: expected.length * states.length,
    missing,
    shown,
    wrong,
  };
}

/** Places in front of the line count from the beginning, those behind it from the end; of what stands in it only the rule counts. */
function keysOf(findings: readonly Finding[], text: string, retyping: Retyped): readonly string[] {
  const [start, end] = [lengthBefore(retyping), text.length - lengthBehind(retyping)];
  return findings.map(({ rule, severity, place: { span } }) => {
    const place = span.end <= start ? `${span.start}` : span.start >= end ? `-${text.length - span.start}` : "in the line";
    return `${rule} ${severity} ${place}`;
  });
}

const lengthBefore = ({ before, after }: Retyped): number => {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  return before.lastIndexOf("\n", at - 1) + 1;
};

const lengthBehind = (it: Retyped): number => it.before.length - lengthBefore(it);
