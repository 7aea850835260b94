/** Constants and texts that are written down in a body. */
import type { Value } from "../flow/index.ts";
import type { Body, Operation } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";

/** Of texts that are put together of such; undefined where others are in it. */
export function textOf({ pieces }: Extract<Operation, { readonly kind: "format" }>, body: Body): string | undefined {
  const texts = pieces.map((it) => {
    if (typeof it === "string") return it;
    const [only, ...others] = BodyIndex.of(body).writers(it);
    const literal = others.length === 0 && only?.operation.kind === "constant" ? only.operation.literal : undefined;
    return literal === undefined || literal.type === "other" ? undefined : `${literal.value}`;
  });
  return texts.includes(undefined) ? undefined : texts.join("");
}

type Text = Extract<Value, { readonly kind: "text" }>;

/** What a text begins with stands in front of all that is put in, or is a scheme and is put in front of an address. */
export function isBegunBy(text: Text, { pieces }: Extract<Operation, { readonly kind: "format" }>): boolean {
  const [first, second] = pieces.filter((it) => it !== "");
  if (typeof first === "string") return text.prefix.startsWith(first);
  const known = [text.prefix, ...text.of.map((it) => (it.kind === "constant" ? String(it.value) : "\0")), text.suffix].join("");
  return typeof second === "string" && second.startsWith("://") && known.includes(second);
}

/** It is a constant of this value. */
export const isLiteral = (operation: Operation | undefined, value: Value | undefined): boolean =>
  operation?.kind === "constant" &&
  operation.literal.type !== "other" &&
  value?.kind === "constant" &&
  operation.literal.value === value.value;
