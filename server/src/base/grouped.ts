/** Items by a key, in the order in which the keys come first. */
export function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const it of items) {
    const known = groups.get(key(it));
    if (known === undefined) groups.set(key(it), [it]);
    else known.push(it);
  }
  return groups;
}
