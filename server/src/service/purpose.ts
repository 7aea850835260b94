/** What a file is for, by its name, its folder and its package. */
import { isTestData, isTestPackage, purposeByName, relativePath } from "../project/index.ts";
import type { Guard } from "../tls/facts.ts";
import type { Workspace } from "./workspace.ts";

export async function purposeGuards({ packages }: Workspace, file: string): Promise<readonly Guard[]> {
  const owner = await packages.packageOf(file);
  const purpose = purposeByName(file);
  const isTest = purpose === "test" || isTestPackage(owner?.facts.name ?? "") || isTestData(relativePath(packages.top(file), file) ?? file);
  return [...(isTest ? [{ kind: "test" } as const] : []), ...(purpose === "example" ? [{ kind: "example" } as const] : [])];
}
