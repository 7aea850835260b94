/** What a file declares and imports, wherever in it, and which of its names are known to be types or traits. */
import type { Expression, ImplItem, Item, Path, Pattern, RustFile, Type, UseItem } from "../../rust/index.ts";
import { blocksIn } from "./orphans.ts";
import { expressionsIn } from "./trail.ts";

export interface Declarations {
  /** Functions, types and constants; what an impl or a trait holds is left out. */
  readonly items: readonly Declared[];
  readonly uses: readonly UseItem[];
  readonly implementations: readonly ImplItem[];
  /** Named where only a type or a value can stand. */
  readonly types: ReadonlySet<string>;
  /** Named where only a trait can stand. */
  readonly traits: ReadonlySet<string>;
  /** Names of variables and parameters, wherever they are. */
  readonly variables: ReadonlySet<string>;
  /** `mod name;`: other files may see what this one keeps to itself. */
  readonly outOfLine: boolean;
}
export type Declared = Extract<Item, { readonly kind: "function" | "struct" | "enum" | "const" | "static" | "type-alias" }>;

const known = new WeakMap<RustFile, Declarations>();

export function declarationsOf(file: RustFile): Declarations {
  const kept = known.get(file) ?? declarationsIn(file);
  known.set(file, kept);
  return kept;
}

function declarationsIn(file: RustFile): Declarations {
  const items: Declared[] = [];
  const uses: UseItem[] = [];
  const implementations: ImplItem[] = [];
  const types = new Set<string>();
  const traits = new Set<string>();
  const variables = new Set<string>();
  let outOfLine = false;

  const head = (path: Path | undefined, into: Set<string>): void => {
    const [first] = path?.segments ?? [];
    if (first !== undefined) into.add(first.name);
    for (const segment of path?.segments ?? []) for (const it of segment.generics) type(it);
    if (path?.self !== undefined) type(path.self);
  };
  const type = (it: Type | undefined): void => {
    if (it === undefined) return;
    if (it.kind === "path") head(it.path, types);
    else if (it.kind === "reference" || it.kind === "slice") type(it.inner);
    else if (it.kind === "tuple") for (const one of it.elements) type(one);
    else if (it.kind === "bounds") for (const one of it.bounds) if (one.kind === "path") head(one.path, traits);
  };
  const pattern = (it: Pattern | undefined): void => {
    if (it === undefined) return;
    if (it.kind === "binding") {
      variables.add(it.name);
      pattern(it.inside);
    } else if (it.kind === "reference") pattern(it.inside);
    else if ("path" in it) head(it.path, types);
    if ("elements" in it) for (const one of it.elements) pattern(one);
    if (it.kind === "struct") for (const one of it.fields) pattern(one.pattern);
  };
  const expression = (it: Expression): void => {
    if (it.kind === "struct") head(it.path, types);
    else if (it.kind === "cast") type(it.type);
    else if (it.kind === "method") for (const one of it.generics) type(one);
    else if (it.kind === "match") for (const arm of it.arms) pattern(arm.pattern);
    else if (it.kind === "let" || it.kind === "for") pattern(it.pattern);
    else if (it.kind === "closure") {
      for (const one of it.parameters) {
        pattern(one.pattern);
        type(one.type);
      }
    }
    // `VALUE`, `Kind::Variant`, `Kind::CONSTANT`: no trait is a value, nor has one without a type before it.
    else if (it.kind === "path" && /^(?:[A-Z]|$)/.test(it.path.segments[1]?.name ?? "")) head(it.path, types);
    else if (it.kind === "path") for (const segment of it.path.segments) for (const one of segment.generics) type(one);
  };
  const visit = (item: Item, held: boolean): void => {
    switch (item.kind) {
      case "use":
        uses.push(item);
        return;
      case "module":
        if (item.items === undefined) outOfLine = true;
        for (const it of item.items ?? []) visit(it, false);
        return;
      case "impl":
        implementations.push(item);
        head(item.trait, traits);
        type(item.type);
        for (const it of item.items) visit(it, true);
        return;
      case "trait":
        traits.add(item.name);
        for (const it of item.items) visit(it, true);
        return;
      case "struct":
        for (const it of item.fields) type(it.type);
        break;
      case "enum":
        for (const it of item.variants) for (const field of it.fields) type(field.type);
        break;
      case "const":
      case "static":
      case "type-alias":
        type(item.type);
        break;
      case "function": {
        for (const it of item.parameters) {
          pattern(it.pattern);
          type(it.type);
        }
        type(item.returns);
        for (const it of item.generics) for (const bound of it.bounds) if (bound.kind === "path") head(bound.path, traits);
        const body = item.body();
        if (body === undefined) break;
        const all = expressionsIn(body);
        for (const block of [body, ...all.flatMap(blocksIn)]) {
          for (const it of block.items) visit(it, false);
          for (const it of block.statements) {
            if (it.kind !== "let") continue;
            pattern(it.pattern);
            type(it.type);
          }
        }
        for (const it of all) expression(it);
        break;
      }
      default:
        return;
    }
    if (!held) items.push(item);
  };
  for (const it of file.items) visit(it, false);
  return { items, uses, implementations, types, traits, variables, outOfLine };
}
