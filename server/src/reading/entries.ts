/** Where reading starts: the bodies that hold something modelled, callers before the functions that they call. */
import {
  codeNames,
  type Definition,
  type FunctionItem,
  type ImplItem,
  type Item,
  type Scope,
  type Scopes,
  type TraitItem,
  type ValueItem,
} from "../rust/index.ts";
import { attributeAtoms, EXAMPLE, type Features, testAtom } from "./guards.ts";
import type { ReadingInput } from "./index.ts";
import type { ModelIndex } from "./model-index.ts";
import { extend, type Path } from "./path-conditions.ts";

export interface Body {
  readonly item: FunctionItem | ValueItem;
  readonly definition: Definition;
  readonly file: string;
  readonly path: Path;
  readonly implementation?: ImplItem;
  readonly implementationAt?: Definition;
  /** The trait that declares it. */
  readonly within?: TraitItem;
  /** What it writes as code; of names in paths also `name::`, of what it calls also `name(` or `name!`. */
  readonly names: ReadonlySet<string>;
}

/** Every function, constant and static of the crate, with the conditions around it. */
export function bodiesOf(input: ReadingInput, scopes: Scopes, featuresIn: (file: string) => Features | undefined): Body[] {
  const bodies: Body[] = [];
  const aside = new Map(
    input.files.map((it) => [it.name, [...(it.testCode ? [testAtom()] : []), ...(it.example === true ? [EXAMPLE] : [])]]),
  );
  const walk = (
    items: readonly Item[],
    scope: Scope,
    path: Path,
    impl: { readonly item: ImplItem; readonly owner: Definition | undefined; readonly at: Definition } | undefined,
    depth: number,
    within?: TraitItem,
  ): void => {
    if (depth > 40) return;
    for (const item of items) {
      const own = extend(path, attributeAtoms(item.attributes, scope.file, featuresIn(scope.file))) ?? path;
      switch (item.kind) {
        case "function":
        case "const":
        case "static": {
          const definition: Definition = { item, scope, ...(impl?.owner === undefined ? {} : { owner: impl.owner }) };
          bodies.push({
            item,
            definition,
            file: scope.file,
            path: own,
            names: namesOf(item, scope.source.text),
            ...(impl === undefined ? {} : { implementation: impl.item, implementationAt: impl.at }),
            ...(within === undefined ? {} : { within }),
          });
          break;
        }
        case "impl": {
          const inner = scopes.child(scope, item);
          const owner = ownerOf(item, scope, scopes);
          walk(item.items, inner, own, { item, owner, at: { item, scope } }, depth + 1);
          break;
        }
        case "module":
          if (item.items !== undefined) walk(item.items, scopes.child(scope, item), own, undefined, depth + 1);
          break;
        case "trait":
          walk(item.items, scopes.child(scope, item), own, undefined, depth + 1, item);
          break;
        case "other":
          walk(item.items, scope, own, impl, depth + 1);
          break;
      }
    }
  };
  for (const root of scopes.roots) {
    const declared = scopes
      .declarations(root)
      .flatMap(({ item, scope }) => attributeAtoms(item.attributes, scope.file, featuresIn(scope.file)));
    const path = aside.get(root.file) ?? [];
    walk(root.items, root, extend(path, declared) ?? path, undefined, 0);
  }
  return bodies;
}

function ownerOf(item: ImplItem, scope: Scope, scopes: Scopes): Definition | undefined {
  if (item.type.kind !== "path") return undefined;
  const resolution = scopes.resolve(item.type.path, scope);
  return resolution.kind === "local" ? resolution.definition : undefined;
}

/** Programs share files: of an item they are the same in all. So is what it calls. */
const NAMES = new WeakMap<Item, ReadonlySet<string>>();

function namesOf(item: FunctionItem | ValueItem, text: string): ReadonlySet<string> {
  const known = NAMES.get(item);
  if (known !== undefined) return known;
  // Calls of macros are `name!`, by the names of the functions that their rules are read as.
  const names = codeNames(text.slice(item.span.start, item.span.end));
  NAMES.set(item, names);
  return names;
}

export const namesModelled = ({ names, file }: Pick<Body, "names" | "file">, models: ModelIndex): boolean =>
  [...names].some((name) => models.isTrigger(name, file));

/** Those worth reading: they name something modelled, or call something that does, and so on. */
export function interesting(bodies: readonly Body[], models: ModelIndex): Set<Body> {
  const chosen = new Set<Body>();
  const naming = new Map<string, Body[]>();
  for (const body of bodies)
    for (const name of body.names) {
      const known = naming.get(name);
      if (known === undefined) naming.set(name, [body]);
      else known.push(body);
    }
  const queue = [...models.triggers.keys()].flatMap((name) => (naming.get(name) ?? []).filter((it) => models.isTrigger(name, it.file)));
  for (let body = queue.pop(); body !== undefined; body = queue.pop()) {
    if (chosen.has(body)) continue;
    chosen.add(body);
    const name = callableName(body);
    if (name !== undefined) queue.push(...(naming.get(name) ?? []));
  }
  const ordered = new Set<Body>();
  for (const body of bodies) if (chosen.has(body)) ordered.add(body);
  return ordered;
}

/** The name by which callers are recognised; names that everything has are found by their type's. */
export function callableName(body: Body): string | undefined {
  const { name } = body.item;
  const owner = body.definition.owner?.item;
  if (
    !COMMON_NAMES.has(name) ||
    (body.item.kind === "function" && owner === undefined && name !== "main" && body.item.receiver === undefined)
  )
    return name;
  return owner !== undefined && "name" in owner ? owner.name : undefined;
}

/** Methods that everything has are found by their types' names. */
export const COMMON_NAMES: ReadonlySet<string> = new Set([
  "new",
  "default",
  "main",
  "build",
  "builder",
  "from",
  "into",
  "run",
  "start",
  "get",
  "set",
  "clone",
  "fmt",
  "drop",
  "next",
  "poll",
  "call",
  "handle",
  "init",
  "eq",
  "hash",
  "try_from",
  "from_str",
  "deref",
  "connect",
  "add",
]);

/**
 * The names by which a body may call something, or hand it on. A variable or a field is often called as some function is
 * (`client`, `config`): taken for a call it would make a circle, and the helper would be read before who calls it.
 */
export function called(body: Body): ReadonlySet<string> {
  const known = CALLED.get(body.item);
  if (known !== undefined) return known;
  const found = calledIn(body);
  CALLED.set(body.item, found);
  return found;
}

const CALLED = new WeakMap<Item, ReadonlySet<string>>();

function calledIn({ item, definition, names }: Body): ReadonlySet<string> {
  const { text } = definition.scope.source;
  const own = text.slice(item.span.start, item.span.end);
  const parameters = item.kind === "function" ? item.parameters : [];
  const variables = new Set([
    ...parameters.flatMap(({ pattern }) => text.slice(pattern.span.start, pattern.span.end).match(/[A-Za-z_]\w*/g) ?? []),
    ...[...own.matchAll(/\blet\s+(?:mut\s+)?([a-z_]\w*)/g)].map(([, name]) => name ?? ""),
  ]);
  const found = new Set([...names].filter((it) => it.endsWith("!")));
  for (const { 0: name, index } of own.matchAll(/[A-Za-z_]\w*/g)) {
    // Its own name is not a call of another that has it, too.
    if (item.span.start + index === item.nameSpan.start) continue;
    const behind = own.slice(index + name.length, index + name.length + 3).trimStart();
    const calls = behind.startsWith("(") || behind.startsWith("::");
    const field = own[index - 1] === "." || (behind.startsWith(":") && !calls);
    if (calls || !(field || variables.has(name))) found.add(name);
  }
  return found;
}
