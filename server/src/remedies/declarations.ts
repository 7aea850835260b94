/** What a file declares and imports, wherever in it, and which of its names are known to be types or traits. */
import type { Span } from "../base/span.ts";
import type { Attributes, Expression, FunctionItem, Item, Path, Pattern, RustFile, Type, UseItem, Visibility } from "../rust/index.ts";
import { type Member, membersIn } from "./members.ts";
import { blocksIn } from "./orphans.ts";
import { expressionsIn } from "./trail.ts";

export interface Declarations {
  /** Functions, types and constants, by name; what an impl or a trait holds is left out. */
  readonly items: ReadonlyMap<string, readonly Declared[]>;
  readonly uses: readonly UseItem[];
  /** Of types that one word names, by that. */
  readonly implementations: ReadonlyMap<string, readonly Implementation[]>;
  /** Named where only a type or a value can stand. */
  readonly types: ReadonlySet<string>;
  /** Named where only a trait can stand. */
  readonly traits: ReadonlySet<string>;
  /** Where variables and parameters get their names. */
  readonly variables: ReadonlyMap<string, readonly number[]>;
  /** Those that are written in the file. */
  readonly modules: readonly Declared[];
  /** Where `mod name;` stands. */
  readonly outOfLine: readonly number[];
  /** Fields and variants, by name. */
  readonly members: ReadonlyMap<string, readonly Member[]>;
}
export interface Implementation {
  readonly name: string;
  readonly span: Span;
  readonly attributes: Attributes;
}
export interface Declared extends Implementation {
  readonly nameSpan: Span;
  readonly visibility: Visibility;
}

const known = new WeakMap<RustFile, Declarations>();

export function declarationsOf(file: RustFile): Declarations {
  const kept = known.get(file) ?? declarationsIn(file);
  known.set(file, kept);
  return kept;
}

function declarationsIn(file: RustFile): Declarations {
  const items = new Map<string, Declared[]>();
  const uses: UseItem[] = [];
  const implementations = new Map<string, Implementation[]>();
  const types = new Set<string>();
  const traits = new Set<string>();
  const variables = new Map<string, number[]>();
  const modules: Declared[] = [];
  const outOfLine: number[] = [];
  const members = new Map<string, Member[]>();

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
      put(variables, it.name, it.span.start);
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
    else if (it.kind === "closure") for (const one of it.parameters) parameter(one);
    else if (it.kind === "path") value(it.path);
  };
  /** `VALUE`, `Kind::Variant`, `Kind::CONSTANT`: no trait is a value, nor has one without a type before it. */
  const value = (path: Path): void => {
    if (/^(?:[A-Z]|$)/.test(path.segments[1]?.name ?? "")) head(path, types);
    else for (const segment of path.segments) for (const one of segment.generics) type(one);
  };
  const parameter = (it: { readonly pattern?: Pattern; readonly type?: Type }): void => {
    pattern(it.pattern);
    type(it.type);
  };
  // Functions may stand in functions: what an item holds waits for its turn.
  const open = file.items.map((item) => ({ item, held: false }));
  const later = (items: readonly Item[], held: boolean): void => {
    for (const item of items) open.push({ item, held });
  };
  const inFunction = (item: FunctionItem): void => {
    for (const it of item.parameters) parameter(it);
    type(item.returns);
    for (const it of item.generics) for (const bound of it.bounds) if (bound.kind === "path") head(bound.path, traits);
    const body = item.body();
    if (body === undefined) return;
    const all = expressionsIn(body);
    for (const block of [body, ...all.flatMap(blocksIn)]) {
      later(block.items, false);
      for (const it of block.statements) if (it.kind === "let") parameter(it);
    }
    for (const it of all) expression(it);
  };
  const visit = (item: Item, held: boolean): void => {
    switch (item.kind) {
      case "use":
        uses.push(item);
        return;
      case "module":
        if (item.items === undefined) outOfLine.push(item.span.start);
        else modules.push(declared(item));
        later(item.items ?? [], false);
        return;
      case "impl":
        if (item.type.kind === "path" && item.type.path.segments.length === 1) {
          const name = item.type.path.segments[0]?.name ?? "";
          put(implementations, name, { name, span: item.span, attributes: item.attributes });
        }
        head(item.trait, traits);
        type(item.type);
        later(item.items, true);
        return;
      case "trait":
        traits.add(item.name);
        later(item.items, true);
        return;
      case "struct":
        for (const it of membersIn(item)) put(members, it.name, it);
        for (const it of item.fields) type(it.type);
        break;
      case "enum":
        for (const it of membersIn(item)) put(members, it.name, it);
        for (const it of item.variants) for (const field of it.fields) type(field.type);
        break;
      case "const":
      case "static":
      case "type-alias":
        type(item.type);
        break;
      case "function":
        inFunction(item);
        break;
      default:
        return;
    }
    if (!held) put(items, item.name, declared(item));
  };
  for (const { item, held } of open) visit(item, held);
  // What stands in modules was met after what stands beside them.
  const bySpan = (a: { readonly span: Span }, b: { readonly span: Span }): number => a.span.start - b.span.start;
  for (const all of [uses, modules, ...items.values(), ...implementations.values(), ...members.values()]) all.sort(bySpan);
  for (const all of [outOfLine, ...variables.values()]) all.sort((a, b) => a - b);
  return { items, uses, implementations, types, traits, variables, modules, outOfLine, members };
}

const declared = ({ name, nameSpan, span, attributes, visibility }: Declared): Declared => ({
  name,
  nameSpan,
  span,
  attributes,
  visibility,
});

export function put<T>(into: Map<string, T[]>, name: string, value: T): void {
  const values = into.get(name);
  if (values === undefined) into.set(name, [value]);
  else values.push(value);
}
