/** What a unit's code says, made once for all who ask: its files' findings, hovers, views and the proxies in front of it. */
import type { Workspace } from "../workspace.ts";
import { lintUnit } from "./lint-unit.ts";
import type { Unit } from "./unit.ts";
import type { UnitLint } from "./unit-lint.ts";

/** Undefined where somebody has changed a file since the unit was asked for. Whoever gives up ends it for nobody else: the next key asks again. */
export async function lintedUnit(workspace: Workspace, unit: Unit, signal?: AbortSignal): Promise<UnitLint | undefined> {
  const lint = await workspace.rust.linted(unit, () => lintWhole(workspace, unit));
  signal?.throwIfAborted();
  return lint;
}

async function lintWhole(workspace: Workspace, unit: Unit): Promise<UnitLint | undefined> {
  const lint = await lintUnit(workspace, unit);
  const isWanted = workspace.fixesAtOnce(unit.files.map(({ entry }) => ({ name: entry.path })));
  // With fixes made now, where all are wanted.
  return lint && isWanted ? { ...lint, findings: lint.findings.map((it) => ({ ...it })) } : lint;
}
