/** YAML with the places of its values: documents looked up by path, through anchors and merge keys. Half-written text is read as far as it goes. */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments, visit, type YAMLMap } from "yaml";
import { type Span, span } from "../../base/span.ts";

/** A value, and the document by whose anchors it is read. */
export interface YamlValue {
  readonly node: Node;
  resolve(alias: Node): Node | undefined;
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlValue | undefined;
}

/** What a person writes is far below; the library's own recursion, and its patterns over indentation, end the process far above. */
const DEEPEST = 100;
const WIDEST_INDENT = 400;

/** Why a text is not read; undefined where it is. */
export function unreadable(text: string): string | undefined {
  let depth = 0;
  let dashes = 0;
  let indent = 0;
  let isStart = true;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\n") {
      isStart = true;
      indent = 0;
      dashes = 0;
    } else if (isStart && (character === " " || character === "\t")) indent++;
    else if (isStart && (character === "-" || character === "?" || character === ":") && text.charAt(at + 1) === " ") dashes++;
    else {
      isStart = false;
      if (character === "[" || character === "{") depth++;
      else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
    }
    if (depth > DEEPEST || dashes > DEEPEST) return `it nests more than ${DEEPEST} deep`;
    if (indent > WIDEST_INDENT) return `a line is indented by more than ${WIDEST_INDENT} columns`;
  }
  return undefined;
}

/** The documents of a text that have a value; none of one that is not read. */
export function yamlDocuments(text: string): readonly YamlValue[] {
  if (unreadable(text) !== undefined) return [];
  return parseAllDocuments(text, { logLevel: "silent", uniqueKeys: false, merge: false, version: "1.2" }).flatMap((it) =>
    it.contents === null ? [] : [{ node: it.contents, resolve: aliasesOf(it.contents) }],
  );
}

/** Which node each alias stands for: found by one walk, for the library's own looks through the document each time that it is asked. */
function aliasesOf(contents: Node): YamlValue["resolve"] {
  let known: Map<Node, Node> | undefined;
  return (alias) => {
    known ??= targetsIn(contents);
    return known.get(alias);
  };
}

/** An alias means the last of its name before it. */
function targetsIn(contents: Node): Map<Node, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  visit(contents, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** What it stands for is met where that is written. */
export const isElsewhere = ({ node }: YamlValue): boolean => isAlias(node);

/** Behind aliases; `<<` and aliases of aliases come to an end. */
export function resolved(value: YamlValue | undefined): YamlValue | undefined {
  let node: Node | undefined = value?.node;
  for (let steps = 0; value !== undefined && node !== undefined && isAlias(node); steps++) {
    if (steps > DEEPEST) return undefined;
    node = value.resolve(node);
  }
  return value === undefined || node === undefined ? undefined : { node, resolve: value.resolve };
}

/** Of a map, its own entries first, then those that it merges in. */
export function entries(value: YamlValue | undefined): readonly YamlEntry[] {
  return entriesOf(value, 0);
}

function entriesOf(value: YamlValue | undefined, depth: number): readonly YamlEntry[] {
  const it = resolved(value);
  if (it === undefined || !isMap(it.node) || depth > MOST_MERGES) return [];
  const all = pairsOf(it.node).flatMap((pair) => entryOf(pair, it.resolve));
  const own = all.filter(({ key }) => key !== "<<");
  const merged = all.flatMap((one) => (one.key === "<<" ? sources(one.value).flatMap((from) => entriesOf(from, depth + 1)) : []));
  return [...own, ...merged.filter((one) => !own.some(({ key }) => key === one.key))];
}

/** Maps that are merged into maps that are merged. */
const MOST_MERGES = 4;

const sources = (value: YamlValue | undefined): readonly (YamlValue | undefined)[] => {
  const it = resolved(value);
  return it !== undefined && isSeq(it.node) ? items(it) : [it];
};

const pairsOf = (map: YAMLMap): readonly Pair[] => map.items;

function entryOf({ key, value }: Pair, resolve: YamlValue["resolve"]): readonly YamlEntry[] {
  if (!isScalar(key)) return [];
  const keySpan = spanOf(key);
  if (keySpan === undefined) return [];
  return [{ key: String(key.value), keySpan, value: isNode(value) ? { node: value, resolve } : undefined }];
}

const isNode = (value: unknown): value is Node => isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);

export const get = (value: YamlValue | undefined, ...path: readonly string[]): YamlValue | undefined =>
  path.reduce<YamlValue | undefined>((it, key) => entries(it).find((one) => one.key === key)?.value, value);

export function items(value: YamlValue | undefined): readonly YamlValue[] {
  const it = resolved(value);
  if (it === undefined || !isSeq(it.node)) return [];
  return it.node.items.flatMap((node: unknown) => (isNode(node) ? [{ node, resolve: it.resolve }] : []));
}

/** A scalar as text; numbers as they are written. */
export function textOf(value: YamlValue | undefined): string | undefined {
  const it = resolved(value);
  if (it === undefined || !isScalar(it.node)) return undefined;
  const { value: plain, source } = it.node;
  return typeof plain === "string" ? plain : (source ?? (plain === null ? undefined : String(plain)));
}

/** Where it stands: of an alias, the alias. */
export const placeOf = ({ node }: YamlValue): Span | undefined => spanOf(node);

function spanOf(node: Node): Span | undefined {
  const [start, end] = node.range ?? [];
  return start === undefined || end === undefined ? undefined : span(start, end);
}
