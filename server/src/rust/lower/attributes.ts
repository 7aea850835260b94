/** Attributes: their places by the tokens, what they say from their text. */
import type { Span } from "../../base/span.ts";
import type { Attributes, Cfg } from "../ast.ts";
import { DEEPEST_NESTING } from "../bounds.ts";
import * as token from "../syntax/tokens.ts";
import { type Attribute, attributeOf } from "./attribute.ts";
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
  const texts: Attributes["texts"][number][] = [];
  for (let at = from; at < end; ) {
    const isInner = lowering.kind(at + 1) === token.NOT;
    const bracket = at + (isInner ? 2 : 1);
    const close = lowering.tokens.partners[bracket] ?? bracket;
    const span = { start: lowering.span(bracket, bracket + 1).end, end: lowering.span(close, close + 1).start };
    if (isInner === inner) texts.push({ text: lowering.source.text(span), span, whole: lowering.span(at, close + 1) });
    at = close + 1;
  }
  return attributesOf(texts);
}

function attributesOf(texts: Attributes["texts"]): Attributes {
  if (texts.length === 0) return NO_ATTRIBUTES;
  const cfg: { readonly predicate: Cfg; readonly span: Span }[] = [];
  const names: string[] = [];
  for (const { text, whole } of texts) {
    const attribute = attributeOf(text);
    if (attribute.path === "cfg") {
      const predicate = predicateIn(attribute);
      if (predicate !== undefined) cfg.push({ predicate, span: whole });
    } else if (attribute.path !== "") names.push(attribute.path);
  }
  return { cfg, names, texts };
}

export function joined(first: Attributes, second: Attributes): Attributes {
  if (second.texts.length === 0 && second.cfg.length === 0) return first;
  if (first.texts.length === 0 && first.cfg.length === 0) return second;
  return { cfg: [...first.cfg, ...second.cfg], names: [...first.names, ...second.names], texts: [...first.texts, ...second.texts] };
}

/** `(all(unix, feature = "x"))`, with its parentheses. Undefined where it is not a predicate. */
export const predicateOf = (text: string): Cfg | undefined => predicateIn(attributeOf(text));

/** Of `cfg(…)`: what is in it. */
export function predicateIn({ arguments: [only, ...more] }: Attribute): Cfg | undefined {
  return only === undefined || more.length > 0 ? undefined : predicate(only, 0);
}

function predicate({ path, value, arguments: inner }: Attribute, depth: number): Cfg | undefined {
  if (path === "" || depth > DEEPEST_NESTING) return undefined;
  if (value !== undefined) return { kind: "flag", name: path, value: value.text ?? value.written };
  const of: Cfg[] = [];
  for (const it of inner) {
    const one = predicate(it, depth + 1);
    if (one === undefined) return undefined;
    of.push(one);
  }
  const [first] = of;
  if (path === "all" || path === "any") return { kind: path, of };
  if (path === "not") return first && { kind: "not", of: first };
  return inner.length === 0 ? { kind: "flag", name: path } : undefined;
}
