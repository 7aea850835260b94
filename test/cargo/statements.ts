/** The statements that recipes add, as functions: whether they compile does not depend on the place that they are put in. */
import { satisfies } from "../../server/src/base/version.ts";
import type { CanonicalPath, CrateModel, Recipe } from "../../server/src/models/model.ts";
import type { CrateSet } from "./sets.ts";

export interface Written {
  readonly recipe: Recipe;
  readonly line: string;
}

/** How a hole for an error is filled: as the speller does where the function takes any error, where none, and to prove the error's type. */
const HANDLINGS = {
  "Result<(), Box<dyn std::error::Error>>": () => "?",
  "()": (message: string) => `.expect(${JSON.stringify(message)})`,
  Exact: (_: string, error: string | undefined) => (error === undefined ? ".unwrap()" : `.map_err(|e: ${error}| e).unwrap()`),
} as const;

/** Each recipe with statements of its own, three times, one line each. */
export function statementsOf(models: readonly CrateModel[], set: CrateSet): Written[] {
  const crates = new Set(["std", ...[...set.dependencies.keys()].map((it) => it.replaceAll("-", "_"))]);
  return models.flatMap((model) => {
    const version = set.dependencies.get(model.package)?.version;
    // What is rebuilt in another crate's words is proved where that crate is.
    const holds = (recipe: Recipe): boolean =>
      recipe.edit.kind === "rebuild" ||
      (version !== undefined && satisfies(version, model.versions) && satisfies(version, recipe.versions ?? ""));
    return (model.recipes ?? [])
      .filter(
        (recipe) => holds(recipe) && meets(recipe, set) && pathsIn(templateOf(recipe)).every((it) => crates.has(it.split("::")[0] ?? "")),
      )
      .flatMap((recipe) => linesOf(recipe, model));
  });
}

function linesOf(recipe: Recipe, model: CrateModel): readonly Written[] {
  const template = templateOf(recipe);
  // A name that the edited call itself binds is not there without it.
  if (recipe.edit.kind === "replace-expression" && recipe.edit.with.startsWith("let ")) return [];
  if (template === "" || /\{(?:verifier|roots(?::shared)?|argument:\d|receiver)\}/.test(template)) return [];
  const imports = (recipe.imports ?? []).map((it) => `use ${it} as _;`).join(" ");
  const bound = template.includes("{bound}") ? `mut bound: ${boundType(recipe, model)}` : "";
  return Object.entries(HANDLINGS).map(([returns, handle]) => {
    const body = template
      .replace(/\{(?:lacks|has):[\w-]+\}/g, "")
      .replace(/\{path:([\w:]+)\}/g, "$1")
      .replace(/\{try:(?:<([\w:]+)>)?([^{}]*)\}/g, (_, error: string | undefined, message: string) => handle(message, error))
      .replace(/\{fresh:(\w+)\}/g, "$1")
      .replace(/\{(?:ca|crl|server-ca|chain|key)\}/g, '"file.pem"')
      .replace(/\{bound\}/g, "bound");
    const signature = returns.startsWith("Result") ? ` -> ${returns}` : "";
    const line = `${imports} fn p(${bound})${signature} { ${body} ${signature === "" ? "" : "Ok(())"} }`.replaceAll("\n", " ");
    return { recipe, line };
  });
}

function templateOf({ before, after, edit }: Recipe): string {
  return [before, edit.kind === "rebuild" ? edit.with : undefined, after].filter((it) => it !== undefined).join("\n");
}

const pathsIn = (template: string): readonly CanonicalPath[] => [...template.matchAll(/\{path:([\w:]+)\}/g)].map((match) => match[1] ?? "");

/** What the call makes, or what it is called on. */
function boundType({ at, bound }: Recipe, model: CrateModel): string {
  const returns = model.calls.find((it) => it.path === at)?.returns;
  if (bound !== undefined) return bound;
  return typeof returns === "object" && "new" in returns ? returns.new : at.replace(/::\w+$/, "");
}

function meets(recipe: Recipe, set: CrateSet): boolean {
  return [...(recipe.requires ?? []), ...(recipe.manifest === undefined ? [] : [recipe.manifest])].every((it) => {
    const version = set.dependencies.get(it.package)?.version;
    return version === undefined ? !("direct" in it) : satisfies(version, it.versions);
  });
}
