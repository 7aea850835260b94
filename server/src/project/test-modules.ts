/** Test code that does not say so in the file itself: a module declared under `#[cfg(test)]`, a package that is for tests by its name. */
import type { Cfg } from "../rust/ast.ts";
import { scan, type TreeItem } from "../rust/items/index.ts";
import { cfgIn } from "../rust/lower/attribute-predicates.ts";
import { MOST_LEVELS } from "./bounds.ts";
import { type Content, type Files, textOf } from "./files.ts";
import { isTestPackage } from "./kind.ts";
import type { ModulePlace } from "./module-place.ts";
import type { Package } from "./packages.ts";
import { folderOf } from "./path.ts";

/** Whether a file is test code by its place, its package or the module that declares it. */
export async function isTestCode(place: ModulePlace, owner: Package | undefined, files: Files): Promise<boolean> {
  if (place.role === "test" || place.role === "bench" || owner?.test === true) return true;
  return isTestPackage(owner?.facts.name ?? "") || (await declaredAsTest(place, files));
}

/** Seen in the file that declares the module, or one above it. */
async function declaredAsTest(place: ModulePlace, files: Files): Promise<boolean> {
  let { modulePath, parents } = place;
  for (let level = 0; level < MOST_LEVELS && modulePath.length > 0; level++) {
    const names = place.modulePath.slice(modulePath.length - 1);
    for (const parent of parents) {
      const content = await files.readKept(parent);
      if (content.kind !== "missing" && declaresTestModule(modulesOf(content), names)) return true;
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

interface Module {
  readonly name: string;
  readonly test: boolean;
  readonly inside: readonly Module[];
}

/** Many modules are declared in one file, which is looked through once. */
const KNOWN = new WeakMap<Content, readonly Module[]>();

function modulesOf(content: Content): readonly Module[] {
  const known = KNOWN.get(content);
  if (known !== undefined) return known;
  const found = modulesAmong(scan(textOf(content)?.text ?? "").tree.items);
  KNOWN.set(content, found);
  return found;
}

const modulesAmong = (items: readonly TreeItem[]): readonly Module[] =>
  items.flatMap(({ kind, name, attributes, items: inside = [] }) =>
    kind === "module" ? [{ name, test: attributes.some(asksForTest), inside: modulesAmong(inside) }] : [],
  );

/** `mod a;` or, with what is inside of it, `mod a { mod b; }`: by names from the outside in. In each configuration that has one it is a test. */
function declaresTestModule(modules: readonly Module[], [name, ...inner]: readonly string[]): boolean {
  const named = modules.filter((it) => it.name === name);
  return named.length > 0 && named.every(({ test, inside }) => test || declaresTestModule(inside, inner));
}

/** `cfg` of `test` itself, or of features that are there for tests by their names: nothing else makes it true. */
function asksForTest(attribute: string): boolean {
  const predicate = cfgIn(attribute);
  return predicate !== undefined && isForTests(predicate);
}

function isForTests(predicate: Cfg): boolean {
  switch (predicate.kind) {
    case "flag":
      return predicate.name === "test" || (predicate.name === "feature" && isTestPackage(predicate.value ?? ""));
    case "all":
      return predicate.of.some(isForTests);
    case "any":
      return predicate.of.length > 0 && predicate.of.every(isForTests);
    case "not":
      return false;
  }
}
