/** What names are about: scopes, definitions, and what a path means at a place. */
import type { Item, Path } from "./ast.ts";
import type { RustFile } from "./parser.ts";

/** A module, or a block with items of its own. Immutable once built. */
export interface Scope {
  readonly file: string;
  readonly parent?: Scope;
  /** `crate::tls::server` as segments; a block has its module's. */
  readonly modulePath: readonly string[];
  readonly items: readonly Item[];
  readonly source: RustFile;
}
export interface Definition {
  readonly item: Item;
  readonly scope: Scope;
  /** For an associated item or a variant: the type or enum that holds it. */
  readonly owner?: Definition;
  /** Then `item` is the enum. */
  readonly variant?: string;
}
export type Resolution =
  | { readonly kind: "local"; readonly definition: Definition }
  /** A path of another crate, segments from the crate's canonical name on (dependency renames undone); several where globs leave a choice. */
  | { readonly kind: "external"; readonly paths: readonly (readonly string[])[] }
  | { readonly kind: "unknown"; readonly segments: readonly string[] };

/** The files of one crate, with the module that each holds. */
export interface CrateSources {
  /** The name by which the others may depend on it; none for what nobody can depend on. */
  readonly name?: string;
  readonly files: readonly { readonly name: string; readonly file: RustFile; readonly modulePath: readonly string[] }[];
  /**
   * The name a dependency has in code → the crate's own name (`tls` → `rustls`), undefined where no manifest is known: then every first
   * segment that is no local name counts as a crate. A crate's own name that is one of those read together is followed into its files.
   */
  readonly dependencies: ReadonlyMap<string, string> | undefined;
}

export interface Scopes {
  readonly roots: readonly Scope[];
  /** `mod name;` items that lead to the module of a file, outermost first: their attributes hold for all in it. */
  declarations(root: Scope): readonly Definition[];
  /** The scope of a block's own items, or `scope` itself when it has none. */
  within(scope: Scope, items: readonly Item[]): Scope;
  /** Scope of a module item, impl, or trait inside `scope`. */
  child(scope: Scope, item: Item): Scope;
  resolve(path: Path, scope: Scope): Resolution;
  resolveSegments(segments: readonly string[], scope: Scope, global?: boolean): Resolution;
  /** Every local definition that the path may mean: `cfg` twins are several, where `resolve` names the first. */
  definitions(path: Path, scope: Scope): readonly Definition[];
  /** Methods, associated functions and constants that impls of the crate give a type (inherent ones first); with `trait` (its last segment), of that impl only. */
  associated(type: Definition, name: string, trait?: string): readonly Definition[];
  /** Impl blocks for a type, or of a trait. */
  implsOf(type: Definition): readonly Definition[];
  /** Those in the outermost block of a function, too. */
  allImpls(): readonly Definition[];
  /** Name by which `canonical` (a path of another crate) can be written in `scope`, if an import gives one. */
  spelled(canonical: readonly string[], scope: Scope): string | undefined;
}
