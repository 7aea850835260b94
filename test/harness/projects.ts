/** A project in memory, linted: for fixtures that are more than a Rust file. */
import type { FileReport } from "../../server/src/service/api.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { memoryHost } from "./memory-host.ts";

/** Reports of some files of a project, whose paths are relative to it. */
export async function lintProject(files: Readonly<Record<string, string>>, paths: readonly string[]): Promise<readonly FileReport[]> {
  const host = memoryHost(Object.fromEntries(Object.entries(files).map(([path, text]) => [`/project/${path}`, text])));
  const service = await createLintService(host, { roots: ["/project"] });
  const reports: FileReport[] = [];
  for (const path of paths) reports.push(await service.lint(`/project/${path}`));
  service.dispose();
  return reports;
}
