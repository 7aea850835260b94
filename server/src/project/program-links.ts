/** Whether a file that changed belongs to the same programs, for the same of its bodies: typing changes texts, and seldom that. */
import type { Link, Outline } from "../reading/index.ts";
import { ACCEPTING, CONNECTING, LEAVES_CLIENT, LEAVES_NAME } from "../reading/lexicon.ts";
import type { RustEntry } from "./rust-entry.ts";
import type { RustIndex } from "./rust-index.ts";

/** Library names that decide which bodies and files are looked for. */
const DECISIVE: ReadonlySet<string> = new Set([...LEAVES_NAME, ...LEAVES_CLIENT, ...CONNECTING, ...ACCEPTING]);

/**
 * What leads from one file to another is in the index (`RustIndex.revision`); here is what leads from one body to another. `told`: names
 * of fields of which it is asked which files have them. `outlines`: undefined where nobody has looked into that text.
 */
export async function linksAlike(
  before: RustEntry,
  after: RustEntry,
  index: RustIndex,
  told: Iterable<string>,
  outlines: { known(entry: RustEntry): Promise<Outline | undefined> | undefined; of(entry: RustEntry): Promise<Outline | undefined> },
): Promise<boolean> {
  for (const word of [...DECISIVE, ...told]) if (index.has(before, word) !== index.has(after, word)) return false;
  const known = outlines.known(before);
  return known === undefined || linksText(await known, index) === linksText(await outlines.of(after), index);
}

/** All that programs are grown from, in one text: which bodies say something, and whom they name of those that are declared somewhere. */
function linksText(outline: Outline | undefined, index: RustIndex): string {
  if (outline === undefined) return "";
  const counts = ({ name }: Link): boolean => DECISIVE.has(name) || index.declaring(name.replace(/!$/, "")).length > 0;
  const linked = (links: Iterable<Link>) => [...links].filter(counts).map(({ name, method, after, root }) => [name, method, after, root]);
  const bodies = outline.bodies.map(({ key, name, type, trait, method, modelled, test, links }) => [
    [key, name, type, trait, method, modelled, test],
    linked([...links.values()].flat()),
  ]);
  const types = [...outline.types].map(([name, links]) => [name, linked(links)]);
  return JSON.stringify([bodies, types, [...outline.imports.paths], [...outline.imports.globs], outline.telling]);
}
