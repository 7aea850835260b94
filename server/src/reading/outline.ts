/** What one file offers to others and asks of them, by names: enough to see which files have to be read together. */
import { buildScopes, type ImplItem, type Item, type Type } from "../rust/index.ts";
import { bodiesOf } from "./entries.ts";
import { isTest } from "./guards.ts";
import { mayReadIdentity, namesIdentity } from "./identity.ts";
import type { ReadingInput, SourceFile } from "./index.ts";
import { isTellingName } from "./lexicon.ts";
import { type Imports, importsIn, type Link, linksIn } from "./links.ts";
import { ModelIndex } from "./model-index.ts";

export interface Outline {
  readonly bodies: readonly BodyOutline[];
  /** Types and traits with what their declarations name: the types of fields, what attributes call. */
  readonly types: ReadonlyMap<string, readonly Link[]>;
  readonly imports: Imports;
  /** Fields of its structs whose names say that nobody is verified by what they hold. */
  readonly telling: readonly string[];
}

export interface BodyOutline {
  /** `Type::name` of what an impl holds. */
  readonly key: string;
  readonly name: string;
  /** What an impl is for, and the trait it implements; of what a trait itself holds, that one. */
  readonly type: string | undefined;
  readonly trait: string | undefined;
  readonly method: boolean;
  /** By name. */
  readonly links: ReadonlyMap<string, readonly Link[]>;
  /** It names something modelled. */
  readonly modelled: boolean;
  readonly test: boolean;
}

/** By what a body is known from one reading to the next; `cfg` twins share it. */
export function bodyKey(name: string, implementation: ImplItem | undefined): string {
  const type = implementation && typeName(implementation.type);
  return type === undefined ? name : `${type}::${name}`;
}

/** Plain data: nothing of the tree is kept. */
export function outlineOf(source: SourceFile, models: ReadingInput["models"]): Outline {
  const input: ReadingInput = { files: [source], models };
  const index = new ModelIndex(input);
  const scopes = buildScopes([{ files: [source], dependencies: undefined }]);
  const { items, text } = source.file;
  const imports = importsIn(items);
  const identity = namesIdentity(text);
  const bodies = bodiesOf(input, scopes, () => source.crate).map(({ item, names, implementation, within, path }): BodyOutline => {
    const type = implementation && typeName(implementation.type);
    return {
      key: bodyKey(item.name, implementation),
      name: item.name,
      type,
      trait: implementation?.trait?.segments.at(-1)?.name ?? within?.name,
      method: item.kind === "function" && item.receiver !== undefined,
      links: byName([...linksIn(text.slice(item.span.start, item.span.end), imports, type), ...(type === undefined ? [] : [near(type)])]),
      modelled: [...names].some((name) => index.isTrigger(name, source.name)) || (identity && mayReadIdentity(names)),
      test: isTest(path),
    };
  });
  return { bodies, types: new Map(typesIn(items, text, imports)), imports, telling: tellingIn(items) };
}

const tellingIn = (items: readonly Item[]): readonly string[] =>
  items.flatMap((item) => {
    if (item.kind === "module") return tellingIn(item.items ?? []);
    return item.kind === "struct" ? item.fields.flatMap(({ name }) => (isTellingName(name) ? [name] : [])) : [];
  });

const near = (name: string): Link => ({ name, method: false, after: undefined, root: undefined });

function byName(links: readonly Link[]): ReadonlyMap<string, readonly Link[]> {
  const found = new Map<string, Link[]>();
  for (const link of links) {
    const known = found.get(link.name);
    if (known === undefined) found.set(link.name, [link]);
    else known.push(link);
  }
  return found;
}

function typesIn(items: readonly Item[], text: string, imports: Imports): readonly (readonly [string, readonly Link[]])[] {
  return items.flatMap((item) => {
    switch (item.kind) {
      case "struct":
      case "enum":
      case "trait":
      case "type-alias":
        return [[item.name, linksIn(text.slice(item.span.start, item.span.end), imports, item.name)] as const];
      case "module":
        return typesIn(item.items ?? [], text, imports);
      default:
        return [];
    }
  });
}

function typeName(type: Type): string | undefined {
  if (type.kind === "reference") return typeName(type.inner);
  return type.kind === "path" ? type.path.segments.at(-1)?.name : undefined;
}
