/** A function that serde calls for `true`, such as `fn yes()`: what should be `false` needs no function, and others may call it, too. */
import { err, ok, type Result } from "../base/result.ts";
import type { Scope } from "../rust/index.ts";
import { argumentsOf, replacedIn } from "./attribute-edits.ts";
import type { Flip } from "./flip.ts";
import type { Ancestor } from "./trail.ts";

/** Undefined where no attribute names the function that the expression is the result of. */
export function withoutCalledDefault(trail: readonly Ancestor[], at: number, file: string, scope: Scope): Result<Flip, string> | undefined {
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
  const [only, ...more] = named;
  if (only === undefined || (more.length === 0 && only.field.name === called)) return undefined;
  if (more.length > 0) return err(`several settings share the default \`${called}\`: give this one its own`);
  const { path, arguments: parts } = only.it.argument;
  const edit = replacedIn(only.it, { path, value: undefined, arguments: parts }, `default = "${called}"`, "default");
  return edit && ok({ file, span: edit.span, text: edit.text, title: `Default \`${only.field.name}\` to \`false\`` });
}
