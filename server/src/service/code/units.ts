/**
 * The code below a root as it is analysed: connected packages together, since others change nothing in what is found in them. Loaded when a
 * file names something modelled.
 */
import { connectedPackages } from "../../project/connected-packages.ts";
import type { RustIndex } from "../../project/index.ts";
import type { Cut } from "../../rust/index.ts";
import { ConnectedUnits, type UnitInputs } from "./connected-units.ts";
import type { Unit } from "./unit.ts";

export class Units {
  readonly #groups: ReadonlyMap<string, ConnectedUnits>;
  /** Those of them that nobody else has. */
  readonly #own: ReadonlySet<ConnectedUnits>;

  private constructor(groups: ReadonlyMap<string, ConnectedUnits>, own: ReadonlySet<ConnectedUnits>) {
    this.#groups = groups;
    this.#own = own;
  }

  /** `before`: of another state. Packages that are as they were go on as they are; those that are nobody else's, from there. */
  static async of(index: RustIndex, inputs: UnitInputs, before?: Units): Promise<Units> {
    const groups = new Map<string, ConnectedUnits>();
    const own = new Set<ConnectedUnits>();
    for (const packages of connectedPackages(index.entries())) {
      const known = before === undefined ? undefined : before.#groups.get(packages.key);
      const isOwn = before !== undefined && known !== undefined && before.#own.has(known);
      const isSame = known?.isCurrent === true && known.areOf(packages);
      const after = isOwn && !isSame ? await known.after(packages, index, inputs) : undefined;
      const units = (isSame ? known : after) ?? (await ConnectedUnits.of(packages, index, inputs));
      groups.set(packages.key, units);
      if (isOwn || !isSame) own.add(units);
    }
    return new Units(groups, own);
  }

  /** For somebody who goes on in another way from here. */
  lent(): Units {
    return new Units(this.#groups, new Set());
  }

  get units(): readonly Unit[] {
    return [...this.#groups.values()].flatMap(({ units }) => units);
  }

  cutsIn(path: string): readonly Cut[] {
    return [...this.#groups.values()].flatMap((it) => it.cutsIn(path));
  }

  get isCurrent(): boolean {
    return [...this.#groups.values()].every((it) => it.isCurrent);
  }
}
