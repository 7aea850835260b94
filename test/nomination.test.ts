/** Nomination over-approximates: over all fixtures and workspaces, looking at every file finds nothing that looking at the nominated ones does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { scan } from "../server/src/rust/index.ts";
import type { LintOptions } from "../server/src/service/api.ts";
import { lintRust } from "../server/src/service/code/lint-rust.ts";
import { Workspace } from "../server/src/service/workspace.ts";
import { fixtures, setFiles, settingsOf } from "./harness/fixtures.ts";
import { memoryHost } from "./harness/memory-host.ts";
import { workspaces } from "./harness/workspaces.ts";

interface Project {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
}

const projects: readonly Project[] = [
  ...fixtures().flatMap((fixture) =>
    (fixture.sets.length === 0 ? [undefined] : fixture.sets).map((set): Project => {
      const { manifest, lock } = set === undefined ? { manifest: undefined, lock: undefined } : setFiles(set);
      const settings = settingsOf(fixture);
      return {
        name: `${fixture.name} ${set ?? ""}`,
        texts: {
          ...(manifest === undefined ? {} : { "/project/Cargo.toml": manifest }),
          ...(lock === undefined ? {} : { "/project/Cargo.lock": lock }),
          ...(settings === undefined ? {} : { "/project/tlslint.toml": settings }),
          [`/project/${fixture.headers.get("file") ?? "src/main.rs"}`]: fixture.text,
        },
      };
    }),
  ),
  ...workspaces().map(
    ({ name, files }): Project => ({ name, texts: Object.fromEntries([...files].map(([path, { text }]) => [`/project/${path}`, text])) }),
  ),
];

const rustIn = ({ texts }: Project): readonly string[] => Object.keys(texts).filter((it) => it.endsWith(".rs"));

const OPTIONS: LintOptions = { roots: ["/project"] };

/** Looks at every file. */
class EveryFile extends Workspace {
  override mayMentionTls(): boolean {
    return true;
  }

  override mentionsTls(): boolean {
    return true;
  }

  /** Whether a workspace would look at this one, too. */
  async nominates(path: string, text: string): Promise<boolean> {
    const owner = await this.packages.packageOf(path);
    return super.mayMentionTls(text, owner) && super.mentionsTls(scan(text), text, owner);
  }
}

async function findingsOf(project: Project, workspace: Workspace): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of rustIn(project)) {
    const { findings } = await lintRust(workspace, path, project.texts[path] ?? "");
    found.push(...findings.map(({ rule, severity, place }) => `${place.file}:${place.span.start} ${severity} ${rule}`));
  }
  workspace.dispose();
  return found.sort();
}

test("of all files, those that are not nominated say nothing", async () => {
  let [found, compared] = [0, 0];
  for (const project of projects) {
    const workspace = new EveryFile(memoryHost(project.texts), OPTIONS);
    const nominated = await Promise.all(rustIn(project).map((it) => workspace.nominates(it, project.texts[it] ?? "")));
    // Where all are nominated, a workspace does the same.
    if (!nominated.includes(false)) continue;
    const all = await findingsOf(project, workspace);
    found += all.length;
    compared++;
    assert.deepEqual(await findingsOf(project, new Workspace(memoryHost(project.texts), OPTIONS)), all, project.name);
  }
  // What is asserted could fail.
  assert.ok(found > compared, `${found} findings in ${compared} projects`);
  assert.ok(compared > 20, `files are left out of ${compared} projects`);
});
