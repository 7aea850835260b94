/** A function that serde calls for `true`, such as `fn yes()`: what should be `false` needs no function, and others may call it, too. */
import { err, ok, type Result } from "../base/result.ts";
import type { Scope } from "../rust/index.ts";
import { argumentsOf, replacedIn } from "./attribute-edits.ts";
import type { Flip } from "./flip.ts";
import type { Ancestor } from "./trail.ts";

/** Undefined where no attribute names the function that the expression is the result of. `setting`: which field is meant, where that is known. */
export function withoutCalledDefault(
  trail: readonly Ancestor[],
  at: number,
  file: string,
  scope: Scope,
  setting: string | undefined,
): Result<Flip, string> | undefined {
  const around = trail.findLast((it) => it.of === "item");
  const called = around?.of === "item" && around.node.kind === "function" && trail[at - 2] === around ? around.node.name : undefined;
  if (called === undefined) return undefined;
  // One that is named for its setting has no other use, and stays what it is.
  const fields = scope.items.flatMap((it) => (it.kind === "struct" ? it.fields : []));
  const named = fields.flatMap((field) =>
    argumentsOf(field.attributes.texts, ["serde"]).flatMap((it) =>
      it.argument.path === "default" && it.argument.value?.text === called ? [{ field, it }] : [],
    ),
  );
  const meant = named.filter(({ field }) => named.length === 1 || field.name === setting);
  const [only] = meant;
  if (named.length === 0 || (named.length === 1 && only?.field.name === called)) return undefined;
  if (only === undefined || meant.length > 1) return err(`several settings share the default \`${called}\`: give this one its own`);
  const { path, arguments: parts } = only.it.argument;
  const edit = replacedIn(only.it, { path, value: undefined, arguments: parts }, `default = "${called}"`, "default");
  return edit && ok({ file, span: edit.span, text: edit.text, title: `Default \`${only.field.name}\` to \`false\`` });
}
