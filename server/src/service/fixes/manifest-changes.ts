/** What a fix needs of the manifest, edited there. */
import { conflict, type FileEdits, type TextEdit } from "../../base/text-edit.ts";
import { withDependency } from "../../cargo/index.ts";
import type { SpelledFix, Surroundings } from "../../remedies/index.ts";

/** The manifest edited along, as far as that can be done well; what cannot is told. */
export function manifestChanges(
  needs: SpelledFix["needs"],
  manifest: Surroundings["manifest"],
): { readonly edits: readonly FileEdits[]; readonly notes: readonly string[] } {
  const edits: TextEdit[] = [];
  const notes: string[] = [];
  for (const { package: name, versions, features = [] } of needs) {
    const wanted = { package: name, requirement: versions, features };
    const changed = manifest === undefined ? undefined : withDependency(manifest.text, wanted, manifest.workspace);
    const fits = changed?.ok === true && !changed.value.some((it) => edits.some((other) => conflict(it, other)));
    if (fits) edits.push(...changed.value);
    if (fits && changed.value.length === 0) continue;
    const what = `\`${name}\`${versions === "" ? "" : ` (${versions})`}${features.length > 0 ? ` with ${features.map((it) => `\`${it}\``).join(", ")}` : ""}`;
    notes.push(fits ? `Cargo.toml gets ${what}` : `Cargo.toml must have ${what}`);
  }
  return { edits: manifest === undefined || edits.length === 0 ? [] : [{ file: manifest.file, edits }], notes };
}
