/** The workspace's programs as proxies meet them: the addresses that they bind, and the headers by which they know their clients. */
import { type ProgramHeader, type ProgramListener, type Programs, portOf } from "../../edge/index.ts";
import { folderOf } from "../../project/index.ts";
import type { Observation } from "../../tls/facts.ts";
import { lintedUnit } from "../code/linted-unit.ts";
import type { Unit } from "../code/unit.ts";
import type { Listing } from "../listing.ts";
import type { Workspace } from "../workspace.ts";

export async function programsOf(workspace: Workspace, listing: Listing): Promise<Programs> {
  const { rust, packages } = workspace;
  const units = new Set<Unit>();
  for (const file of await listing.rust()) for (const unit of (await rust.holding(file, undefined)) ?? []) units.add(unit);
  const listeners = new Map<string, ProgramListener>();
  const headers = new Map<string, ProgramHeader>();
  for (const unit of units)
    for (const { fact, place } of await metIn(workspace, unit)) {
      if (fact.kind !== "listener" && fact.kind !== "identity-header") continue;
      const key = `${place.file} ${place.span.start}`;
      const owner = await packages.packageOf(place.file);
      const folder = owner?.folder ?? folderOf(place.file);
      if (fact.kind === "identity-header") headers.set(key, { place, folder, header: fact.header });
      else {
        const port = portOf(fact.address);
        listeners.set(key, {
          place,
          folder,
          transport: fact.transport,
          reach: fact.reach,
          ...(port === undefined ? {} : { port }),
          ...(fact.address === undefined ? {} : { address: fact.address }),
          ...(owner === undefined ? {} : { name: owner.facts.name }),
        });
      }
    }
  return { listeners: [...listeners.values()], headers: [...headers.values()] };
}

async function metIn(workspace: Workspace, unit: Unit): Promise<readonly Observation[]> {
  const { observations = [] } = (await lintedUnit(workspace, unit)) ?? {};
  return observations.filter(({ fact, guards }) => (fact.kind === "listener" || fact.kind === "identity-header") && !isAside(guards));
}

/** Tests and examples are nobody's upstream. */
const isAside = (guards: Observation["guards"]): boolean => guards.some(({ kind }) => kind === "test" || kind === "example");
