/** What lowering has to be told of macros that are here: what their calls make, and which names they write themselves. */

export interface Macros {
  /** A block, and where that is said to begin; undefined where no macro is known to make anything. `bracket`: where that of the call opens. */
  expansion(bracket: number): { readonly text: string; readonly at: number } | undefined;
  /** Of a place, which call of a macro has written what stands there; 0 for what nobody but the program has. */
  hygiene(position: number): number;
}

export const NO_MACROS: Macros = { expansion: () => undefined, hygiene: () => 0 };
