/** The workspace's programs as proxies meet them: the addresses that they bind, and the headers by which they know their clients. */
import { type ProgramHeader, type ProgramListener, type Programs, portOf } from "../../edge/index.ts";
import { folderOf } from "../../project/index.ts";
import type { Observation } from "../../tls/facts.ts";
import type { Unit } from "../code/unit.ts";
import type { Listing } from "../listing.ts";
import type { Workspace } from "../workspace.ts";

/** Of each unit what proxies may meet: it says the same as long as it is there, and reading all of them takes as long as all findings. */
export type MetInUnits = WeakMap<Unit, readonly Observation[]>;

export async function programsOf({ rust, packages }: Workspace, listing: Listing, met: MetInUnits): Promise<Programs> {
  const units = new Set<Unit>();
  for (const file of await listing.rust()) for (const unit of (await rust.holding(file, undefined)) ?? []) units.add(unit);
  const listeners = new Map<string, ProgramListener>();
  const headers = new Map<string, ProgramHeader>();
  for (const unit of units)
    for (const { fact, place } of metIn(unit, met)) {
      if (fact.kind !== "listener" && fact.kind !== "identity-header") continue;
      const key = `${place.file} ${place.span.start}`;
      const folder = (await packages.packageOf(place.file))?.folder ?? folderOf(place.file);
      if (fact.kind === "identity-header") headers.set(key, { place, folder, header: fact.header });
      else {
        const port = portOf(fact.address);
        listeners.set(key, { place, folder, transport: fact.transport, reach: fact.reach, ...(port === undefined ? {} : { port }) });
      }
    }
  return { listeners: [...listeners.values()], headers: [...headers.values()] };
}

function metIn(unit: Unit, met: MetInUnits): readonly Observation[] {
  const known = met.get(unit);
  if (known !== undefined) return known;
  const reading = unit.read();
  if (reading === undefined) return [];
  const found = reading.analysis.observations.filter(
    ({ fact, guards }) => (fact.kind === "listener" || fact.kind === "identity-header") && !isAside(guards),
  );
  met.set(unit, found);
  return found;
}

/** Tests and examples are nobody's upstream. */
const isAside = (guards: Observation["guards"]): boolean => guards.some(({ kind }) => kind === "test" || kind === "example");
