/** Sets of numbers as sorted arrays: a file has thousands of names, and a workspace thousands of files. */

/** Each once, ascending; the array is sorted in place. */
export function distinct(numbers: Int32Array): Int32Array {
  numbers.sort();
  let count = 0;
  for (const it of numbers) if (count === 0 || numbers[count - 1] !== it) numbers[count++] = it;
  return numbers.slice(0, count);
}

/** Binary search. */
export function holds(sorted: Uint32Array | Int32Array, wanted: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle] ?? 0;
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** By number: the paths of those that have it. */
export function inverted<T extends { readonly path: string }>(
  entries: Iterable<T>,
  idsOf: (entry: T) => Uint32Array | Int32Array,
): Map<number, readonly string[]> {
  const having = new Map<number, string[]>();
  for (const entry of entries) {
    for (const id of idsOf(entry)) {
      const list = having.get(id);
      if (list === undefined) having.set(id, [entry.path]);
      else list.push(entry.path);
    }
  }
  return having;
}
