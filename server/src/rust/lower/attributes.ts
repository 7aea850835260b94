/** Attributes: their places by the tokens, what they say from their text. */
import { type Span, span } from "../../base/span.ts";
import type { Attributes, Cfg } from "../ast.ts";
import * as token from "../syntax/tokens.ts";
import { stringOf } from "./literals.ts";
import type { Lowering } from "./lowering.ts";

export const NO_ATTRIBUTES: Attributes = { cfg: [], names: [], texts: [] };

/** `#[…]` from a token on. */
export function attributesAt(lowering: Lowering, from: number): Attributes {
  return lowering.kind(from) === token.HASH ? read(lowering, from, false) : NO_ATTRIBUTES;
}

/** `#![…]` from a token on. */
export function innerAttributesAt(lowering: Lowering, from: number): Attributes {
  return lowering.kind(from) === token.HASH && lowering.kind(from + 1) === token.NOT ? read(lowering, from, true) : NO_ATTRIBUTES;
}

function read(lowering: Lowering, from: number, inner: boolean): Attributes {
  const end = lowering.pastAttributes(from);
  const places: { readonly start: number; readonly end: number }[] = [];
  for (let at = from; at < end; ) {
    const isInner = lowering.kind(at + 1) === token.NOT;
    const bracket = at + (isInner ? 2 : 1);
    const next = (lowering.tokens.partners[bracket] ?? bracket) + 1;
    if (isInner === inner) places.push(lowering.span(at, next));
    at = next;
  }
  return attributesOf(places, lowering.source);
}

function attributesOf(nodes: readonly Span[], source: { text(span: Span): string }): Attributes {
  if (nodes.length === 0) return NO_ATTRIBUTES;
  const cfg: { readonly predicate: Cfg; readonly span: Span }[] = [];
  const names: string[] = [];
  const texts: { readonly text: string; readonly span: Span }[] = [];
  for (const node of nodes) {
    const whole = source.text(node);
    const open = /^#\s*(?:!\s*)?\[/.exec(whole)?.[0].length ?? 0;
    const text = whole.slice(open, whole.endsWith("]") ? -1 : undefined);
    texts.push({ text, span: span(node.start + open, node.start + open + text.length) });
    const name = /^\s*(?:unsafe\s*\(\s*)?((?:::)?[\p{ID_Continue}#]+(?:\s*::\s*[\p{ID_Continue}#]+)*)/u
      .exec(text)?.[1]
      ?.replaceAll(/\s/g, "");
    if (name === "cfg") {
      const predicate = predicateOf(text.slice(text.indexOf("cfg") + 3));
      if (predicate !== undefined) cfg.push({ predicate, span: { start: node.start, end: node.end } });
    } else if (name !== undefined) names.push(name);
  }
  return { cfg, names, texts };
}

export function joined(first: Attributes, second: Attributes): Attributes {
  if (second.texts.length === 0 && second.cfg.length === 0) return first;
  if (first.texts.length === 0 && first.cfg.length === 0) return second;
  return { cfg: [...first.cfg, ...second.cfg], names: [...first.names, ...second.names], texts: [...first.texts, ...second.texts] };
}

/** `(all(unix, feature = "x"))`, with its parentheses. Undefined where it is not a predicate. */
export function predicateOf(text: string): Cfg | undefined {
  const tokens =
    text.match(/"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|r?#*"[^"]*(?:"#*|$)|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|[\p{ID_Continue}#]+|[(),=]/gu) ?? [];
  const reader = { tokens: tokens.filter((it) => !it.startsWith("/")), at: 0 };
  if (reader.tokens[reader.at++] !== "(") return undefined;
  return predicate(reader, 0);
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

/** Deeper than any predicate that is written by hand. */
const DEEPEST_PREDICATE = 20;

function predicate(reader: Reader, depth: number): Cfg | undefined {
  const name = reader.tokens[reader.at];
  if (name === undefined || depth > DEEPEST_PREDICATE || !/^[\p{ID_Start}_]/u.test(name) || name.endsWith('"')) return undefined;
  reader.at++;
  if (reader.tokens[reader.at] === "=") {
    const value = reader.tokens[reader.at + 1];
    reader.at += 2;
    return value === undefined ? undefined : { kind: "flag", name, value: stringOf(value, 0).value };
  }
  if (reader.tokens[reader.at] !== "(") return { kind: "flag", name };
  reader.at++;
  const of: Cfg[] = [];
  while (reader.at < reader.tokens.length && reader.tokens[reader.at] !== ")") {
    const one = predicate(reader, depth + 1);
    if (one === undefined) return undefined;
    of.push(one);
    if (reader.tokens[reader.at] === ",") reader.at++;
  }
  reader.at++;
  const [first] = of;
  if (name === "all" || name === "any") return { kind: name, of };
  if (name === "not" && first !== undefined) return { kind: "not", of: first };
  return undefined;
}
