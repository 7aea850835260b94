/**
 * Whether a `--fix` that is killed, several times over, or meets a disk that takes no more, leaves each file as it was or as it should
 * be, whole and with its mode, and whether the next run makes of the tree what one run without a fault makes of it.
 */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { nodeFileSystem } from "../../../server/src/cli/writing/file-system.ts";
import { FileWriter } from "../../../server/src/cli/writing/file-writer.ts";
import { Dead } from "../../cli/fault.ts";
import { commandLine, crashIn, SCRATCH, type Spoken } from "../command-line.ts";
import { Dice } from "../dice.ts";
import { leftOut, type Subject } from "../subject.ts";
import { type Fault, faultOf, faulty } from "./faults.ts";
import { type Project, projects } from "./projects.ts";

interface Interruption {
  readonly project: Project;
  readonly args: readonly string[];
  /** Of one run after the other. */
  readonly faults: readonly Fault[];
}

/** Contents and modes by name. */
type Tree = Readonly<Record<string, readonly [content: string, mode: string]>>;

const JOURNAL = "journal";
const PROJECT = "project";

export async function interruptedFixes(): Promise<Subject<Interruption>> {
  const all = projects();
  const whole = new Map<string, Tree>();
  return {
    name: "fixes",
    input(seed, number) {
      const dice = new Dice(seed, number);
      const args = ["check", dice.one(["--fix", "--fix-review"])];
      return { project: dice.one(all), args, faults: Array.from({ length: 1 + dice.below(3) }, () => faultOf(dice)) };
    },
    judge: (input) => judge(input, whole),
    size: ({ faults }) => faults.length,
    without: ({ faults, ...rest }, start, count) => ({ ...rest, faults: leftOut(faults, start, count) }),
    files: (input) => ({ "interruption.json": JSON.stringify(input, undefined, 1) }),
  };
}

async function judge({ project, args, faults }: Interruption, whole: Map<string, Tree>): Promise<string | undefined> {
  const base = mkdtempSync(join(SCRATCH, "tlslint-fix-"));
  try {
    const root = join(base, PROJECT);
    mkdirSync(join(base, JOURNAL), { mode: 0o700 });
    const key = JSON.stringify([project, args]);
    const after = whole.get(key) ?? (await made(project, args, base));
    whole.set(key, after);
    plant(root, project);
    const before = treeOf(root);
    // Of keys it is the fix that others cannot read them.
    const changed = Object.entries(before).find(([path, [, mode]]) => !/\.(?:key|pem)$/.test(path) && after[path]?.[1] !== mode);
    if (changed !== undefined) return `${changed[0]} has another mode than ${changed[1][1]}`;
    for (const fault of faults) {
      const spoken = await interrupted(base, args, fault);
      if (spoken !== undefined && ![0, 1, 2].includes(spoken.status)) return `it ended with ${spoken.status}`;
      const crash = crashIn(spoken?.stderr ?? "");
      if (crash !== undefined) return `it says ${crash}`;
      const half = halfIn(treeOf(root), before, after);
      if (half !== undefined) return `${half}, ${fault.kind} at ${fault.at}`;
    }
    const { stderr } = (await interrupted(base, args, undefined)) ?? { stderr: "" };
    const found = treeOf(root);
    const different = [...new Set([...Object.keys(found), ...Object.keys(after)])].find((it) => {
      const [content, mode] = found[it] ?? [];
      // A file that a key was taken out of need no longer be its owner's alone.
      return content !== after[it]?.[0] || (mode !== after[it]?.[1] && mode !== before[it]?.[1]);
    });
    if (different !== undefined) return `the next run leaves ${different} ${different in found ? "otherwise" : "out"}: ${stderr}`;
    const left = readdirSync(join(base, JOURNAL));
    return left.length === 0 ? undefined : `${left.length} entries are left in the journal: ${stderr}`;
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** What one run without a fault makes of a project. */
async function made(project: Project, args: readonly string[], base: string): Promise<Tree> {
  const root = join(base, PROJECT);
  plant(root, project);
  await interrupted(base, args, undefined);
  const tree = treeOf(root);
  rmSync(root, { recursive: true });
  return tree;
}

/** Undefined: the process died. */
async function interrupted(base: string, args: readonly string[], fault: Fault | undefined): Promise<Spoken | undefined> {
  const root = join(base, PROJECT);
  const journalFolders = [join(base, JOURNAL)];
  try {
    return await commandLine(root, args, (world) => ({
      ...world,
      fileWriter: (roots) =>
        new FileWriter({ files: fault === undefined ? nodeFileSystem : faulty(fault), roots, journalFolders, shown: world.relative }),
    }));
  } catch (error) {
    if (error instanceof Dead) return undefined;
    throw error;
  }
}

function plant(root: string, { files, modes = {}, links = {} }: Project): void {
  for (const path of [...Object.keys(files), ...Object.keys(links)]) mkdirSync(dirname(join(root, path)), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), modes[path] ?? 0o644);
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(root, path));
}

/** Links are told by where they lead. */
function treeOf(root: string): Tree {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((it) => !it.isDirectory());
  return Object.fromEntries(
    entries.map((it) => {
      const path = join(it.parentPath, it.name);
      return [
        relative(root, path),
        [readFileSync(path, "utf8"), it.isSymbolicLink() ? "link" : (statSync(path).mode & 0o7777).toString(8)],
      ];
    }),
  );
}

/** A file that is neither as it was nor as it should be. What lies beside one while it is changed is no file of the project. */
export function halfIn(found: Tree, before: Tree, after: Tree): string | undefined {
  for (const path of Object.keys(before)) if (!(path in found)) return `${path} is lost`;
  for (const [path, it] of Object.entries(found)) {
    if (/\.tlslint-[^/]*$/.test(path)) continue;
    // Permissions are set by a fix of their own, which may be the only one that was made.
    for (const part of [0, 1] as const)
      if (it[part] !== before[path]?.[part] && it[part] !== after[path]?.[part]) return `${path} is half written`;
  }
  return undefined;
}
