/** A feature taken out of those that a manifest switches on by default. */
import { covers } from "../base/span.ts";
import { applyEdits, type TextEdit } from "../base/text-edit.ts";
import { withoutFeature } from "./remove-feature.ts";
import { parseToml, stringsAt, tableAt, tomlKeys, tomlTokens } from "./toml.ts";

/** Undefined where it is not in the list itself, or another feature of the list brings it all the same. */
export function withoutDefaultFeature(text: string, feature: string): TextEdit | undefined {
  const list = tomlKeys(text).find((it) => it.path.length === 2 && it.path[0] === "features" && it.path[1] === "default")?.value;
  const [only, ...others] = tomlTokens(text).strings.filter((it) => it.text === feature && list !== undefined && covers(list, it.span));
  if (only === undefined || others.length > 0) return undefined;
  const edit = withoutFeature(text, only.span);
  return isBrought(applyEdits(text, [edit]), feature) === false ? edit : undefined;
}

/** Undefined where the text does not parse. */
function isBrought(text: string, feature: string): boolean | undefined {
  const parsed = parseToml(text);
  if (!parsed.ok) return undefined;
  const features = tableAt(parsed.value, "features");
  const found = new Set(["default"]);
  for (const it of found) for (const next of stringsAt(features, it)) found.add(next);
  return found.has(feature);
}
