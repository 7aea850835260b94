/** What `--diff` prints: the fixes of a plan as patches. */
import type { FixedFile, FixPlan } from "../service/api.ts";
import { withoutKeys } from "../service/redaction.ts";
import { patchOf } from "./patch.ts";
import type { World } from "./world.ts";

/** One patch a file, sorted by path. Patches are passed around: nothing of a private key goes into one, nor do permissions. */
export function patches({ groups, applied }: FixPlan, world: World): string {
  const secret = new Set(applied.flatMap(({ fix }) => (fix.secret ? fix.edits.map((it) => it.file) : [])));
  for (const path of secret) leftOut(path, world);
  for (const { finding, fix } of applied.filter((it) => it.fix.permissions !== undefined))
    world.error(`tlslint: ${world.relative(finding.place.file)}: ${fix.title}: not part of a patch`);
  return groups
    .flat()
    .filter((it) => !secret.has(it.file))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .flatMap((it) => patchWithoutKeys(it, world) ?? [])
    .join("");
}

/** Lines around a change may hold a key as well. */
function patchWithoutKeys({ file, before, after }: FixedFile, world: World): string | undefined {
  const patch = patchOf(world.repositoryPath(file), before, after);
  if (patch === patchOf(world.repositoryPath(file), withoutKeys(before), withoutKeys(after))) return patch;
  leftOut(file, world);
  return undefined;
}

const leftOut = (path: string, world: World): void =>
  world.error(`tlslint: ${world.relative(path)}: it holds a private key and is left out of the patch; \`--fix\` changes it`);
