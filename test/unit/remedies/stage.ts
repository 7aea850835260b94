/** A file with one place in it, as remedies see it: for recipes and layouts without an analysis. */
import type { Result } from "../../../server/src/base/result.ts";
import type { Span } from "../../../server/src/base/span.ts";
import { applyEdits, movedBy } from "../../../server/src/base/text-edit.ts";
import { models } from "../../../server/src/models/index.ts";
import { layoutAfter, type SpelledFix, type Surroundings, type Wanted } from "../../../server/src/remedies/index.ts";
import type { Site } from "../../../server/src/remedies/site.ts";
import { spell } from "../../../server/src/remedies/spell.ts";
import { trailTo } from "../../../server/src/remedies/trail.ts";
import { buildScopes, createRustParser, type Expression, type Scope, type Scopes } from "../../../server/src/rust/index.ts";
import type { Fact, Observation } from "../../../server/src/tls/facts.ts";

export const parsing = createRustParser();

/** The place is the call that begins where `at` is first found: its dot, or its first letter. */
export interface Stage {
  readonly text: string;
  readonly at: string;
  readonly call: string;
  readonly want: Wanted;
  readonly fact?: Fact;
  readonly versions?: Readonly<Record<string, string>>;
  readonly role?: "server" | "client";
  readonly binding?: string;
  readonly surroundings?: Surroundings;
  readonly guards?: Observation["guards"];
  /** Of other calls on the same endpoint: where they begin, and their canonical paths. */
  readonly others?: readonly (readonly [at: string, call: string])[];
}

export async function spellOn(stage: Stage): Promise<Result<readonly SpelledFix[], string>> {
  const parsed = parsing.parse(stage.text);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const source = parsed.value;
  const versions = new Map(Object.entries(stage.versions ?? {}));
  const dependencies = new Map([...versions].map(([name, version]) => [name.replaceAll("-", "_"), { package: name, version }]));
  const scopes = buildScopes([
    {
      files: [{ name: "main.rs", file: source, modulePath: ["crate"] }],
      dependencies: stage.versions === undefined ? undefined : new Map([...dependencies].map(([name]) => [name, name])),
    },
  ]);
  const manifest = { dependencies, versions: new Map([...versions].map(([name, version]) => [name, [version]])) };

  const siteAt = (at: string, call: string, others: readonly Site[]): Site => {
    const offset = source.text.indexOf(at);
    if (offset < 0) throw new Error(`\`${at}\` is not in the text`);
    const trail = trailTo(source, { start: offset, end: offset + 1 });
    const expression = trail.flatMap((it) => (it.of === "expression" && beginsAt(it.node, offset) ? [it.node] : [])).at(-1);
    if (expression === undefined) throw new Error(`no call begins at \`${at}\``);
    const own = trail.slice(0, trail.findIndex((it) => it.of === "expression" && it.node === expression) + 1);
    const statement = own.findLast((it, index) => it.of === "statement" || own[index - 1]?.of === "block");
    const enclosing = own.flatMap((it) => (it.of === "item" && it.node.kind === "function" ? [it.node] : [])).at(-1);
    const model =
      models.find((it) => call.startsWith(`${it.crate}::`) && it.recipes?.some((one) => one.at === call)) ??
      models.find((it) => call.startsWith(`${it.crate}::`));
    if (model === undefined) throw new Error(`no model has \`${call}\``);
    const known = callModel(call);
    const version = versions.get(model.package);
    return {
      expression,
      ...(expression.kind === "method" ? { receiver: expression.receiver } : {}),
      arguments:
        expression.kind === "method" || expression.kind === "call"
          ? expression.arguments
          : expression.kind === "assign"
            ? [expression.value]
            : [],
      nameSpan: expression.kind === "method" ? expression.nameSpan : expression.kind === "call" ? expression.callee.span : expression.span,
      statement: statement?.span ?? expression.span,
      tail: statement?.of === "expression",
      whole: false,
      blocks: own.flatMap((it) => (it.of === "block" ? [it.node] : [])).reverse(),
      ...(enclosing === undefined ? {} : { function: enclosing }),
      scope: scopeOf(scopes, own),
      scopes,
      source,
      file: "main.rs",
      call,
      ...(known === undefined ? {} : { callModel: known }),
      model,
      ...(version === undefined ? {} : { version }),
      role: stage.role ?? "unknown",
      ...(stage.binding === undefined ? {} : { binding: stage.binding }),
      others,
      inMacro: false,
      ...(stage.versions === undefined ? {} : { manifest }),
    };
  };
  const others = (stage.others ?? []).map(([at, call]) => siteAt(at, call, []));
  const site = siteAt(stage.at, stage.call, others);
  const observation: Observation = {
    fact: stage.fact ?? { kind: "client-authentication", mode: "none" },
    role: stage.role ?? "unknown",
    place: { file: "main.rs", span: site.expression?.span ?? site.statement },
    related: [],
    guards: stage.guards ?? [],
    byDefault: false,
    call: stage.call,
    written: stage.at,
    guessed: false,
    handle: 0,
  };
  return spell(site, observation, stage.want, stage.surroundings ?? {}, models);
}

/** The text after the fix of that number, laid out, and where its placeholders stand. */
export async function fixOn(stage: Stage, number = 0): Promise<{ readonly text: string; readonly placeholders: readonly Span[] }> {
  const result = await spellOn(stage);
  if (!result.ok) return { text: `refused: ${result.error}`, placeholders: [] };
  const fix = result.value[number];
  if (fix === undefined) return { text: "no such fix", placeholders: [] };
  const edits = fix.edits[0]?.edits ?? [];
  const text = applyEdits(stage.text, edits);
  const [before, after] = [parsing.parse(stage.text), parsing.parse(text)];
  if (!before.ok || !after.ok) throw new Error("the text cannot be parsed");
  const layout = layoutAfter(before.value, after.value, edits);
  return { text: applyEdits(text, layout), placeholders: fix.placeholders.map((it) => movedBy(layout, it)) };
}

export const fixed = async (stage: Stage, number?: number): Promise<string> => (await fixOn(stage, number)).text;

const beginsAt = (it: Expression, offset: number): boolean =>
  it.kind === "method" ? it.segmentSpan.start === offset : (it.kind === "call" || it.kind === "assign") && it.span.start === offset;

function scopeOf(scopes: Scopes, trail: ReturnType<typeof trailTo>): Scope {
  let [scope] = scopes.roots;
  if (scope === undefined) throw new Error("no scope");
  for (const link of trail) {
    if (link.of === "item" && (link.node.kind === "module" || link.node.kind === "impl" || link.node.kind === "trait"))
      scope = scopes.child(scope, link.node);
    if (link.of === "block") scope = scopes.within(scope, link.node.items);
  }
  return scope;
}

const callModel = (path: string) => models.flatMap((it) => it.calls).find((it) => it.path === path);
