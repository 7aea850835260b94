/** The crates that are resolved together, as data: who knows whom by which name, and where each begins. Manifests are read elsewhere. */

export type Edition = "2015" | "2018" | "2021" | "2024";

export interface CrateNode {
  /** Of two versions of a crate each has its own. */
  readonly id: string;
  /** By which code calls it where nobody renames it. */
  readonly name: string;
  readonly edition: Edition;
  /** The file that it begins with. */
  readonly root: string;
  /** Of its package. */
  readonly folder: string;
  /** By their names in code; undefined where no manifest is known: then whatever is declared nowhere may be a crate. */
  readonly dependencies: ReadonlyMap<string, Dependency> | undefined;
  /** Code that is not here can depend on it. */
  readonly published: boolean;
  /** It begins with a file that no module leads to, which may be one of that crate's: what `crate` names and it lacks is looked up there. */
  readonly within?: string | undefined;
}

/** A crate of the graph by its id, or one that is not here by its own name. */
export type Dependency = { readonly id: string } | { readonly external: string };

export interface CrateGraph {
  readonly crates: ReadonlyMap<string, CrateNode>;
  /** Undefined for what is not there. */
  text(path: string): string | undefined;
}
