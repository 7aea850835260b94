/** The sources as TypeScript's own trees, for laws about what they may say. */
import { join } from "node:path";
import type { Node, SourceFile } from "typescript/unstable/ast";
import type * as Is from "typescript/unstable/ast/is";
import { ROOT } from "../harness/fixtures.ts";

export interface Source {
  /** `server/src/a.ts` */
  readonly path: string;
  readonly file: SourceFile;
  /** TypeScript's questions about nodes. */
  readonly is: typeof Is;
  /** `server/src/a.ts:12` */
  placeOf(node: Node): string;
}

/** Its files in `server/src` and `client/src`, each while `visit` runs. */
export async function visitSources(visit: (source: Source) => void): Promise<void> {
  const { API } = await import("typescript/unstable/sync");
  const is = await import("typescript/unstable/ast/is");
  const api = new API({ cwd: ROOT });
  try {
    const project = api.updateSnapshot({ openProject: join(ROOT, "tsconfig.json") }).getProjects()[0];
    if (project === undefined) throw new Error("TypeScript opens no project");
    for (const name of project.program.getSourceFileNames()) {
      const path = name.slice(ROOT.length + 1);
      if (!/^(?:server|client)\/src\//.test(path)) continue;
      const file = project.program.getSourceFile(name);
      if (file === undefined) throw new Error(`TypeScript does not give ${name}`);
      visit({ path, file, is, placeOf: (node) => `${path}:${file.text.slice(0, node.getStart(file)).split("\n").length}` });
    }
  } finally {
    api.close();
  }
}

export function descendants(node: Node, each: (node: Node) => void): void {
  each(node);
  node.forEachChild((it) => descendants(it, each));
}
