/** What one file offers to others and asks of them, by names: enough to see which files have to be read together. */
import { buildScopes, type ImplItem, type Item, type Type } from "../rust/index.ts";
import { bodiesOf, COMMON_NAMES } from "./entries.ts";
import { isTest } from "./guards.ts";
import { mayReadIdentity } from "./identity.ts";
import type { ReadingInput, SourceFile } from "./index.ts";
import { ModelIndex } from "./model-index.ts";

export interface Outline {
  readonly bodies: readonly BodyOutline[];
  /** Types and traits with the names in their declarations: the types of fields, the attributes. */
  readonly types: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface BodyOutline {
  /** `Type::name` of what an impl holds. */
  readonly key: string;
  readonly name: string;
  /** By what callers name it; undefined where only the type around it would tell, and that is not known. */
  readonly call: string | undefined;
  /** Of a method: the type that has it. */
  readonly type: string | undefined;
  readonly method: boolean;
  readonly names: ReadonlySet<string>;
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
  const bodies = bodiesOf(input, scopes, () => source.crate).map(({ item, names, implementation, path }): BodyOutline => {
    const type = implementation && typeName(implementation.type);
    const method = item.kind === "function" && item.receiver !== undefined;
    const free = item.kind !== "function" || (type === undefined && !method);
    return {
      key: bodyKey(item.name, implementation),
      name: item.name,
      call: COMMON_NAMES.has(item.name) && !(free && item.name !== "main") ? type : item.name,
      type,
      method,
      names: new Set([...names, ...(type === undefined ? [] : [type])]),
      modelled: [...names].some((name) => index.isTrigger(name, source.name)) || mayReadIdentity(names, source.file.text),
      test: isTest(path),
    };
  });
  return { bodies, types: new Map(typesIn(source.file.items, source.file.text)) };
}

function typesIn(items: readonly Item[], text: string): readonly (readonly [string, ReadonlySet<string>])[] {
  return items.flatMap((item) => {
    switch (item.kind) {
      case "struct":
      case "enum":
      case "trait":
      case "type-alias":
        return [[item.name, new Set(text.slice(item.span.start, item.span.end).match(/[A-Za-z_]\w*/g) ?? [])] as const];
      case "module":
        return typesIn(item.items ?? [], text);
      default:
        return [];
    }
  });
}

function typeName(type: Type): string | undefined {
  if (type.kind === "reference") return typeName(type.inner);
  return type.kind === "path" ? type.path.segments.at(-1)?.name : undefined;
}
