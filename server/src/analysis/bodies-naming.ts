/** Bodies in which some names stand as code. */
import type { ResolvedProgram } from "../flow/index.ts";
import type { Declared } from "../rust/index.ts";
import { hashOfName, withoutWriting } from "../rust/items/index.ts";

export function bodiesNaming(program: ResolvedProgram, words: ReadonlySet<string>): readonly Declared[] {
  const hashes = new Set([...words].map(hashOfName));
  return [...program.ids.bodies()].flatMap((id) => {
    const declared = program.ids.declared(id);
    const names = declared?.fragment.scanned.namesIn(declared.tree.index);
    return declared !== undefined && names?.some((it) => hashes.has(withoutWriting(it))) === true ? [declared] : [];
  });
}
