/** The first answer that something of a list has to a question. */

export function firstOf<T, U>(list: readonly T[], found: (it: T) => U | undefined): U | undefined {
  for (const it of list) {
    const one = found(it);
    if (one !== undefined) return one;
  }
  return undefined;
}
