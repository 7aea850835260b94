/**
 * The day at which a suppression ends. `until` is its word wherever it stands behind the rules: if what follows it is no day, then
 * somebody believes that the suppression ends, and it never would.
 */

export interface SuppressionDay {
  /** The last day on which it holds; of several the first. */
  readonly until?: string;
  /** What follows `until`, word for word, and is no day. */
  readonly wrongDay?: string;
  /** What is left of the text. */
  readonly rest: string;
}

const UNTIL = /\buntil\b[\s:=]*([^\s,;]*)/gi;
const DAY = /^\d{4}-\d{2}-\d{2}(?![\w/+]|:\d)/;

export function readDay(text: string): SuppressionDay {
  const days: string[] = [];
  const wrong: string[] = [];
  const rest = text.replace(UNTIL, (phrase, word: string) => {
    const [day = ""] = DAY.exec(word) ?? [];
    if (!isDay(day)) {
      wrong.push(word);
      return phrase;
    }
    days.push(day);
    return word.slice(day.length);
  });
  const [until] = days.toSorted();
  const [wrongDay] = wrong;
  return { rest, ...(until !== undefined && { until }), ...(wrongDay !== undefined && { wrongDay }) };
}

/** Of the calendar: it has no 30 February. */
function isDay(day: string): boolean {
  const start = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(day);
}
