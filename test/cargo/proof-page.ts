/** docs/compile-proof.md: which recipes were compiled with which releases, and every combination that was not, with its reason. */
import { satisfies } from "../../server/src/base/version.ts";
import { models } from "../../server/src/models/index.ts";
import type { CrateModel, Recipe } from "../../server/src/models/model.ts";
import type { Program } from "./programs.ts";
import { type CrateSet, meets } from "./sets.ts";

export interface Proof {
  readonly set: CrateSet;
  /** Programs that compiled both before and after. */
  readonly compiled: readonly Program[];
  /** Programs that did not compile to begin with. */
  readonly unfit: readonly { readonly program: Program; readonly reason: string }[];
}

interface Row {
  readonly model: CrateModel;
  readonly recipe: Recipe;
  readonly proved: readonly string[];
  readonly open: readonly { readonly version: string; readonly reason: string }[];
}

export function proofPage(proofs: readonly Proof[]): string {
  const rows = models.flatMap((model) => (model.recipes ?? []).map((recipe, number) => rowOf(model, recipe, number, proofs)));
  const programs = proofs.reduce((sum, it) => sum + it.compiled.length, 0);
  const combinations = rows.reduce((sum, it) => sum + it.proved.length, 0);
  const open = rows.flatMap((it) => it.open.map((one) => ({ ...it, ...one })));
  const proved = rows.filter((it) => it.proved.length > 0);
  return [
    "<!-- Made by test/cargo/proof.test.ts; changes here are lost. -->",
    "# Compile proof",
    `Each fix of each fixture, of each rule's examples and of each case of spelling is made for each crate set that has what the program uses, and compiled with the locked releases.
${programs} programs compile before and after their fixes, in ${proofs.length} crate sets.
Of the ${rows.length} recipes, ${proved.length} are compiled as part of such a program, in ${combinations} combinations with releases; ${open.length} combinations are not.
A combination is a release in which the call is there, in a set that has what else the recipe requires. Of calls that no release has, the fixed program alone is compiled.
The statements that recipes add are compiled for every set besides (\`test/cargo/cargo.test.ts\`), whether a fixture uses them or not.`,
    "## Proved",
    ["| crate | at | remedy | releases |", "|---|---|---|---|", ...proved.map((it) => line(it, it.proved.join(", ")))].join("\n"),
    "## Not proved",
    open.length === 0
      ? "Nothing."
      : [
          "| crate | at | remedy | release | why |",
          "|---|---|---|---|---|",
          ...open.map((it) => `${line(it, it.version)} ${it.reason.replaceAll("|", "\\|")} |`),
        ].join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

const line = ({ model, recipe }: Row, last: string): string => {
  const at = recipe.at.slice(recipe.at.indexOf("::") + 2).replaceAll("|", "\\|");
  return `| ${model.package} | \`${at}\` | ${recipe.title}${how(recipe)} | ${last} |`;
};

/** What tells recipes of one title apart. */
function how({ role, edit, requires, manifest, versions }: Recipe): string {
  const parts = [
    role,
    edit.kind === "replace-argument" && /^\{(?:verifier|roots)/.test(edit.with) ? "one lies ready" : undefined,
    requires?.map((it) => it.package).join(", "),
    manifest?.package,
    versions,
  ].filter((it) => it !== undefined && it !== "");
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

/** The release of a set for which the recipe can be offered. */
function releaseIn(set: CrateSet, model: CrateModel, recipe: Recipe): string | undefined {
  const { at, versions = "" } = recipe;
  const calls = model.calls.filter((it) => it.path === at);
  // It is rewritten in another crate's words, whatever release of this one there is.
  if (calls.some((it) => it.imaginary)) return NOWHERE;
  const version = set.dependencies.get(model.package)?.version;
  if (version === undefined || !satisfies(version, model.versions) || !satisfies(version, versions)) return undefined;
  // Where the call is not there, nobody can have made the mistake.
  if (calls.length > 0 && !calls.some((it) => satisfies(version, it.versions ?? ""))) return undefined;
  return meets(recipe, set) ? version : undefined;
}
const NOWHERE = "none has it: the fixed program alone";

function rowOf(model: CrateModel, recipe: Recipe, number: number, proofs: readonly Proof[]): Row {
  const name = `${recipe.at} ${number}`;
  const proved = new Set<string>();
  const open = new Map<string, string>();
  for (const { set, compiled, unfit } of proofs) {
    const version = releaseIn(set, model, recipe);
    if (version === undefined) continue;
    if (compiled.some((it) => it.recipes.includes(name))) proved.add(version);
    else {
      const [tried] = unfit.filter(({ program }) => program.recipes.includes(name));
      const whole =
        tried?.program.imaginary === true ? "compiles neither before (no release has the call) nor after" : "does not compile itself";
      const reason = tried === undefined ? "no program leads to it here" : `${tried.program.name} ${whole}: ${tried.reason}`;
      if (!open.has(version) || tried !== undefined) open.set(version, reason);
    }
  }
  for (const version of proved) open.delete(version);
  if (proved.size === 0 && open.size === 0) open.set("any", "no crate set has a release of it, with what else it takes");
  return { model, recipe, proved: [...proved].sort(), open: [...open].map(([version, reason]) => ({ version, reason })) };
}
