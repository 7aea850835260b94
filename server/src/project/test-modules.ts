/** Test code that does not say so in the file itself: a module declared under `#[cfg(test)]`, a package that is for tests by its name. */
import { type Files, textOf } from "./files.ts";
import { isTestPackage } from "./kind.ts";
import type { ModulePlace, Package } from "./packages.ts";
import { folderOf } from "./path.ts";

/** Levels of modules that are looked at upwards. */
const MAXIMUM_LEVELS = 8;

/** Whether a file is test code by its place, its package or the module that declares it. */
export async function isTestCode(place: ModulePlace, owner: Package | undefined, files: Files): Promise<boolean> {
  if (place.role === "test" || place.role === "bench") return true;
  return isTestPackage(owner?.facts.name ?? "") || (await declaredAsTest(place, files));
}

/** Seen in the file that declares the module, or one above it. */
async function declaredAsTest(place: ModulePlace, files: Files): Promise<boolean> {
  let { modulePath, parents } = place;
  for (let level = 0; level < MAXIMUM_LEVELS && modulePath.length > 0; level++) {
    const names = place.modulePath.slice(modulePath.length - 1);
    for (const parent of parents) {
      const text = textOf(await files.readKept(parent))?.text;
      if (text !== undefined && declaresTestModule(text, names)) return true;
    }
    modulePath = modulePath.slice(0, -1);
    parents = modulePath.length === 0 ? [] : above(parents[1] ?? "", modulePath.length === 1);
  }
  return false;
}

/** From `…/a/b/mod.rs` (the folder form of the module `a::b`) to the files that may declare it. */
function above(folderForm: string, atTop: boolean): readonly string[] {
  const folder = folderOf(folderOf(folderForm));
  return atTop ? [`${folder}/lib.rs`, `${folder}/main.rs`] : [`${folder}.rs`, `${folder}/mod.rs`];
}

/** `mod a;` or, with what is inside of it, `mod a { mod b; }`: by names from the outside in. */
function declaresTestModule(text: string, [name = "", ...inner]: readonly string[]): boolean {
  // A module's own name may be anything that Rust allows; only plain ones are looked for.
  if (!/^\w+$/.test(name) || !text.includes(name)) return false;
  const declaration = new RegExp(`(?:^|[\\]{;}])[ \\t]*(?:pub(?:\\([^()\\n]*\\))?[ \\t]+)?mod[ \\t]+${name}[ \\t]*([;{])`, "m").exec(text);
  if (!declaration) return false;
  // The attributes directly above, up to the end of the item before.
  const start = declaration.index + (/^[\]{;}]/.test(declaration[0]) ? 1 : 0);
  const before = text.slice(0, start).split("\n").slice(-6).join("\n");
  const attributes = before.slice(Math.max(before.lastIndexOf(";"), before.lastIndexOf("}"), before.lastIndexOf("{")) + 1);
  if (attributes.split("#[cfg(").slice(1).some(asksForTest)) return true;
  if (declaration[1] === ";") return false;
  return declaresTestModule(blockAt(text, declaration.index + declaration[0].length), inner);
}

/** What follows `#[cfg(`: `test` itself, or a list of which it is one. */
const asksForTest = (predicate: string): boolean =>
  /^(?:test\b|all\()/.test(predicate) && /\btest\b/.test(predicate.split("]", 1)[0] ?? "");

/** From an opening brace on to the one that closes it. */
function blockAt(text: string, start: number): string {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return text.slice(start, at);
  }
  return text.slice(start);
}
