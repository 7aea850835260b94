/**
 * Nomination over-approximates: over all fixtures and workspaces, nothing is found by looking at every file and evaluating every body
 * that is not found by looking at what is nominated.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { models } from "../server/src/models/index.ts";
import { isTestCode, modulePlace } from "../server/src/project/index.ts";
import { readTogether, type SourceFile } from "../server/src/reading/index.ts";
import { createRustParser } from "../server/src/rust/index.ts";
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

class EveryFile extends Workspace {
  override mayMentionTls(): boolean {
    return true;
  }

  override mentionsTls(): boolean {
    return true;
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
  for (const project of projects) {
    const nominated = await findingsOf(project, new Workspace(memoryHost(project.texts), OPTIONS));
    assert.deepEqual(nominated, await findingsOf(project, new EveryFile(memoryHost(project.texts), OPTIONS)), project.name);
  }
});

async function sourcesOf(project: Project): Promise<readonly SourceFile[]> {
  const workspace = new Workspace(memoryHost(project.texts), OPTIONS);
  const parser = createRustParser();
  const sources: SourceFile[] = [];
  for (const name of rustIn(project)) {
    const owner = await workspace.packages.packageOf(name);
    const place = modulePlace(name, owner?.folder ?? "/project", owner?.manifest);
    const parsed = parser.parse(project.texts[name] ?? "");
    assert.ok(parsed.ok, name);
    const testCode = await isTestCode(place, owner, workspace.files);
    const crate = workspace.programs.crateOf(owner, place.crate);
    sources.push({ name, file: parsed.value, modulePath: place.modulePath, testCode, crate });
  }
  workspace.dispose();
  return sources;
}

type Choice = NonNullable<Parameters<typeof readTogether>[1]>;
const EVERY_BODY: Choice = (bodies) => new Set(bodies);
const NO_BODY: Choice = () => new Set();

function observed(files: readonly SourceFile[], choose?: Choice): readonly string[] {
  return readTogether({ files, models }, choose)
    .observations.map(({ fact, place, guards }) => `${place.file}:${place.span.start} ${JSON.stringify([fact, guards])}`)
    .sort();
}

test("of all bodies, those that are not nominated say nothing", async () => {
  let withoutBodies = 0;
  for (const project of projects) {
    const sources = await sourcesOf(project);
    const nominated = observed(sources);
    assert.deepEqual(nominated, observed(sources, EVERY_BODY), project.name);
    if (observed(sources, NO_BODY).length < nominated.length) withoutBodies++;
  }
  // What is asserted could fail: bodies are where nearly all of it stands.
  assert.ok(withoutBodies > projects.length / 2, `${withoutBodies} of ${projects.length}`);
});
