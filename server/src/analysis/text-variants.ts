/** A text that is put together of pieces, of which one may be this or that, is one of several texts: `redis://{auth}{host}` with or without a password. */
import { and, type Condition, type Flow, type Value } from "../flow/index.ts";
import { MOST_ALTERNATIVES } from "../rust/bounds.ts";
import { type Arm, armsOf } from "./meanings.ts";

type Text = Extract<Value, { readonly kind: "text" }>;

interface Variant {
  readonly pieces: readonly (string | Value)[];
  readonly condition: Condition;
}

/** A piece that would make more of them than can be told apart stays as it is: what comes before it says the scheme, and the user. */
export function textVariants(values: Flow["values"], text: Text, condition: Condition): readonly Arm[] {
  let found: readonly Variant[] = [{ pieces: [text.prefix], condition }];
  for (const piece of text.of) {
    const divided = found.flatMap((it) => divide(values, it, piece));
    found = divided.length > MOST_ALTERNATIVES ? found.map((it) => ({ ...it, pieces: [...it.pieces, piece] })) : divided;
  }
  return found.map(({ pieces, condition: whole }) => ({ value: values.text([...pieces, text.suffix]), condition: whole }));
}

/** With each of the texts that a piece may be. */
function divide(values: Flow["values"], { pieces, condition }: Variant, piece: Value): readonly Variant[] {
  const given = piece.kind === "alternatives" || piece.kind === "labelled" ? armsOf(piece) : [];
  // What is written piece by piece is a text of texts.
  const arms = given.flatMap((it) => (it.value.kind === "text" ? textVariants(values, it.value, it.condition) : [it]));
  const isOneOfTexts = arms.length > 1 && arms.some(({ value }) => value.kind === "constant" || value.kind === "text");
  if (!isOneOfTexts) return [{ pieces: [...pieces, piece], condition }];
  return arms.flatMap((it) => {
    const whole = and(condition, it.condition);
    return whole.length === 0 ? [] : [{ pieces: [...pieces, it.value], condition: whole }];
  });
}
