/** Name constraints as OpenSSL decodes them (RFC 5280 §4.2.1.10). */
import { context, DerReader, TAG } from "../../der/der.ts";
import type { Extension } from "../../x509/extensions.ts";
import { type AlternativeName, readAlternativeName } from "./alternative-names.ts";

export interface Subtree {
  readonly base: AlternativeName;
  /** A minimum other than zero, or a maximum. */
  readonly bounded: boolean;
}
export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

export function readNameConstraints(der: Uint8Array, extension: Extension | undefined): NameConstraints | "malformed" | undefined {
  if (extension === undefined) return undefined;
  const reader = DerReader.lax(der, extension.value);
  const fields = reader.inside(reader.read(TAG.sequence, "name constraints"));
  const subtrees = (number: number): Subtree[] => {
    const element = fields.optional(context(number), "subtrees");
    const list = element === undefined ? undefined : fields.inside(element);
    const read: Subtree[] = [];
    while (list?.more) {
      const subtree = list.inside(list.read(TAG.sequence, "a subtree"));
      const base = readAlternativeName(subtree);
      const minimum = subtree.optional(context(0, false), "a minimum");
      const maximum = subtree.optional(context(1, false), "a maximum");
      subtree.finish("a subtree");
      const positive = minimum !== undefined && reader.contents(minimum).some((byte) => byte !== 0);
      if (base !== undefined) read.push({ base, bounded: positive || maximum !== undefined });
    }
    return read;
  };
  const permitted = subtrees(0);
  const excluded = subtrees(1);
  fields.finish("the excluded subtrees");
  return reader.error === undefined ? { permitted, excluded } : "malformed";
}
