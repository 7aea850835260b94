/**
 * `tlslint: allow(rule): reason` in comments, and in the explanatory text of PEM files. A suppression says why, holds for one line
 * or the item below it, may end at a date, and is a finding itself when it suppresses nothing.
 */
import { closest } from "../base/closest.ts";
import { covers, type Span, span } from "../base/span.ts";
import type { Finding } from "./api.ts";
import { readDay } from "./suppression-day.ts";

export interface Suppression {
  /** The comment from `tlslint:` on. */
  readonly span: Span;
  readonly rules: readonly { readonly name: string; readonly span: Span }[];
  readonly wholeFile: boolean;
  readonly reason: string;
  /** The day until whose end it holds. */
  readonly until?: string;
  /** What stands in place of that day and is none. */
  readonly wrongDay?: string;
  /** It is not written as it has to be. */
  readonly malformed: boolean;
}

const FORM = "write `tlslint: allow(rule): reason`";
const DAY_FORM = "write the last day as `until YYYY-MM-DD`, such as `until 2027-01-31`; `until` is reserved for it";

/** `text` of one comment, or of one line of a PEM file's text; `offset`: its place in the file. */
export function parseSuppression(text: string, offset: number): Suppression | undefined {
  const begin = /^[\s/*#;!-]*/.exec(text)?.[0].length ?? 0;
  const written = text.slice(begin).trimEnd();
  if (!/^tlslint\s*:/.test(written)) return undefined;
  const body = written.endsWith("*/") ? written.slice(0, -"*/".length).trimEnd() : written;
  const whole = span(offset + begin, offset + begin + body.length);
  const match = /^tlslint\s*:\s*(allow(?:-file)?)\s*\(([^)]*)\)([\s\S]*)$/.exec(body.replaceAll("\r", " "));
  if (!match) return { span: whole, rules: [], wholeFile: false, reason: "", malformed: true };
  const [, word = "", list = "", rest = ""] = match;
  const listAt = offset + begin + body.indexOf("(") + 1;
  const rules = [...list.matchAll(/[^\s,][^,]*/g)].map((it) => {
    const name = it[0].trim();
    return { name, span: span(listAt + it.index, listAt + it.index + name.length) };
  });
  const { rest: said, ...day } = readDay(rest);
  const reason = said.replace(/^[\s:,;]+/, "").replace(/(?<![\s:,;])[\s:,;]+$/, "");
  return {
    span: whole,
    rules,
    wholeFile: word === "allow-file",
    reason,
    ...day,
    malformed: rules.length === 0,
  };
}

export interface SuppressionContext {
  readonly file: string;
  readonly now: number;
  readonly knownRules: readonly string[];
  /** Rules that are switched off suppress nothing, and that is no news. */
  readonly offRules: ReadonlySet<string>;
  /** Where a suppression holds; undefined when nothing follows it. */
  reach(suppression: Suppression): Span | undefined;
  /** False where findings may be missing, so that "unused" would be a guess. */
  readonly complete: boolean;
}

/** The findings, those that are suppressed marked, and what is wrong with the suppressions. */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  context: SuppressionContext,
): readonly Finding[] {
  const { now, knownRules, offRules, file, complete } = context;
  const flawed: Finding[] = [];
  const active: Active[] = [];
  const report = (rule: string, place: Span, message: string, help: string): void => {
    flawed.push({ rule, severity: "warning", place: { file, span: place }, message, help, notes: [], related: [], fixes: [] });
  };
  for (const one of suppressions) {
    if (one.malformed) report("bad-suppression", one.span, "malformed suppression: it suppresses nothing", FORM);
    for (const { name, span: place } of one.rules) {
      if (!knownRules.includes(name)) {
        const nearest = closest(name, knownRules);
        report(
          "bad-suppression",
          place,
          `unknown rule \`${name}\``,
          nearest === undefined ? "see `tlslint rules`" : `did you mean \`${nearest}\``,
        );
      } else if (state(one, now) === "without a reason") {
        report("bad-suppression", one.span, `\`allow(${name})\` has no reason and suppresses nothing`, "add the reason after a colon");
      } else if (state(one, now) === "without a day") {
        report(
          "bad-suppression",
          one.span,
          `\`${`until ${one.wrongDay}`.trimEnd()}\` is not a date: \`allow(${name})\` suppresses nothing`,
          DAY_FORM,
        );
      } else if (state(one, now) === "over") {
        report("bad-suppression", one.span, `suppression of \`${name}\` ended on ${one.until}`, "fix the finding, or set a new date");
      } else active.push({ rule: name, held: heldBy(one, context.reach), place, reason: one.reason, used: offRules.has(name) });
    }
  }
  const holding = holders(findings, active);
  const judged = findings.map((finding): Finding => {
    const reason = holding.get(finding)?.reason;
    return reason === undefined || finding.suppressed ? finding : silenced(finding, { by: "comment", reason });
  });
  for (const { rule, place, used } of active) {
    if (!used && complete) {
      report(
        "unused-suppression",
        place,
        `\`allow(${rule})\` suppresses nothing here`,
        "remove it, or move it to the line above the finding",
      );
    }
  }
  return [...judged, ...flawed.map((it) => (offRules.has(it.rule) ? switchedOff(it) : it))];
}

/** A suppression of one rule. */
interface Active {
  readonly rule: string;
  /** Where it holds; undefined: in the whole file. */
  readonly held: Span | undefined;
  readonly place: Span;
  readonly reason: string;
  used: boolean;
}

/** By finding, the first suppression that holds it; those that hold any are marked as used. In the order of the text, so that it stays linear. */
function holders(findings: readonly Finding[], active: readonly Active[]): ReadonlyMap<Finding, Active> {
  const found = new Map<Finding, Active>();
  const byRule = grouped(findings);
  for (const [rule, ofRule] of grouped(active)) {
    const ordered = (byRule.get(rule) ?? []).toSorted((a, b) => a.place.span.start - b.place.span.start);
    const starts = ordered.map((it) => it.place.span.start);
    for (const it of ofRule) it.used ||= it.held === undefined ? ordered.length > 0 : holdsAny(it.held, starts);
    const whole = ofRule.find((it) => it.held === undefined);
    const places = ofRule
      .flatMap((it) => (it.held === undefined ? [] : [{ it, held: it.held }]))
      .sort((a, b) => a.held.start - b.held.start);
    let next = 0;
    for (const finding of ordered) {
      const { start } = finding.place.span;
      // What ended before this finding holds none behind it.
      while (next < places.length && (places[next]?.held.end ?? start) < start) next++;
      const first = places[next];
      const holder = first !== undefined && first.held.start <= start ? first.it : whole;
      if (holder !== undefined) found.set(finding, holder);
    }
  }
  return found;
}

function grouped<T extends { readonly rule: string }>(items: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const it of items) {
    const group = groups.get(it.rule);
    if (group === undefined) groups.set(it.rule, [it]);
    else group.push(it);
  }
  return groups;
}

/** Whether any of ascending offsets lies in a span, by halving. */
function holdsAny({ start, end }: Span, starts: readonly number[]): boolean {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low < starts.length && (starts[low] ?? end) <= end;
}

/** Its fixes are not made: nobody asks for them. */
const silenced = (
  { rule, severity, place, message, help, notes, related }: Finding,
  suppressed: NonNullable<Finding["suppressed"]>,
): Finding => ({ rule, severity, place, message, help, notes, related, fixes: [], suppressed });

export const switchedOff = (finding: Finding): Finding =>
  silenced(finding, { by: "configuration", reason: `\`${finding.rule}\` is switched off` });

/** Whether a comment of the finding's file suppresses it. */
export const isSuppressed = (
  finding: Finding,
  suppressions: readonly Suppression[],
  { now, reach }: Pick<SuppressionContext, "now" | "reach">,
): boolean =>
  suppressions.some(
    (one) => state(one, now) === "active" && one.rules.some(({ name }) => name === finding.rule) && holds(heldBy(one, reach), finding),
  );

function state({ reason, until, wrongDay }: Suppression, now: number): "active" | "without a reason" | "without a day" | "over" {
  if (reason === "") return "without a reason";
  if (wrongDay !== undefined) return "without a day";
  return until !== undefined && hasPassed(until, now) ? "over" : "active";
}

const heldBy = (one: Suppression, reach: SuppressionContext["reach"]): Span | undefined =>
  one.wholeFile ? undefined : (reach(one) ?? one.span);

/** A finding belongs to where it starts. */
const holds = (held: Span | undefined, { place: { span: it } }: Finding): boolean =>
  held === undefined || covers(held, span(it.start, it.start));

const hasPassed = (day: string, now: number): boolean => now >= Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000;
