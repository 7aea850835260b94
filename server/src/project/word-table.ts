/** Words as numbers: a workspace repeats the same few thousand in every file. */

export class WordTable {
  readonly #ids = new Map<string, number>();
  readonly #words: string[] = [];

  known(word: string): number | undefined {
    return this.#ids.get(word);
  }

  word(id: number): string {
    return this.#words[id] ?? "";
  }

  /** Ascending, each once. */
  idsOf(words: readonly string[]): Uint32Array {
    const ids = new Set<number>();
    for (const word of words) ids.add(this.#idOf(word));
    return Uint32Array.from(ids).sort();
  }

  #idOf(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    // A slice would keep the whole text that it was cut from.
    const own = ` ${word}`.slice(1);
    this.#ids.set(own, id);
    this.#words.push(own);
    return id;
  }
}
