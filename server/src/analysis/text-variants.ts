/** A text that is put together of pieces, of which one may be this or that, is one of several texts: `redis://{auth}{host}` with or without a password. */
import { and, type Condition, type Flow, type Value } from "../flow/index.ts";
import { MOST_ALTERNATIVES } from "../rust/bounds.ts";
import { type Arm, armsOf } from "./meanings.ts";

type Text = Extract<Value, { readonly kind: "text" }>;

interface Variant {
  readonly pieces: readonly (string | Value)[];
  readonly condition: Condition;
}

/** More than can be told apart are one. */
export function textVariants(values: Flow["values"], text: Text, condition: Condition): readonly Arm[] {
  let found: readonly Variant[] = [{ pieces: [text.prefix], condition }];
  for (const piece of text.of) {
    const arms = piece.kind === "alternatives" || piece.kind === "labelled" ? armsOf(piece) : [];
    const isOneOfTexts = arms.length > 1 && arms.some(({ value }) => value.kind === "constant" || value.kind === "text");
    const ways = isOneOfTexts ? arms : [{ value: piece, condition: undefined }];
    found = found.flatMap((it) =>
      ways.flatMap((way) => {
        const whole = way.condition === undefined ? it.condition : and(it.condition, way.condition);
        return whole.length === 0 ? [] : [{ pieces: [...it.pieces, way.value], condition: whole }];
      }),
    );
    if (found.length > MOST_ALTERNATIVES) return [{ value: text, condition }];
  }
  return found.map(({ pieces, condition: whole }) => ({ value: values.text([...pieces, text.suffix]), condition: whole }));
}
