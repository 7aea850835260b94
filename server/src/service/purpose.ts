/** What a file is for, by its name, its folder and its package. */
import { isShownData, isTestData, isTestPackage, purposeByName, relativePath } from "../project/index.ts";
import type { Guard } from "../tls/facts.ts";
import type { Workspace } from "./workspace.ts";

export async function purposeGuards(
  { packages }: Workspace,
  file: string,
  of: "settings" | "proxy" = "settings",
): Promise<readonly Guard[]> {
  const owner = await packages.packageOf(file);
  const purpose = purposeByName(file, of);
  const path = relativePath(packages.top(file), file) ?? file;
  const isTest = purpose === "test" || isTestPackage(owner?.facts.name ?? "") || isTestData(path);
  const isExample = purpose === "example" || isShownData(path);
  return [...(isTest ? [{ kind: "test" } as const] : []), ...(isExample ? [{ kind: "example" } as const] : [])];
}
