/** Bodies in which some names stand as code. */
import type { ResolvedProgram } from "../flow/index.ts";
import type { Declared } from "../rust/index.ts";
import { hashOfName, withoutWriting } from "../rust/items/index.ts";

/** Of the whole program: whoever asks is to be asked again once another body has one of these names. */
export function bodiesNaming(program: ResolvedProgram, words: ReadonlySet<string>): readonly Declared[] {
  for (const it of words) program.looks.forName(it);
  const names = naming(words);
  return [...program.ids.bodies()].flatMap((id) => {
    const declared = program.ids.declared(id);
    return declared !== undefined && names(declared) ? [declared] : [];
  });
}

/** Whether a body has one of these names. */
export function naming(words: ReadonlySet<string>): (body: Declared) => boolean {
  const hashes = new Set([...words].map(hashOfName));
  return ({ fragment, tree }) => fragment.scanned.namesIn(tree.index).some((it) => hashes.has(withoutWriting(it)));
}
