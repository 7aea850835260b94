/** Messages are one line of an editor: a fact, its consequence, and the conditions under which it holds. What does not fit is notes. */

const LONGEST = 100;

/** What users wrote does not count: nobody can shorten it. */
const lengthOf = (text: string): number => text.replace(/`[^`]*`/g, "").length;

const CONSEQUENCE = /^((?:`[^`]*`|(?!: |, so )[^`])+)(?:: |, so )([\s\S]+)$/;

/** What stands before the consequence. */
export const factOf = (message: string): string => CONSEQUENCE.exec(message)?.[1] ?? message;

/** Conditions come before the consequence where there is no place for both. */
export function oneLine(message: string, conditions: readonly string[]): { readonly message: string; readonly notes: readonly string[] } {
  const whole = withConditions(message, conditions);
  if (lengthOf(whole) <= LONGEST) return { message: whole, notes: [] };
  const [, fact = message, consequence] = CONSEQUENCE.exec(message) ?? [];
  let said = conditions.length;
  while (said > 0 && lengthOf(withConditions(fact, conditions.slice(0, said))) > LONGEST) said--;
  return {
    message: withConditions(fact, conditions.slice(0, said)),
    notes: [...(consequence === undefined ? [] : [consequence]), ...conditions.slice(said)],
  };
}

const withConditions = (message: string, conditions: readonly string[]): string =>
  conditions.length === 0 ? message : `${message} (${conditions.join("; ")})`;
