/** The revocation lists of an authority, in the file and in the others of the workspace. */
import type { CertificateFile } from "../../pki/index.ts";
import type { FileContext } from "../rule.ts";
import { listsOf, type PlacedList } from "./context.ts";

export interface FoundList extends PlacedList {
  /** The other file that it lies in. */
  readonly shown: string | undefined;
}

export const anyLists = (file: CertificateFile, { neighbours }: FileContext): boolean =>
  listsOf(file).length > 0 || neighbours?.holdsLists === true;

/** By the issuer's name as RFC 4514 text; those of the file come first. */
export function listsByIssuer(file: CertificateFile, { neighbours }: FileContext): (issuer: string) => readonly FoundList[] {
  const own = new Map<string, FoundList[]>();
  for (const { section, list } of listsOf(file)) {
    const known = own.get(list.issuer.text);
    if (known === undefined) own.set(list.issuer.text, [{ section, list, shown: undefined }]);
    else known.push({ section, list, shown: undefined });
  }
  const found = new Map<string, readonly FoundList[]>();
  return (issuer) => {
    const known = found.get(issuer);
    if (known !== undefined) return known;
    const others = neighbours?.listsOf(issuer) ?? [];
    const all = [...(own.get(issuer) ?? []), ...others.map(({ section, parsed, shown }): FoundList => ({ section, list: parsed, shown }))];
    found.set(issuer, all);
    return all;
  };
}
