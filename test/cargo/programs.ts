/**
 * Programs for the compile proof: fixtures, cases of spelling and examples of rules, mistaken and fixed, for every crate set that
 * has what they use. A fix that is not the first choice makes a program of its own.
 */
import { createHash } from "node:crypto";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import { models } from "../../server/src/models/index.ts";
import { codeRules } from "../../server/src/rules/index.ts";
import { fixAll, type Project, projectAround, withoutCarets } from "../fixes/fixing.ts";
import { type Fixture, fixtures } from "../harness/fixtures.ts";
import { cases } from "../unit/remedies/cases.ts";
import type { CrateSet } from "./sets.ts";

export interface Program {
  readonly name: string;
  /** The set is named by a fixture's own header, and not only tried. */
  readonly promised: boolean;
  readonly before: string;
  readonly after: string;
  /** The set's manifest as the fixes leave it, where they change it. */
  readonly manifest?: string;
  /** `call number` of each recipe that was used. */
  readonly recipes: readonly string[];
  /** It calls what no release has: only the fixed program can compile. */
  readonly imaginary: boolean;
}

const IMAGINARY: ReadonlySet<string> = new Set(models.flatMap((it) => it.calls.filter((call) => call.imaginary).map((call) => call.path)));

/** Those that are pasted compile nowhere. */
export function sources(): Fixture[] {
  const none = { rule: "", file: "", headers: new Map<string, string>() } as const;
  return [
    ...fixtures().filter((it) => it.sets.length > 0),
    ...cases.map((it) => ({ ...none, name: `spelling/${it.name}`, text: it.text, sets: [it.set] })),
    ...codeRules.flatMap(({ id, examples }) =>
      examples.map(({ bad }, at) => ({ ...none, name: `${id}/example-${at + 1}`, text: bad, sets: [] })),
    ),
  ];
}

/** Of programs that are only tried with the set of another, each run takes one of this many, always the same. */
const ONE_OF = 8;

/**
 * Which programs of a set every run makes, told by their texts: all, but of a set that is left to the nightly run those that name it, and
 * some of those that are tried with it. The nightly run and those that record make all.
 */
export function drawnFrom(all: readonly Fixture[], set: CrateSet): (before: string) => boolean {
  if (!set.nightly) return () => true;
  const promised = new Set(all.filter((it) => isPromised(it, set)).map(plainText));
  const draw = (text: string): number => createHash("sha256").update(`${set.name}\n${text}`).digest().readUInt32BE(0);
  return (before) => promised.has(before) || draw(before) % ONE_OF === 0;
}

const isPromised = (source: Fixture, set: CrateSet): boolean => source.file !== "" && source.sets.includes(set.name);

/** Those programs of a set in which something is fixed. */
export async function programsOf(
  all: readonly Fixture[],
  set: CrateSet,
  sets: readonly CrateSet[],
  isMade: (before: string) => boolean,
): Promise<Program[]> {
  const found = new Map<string, Program>();
  const add = (made: Omit<Program, "imaginary">): void => {
    const program = { ...made, imaginary: made.recipes.some((it) => IMAGINARY.has(it.slice(0, it.indexOf(" ")))) };
    const key = `${program.before}\n${program.after}`;
    const known = found.get(key);
    found.set(key, known === undefined ? program : { ...known, recipes: [...new Set([...known.recipes, ...program.recipes])] });
  };
  for (const source of all) {
    const promised = isPromised(source, set);
    if (!promised && !hasWhatItUses(source, set, sets)) continue;
    const before = plainText(source);
    if (!isMade(before)) continue;
    const project = await projectAround(source, set.name, before);
    project.service.open(project.file, before);
    const { findings } = await project.service.lint(project.file);
    const { text: after, applied, manifest } = await fixAll(project, before);
    project.service.dispose();
    if (applied.length > 0) {
      const recipes = applied.flatMap(({ fix }) => fix.recipe ?? []);
      add({ name: source.name, promised, before, after, recipes, ...changed(manifest, project) });
    }
    for (const fix of findings.flatMap((it) => it.fixes.filter((one) => !one.preferred))) {
      const edits = fix.edits.find((it) => it.file === project.file)?.edits ?? [];
      const name = `${source.name}: ${fix.title}`;
      const own = fix.edits.find((it) => it.file.endsWith("/Cargo.toml"))?.edits ?? [];
      const manifest = project.manifest === undefined ? undefined : applyEdits(project.manifest, own);
      const recipes = fix.recipe === undefined ? [] : [fix.recipe];
      add({ name, promised, before, after: applyEdits(before, edits), recipes, ...changed(manifest, project) });
    }
  }
  return [...found.values()];
}

const changed = (manifest: string | undefined, project: Project): Pick<Program, "manifest"> =>
  manifest === undefined || manifest === project.manifest ? {} : { manifest };

/** Every crate that the text names and its own sets have (any set, for what names none); whether the releases fit, the compiler tells. */
export function hasWhatItUses(source: Fixture, set: CrateSet, sets: readonly CrateSet[]): boolean {
  const used = usedBy(source, sets);
  return used.length > 0 && used.every((it) => set.dependencies.has(it));
}

/** Each program is asked about for every set: what follows from it alone is found once. */
const used = new WeakMap<Fixture, readonly string[]>();
const plain = new WeakMap<Fixture, string>();

function usedBy(source: Fixture, sets: readonly CrateSet[]): readonly string[] {
  const found = used.get(source);
  if (found !== undefined) return found;
  const { text, sets: own } = source;
  const known = sets.filter((it) => own.length === 0 || own.includes(it.name)).flatMap((it) => [...it.dependencies.keys()]);
  const made = [...new Set(known)].filter((it) => new RegExp(`\\b${it.replaceAll("-", "_")}::`).test(text));
  used.set(source, made);
  return made;
}

function plainText(source: Fixture): string {
  const made = plain.get(source) ?? withoutCarets(source.text);
  plain.set(source, made);
  return made;
}
