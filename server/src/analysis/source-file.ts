/** Rust files as analysis takes them: trees, where each stands in its crate, and what the manifest says of that. */
import type { RustFile } from "../rust/index.ts";
import type { Guard } from "../tls/facts.ts";

export interface SourceFile {
  readonly name: string;
  readonly file: RustFile;
  /** `crate::tls::server` as `["tls", "server"]`. */
  readonly modulePath: readonly string[];
  readonly testCode: boolean;
  /** It is shown, not run. */
  readonly example?: Extract<Guard, { kind: "example" }> | undefined;
  /** The same object for all files of a crate; undefined without a manifest. */
  readonly crate?: ReadCrate | undefined;
}

/** What the manifest and the lock file say of a crate. */
export interface ReadCrate {
  /** By which others may depend on it; none for tests, examples and other crates that nobody can depend on. */
  readonly library?: string;
  /** Dependency name in code → package. */
  readonly dependencies: ReadonlyMap<
    string,
    {
      readonly package: string;
      readonly version?: string;
      readonly locked?: boolean;
      readonly features?: ReadonlySet<string>;
    }
  >;
  /** Versions by package name, newest first. */
  readonly versions: ReadonlyMap<string, readonly string[]>;
  /** What its dependencies bring along, by package; `reexported`: code can name it through that dependency. */
  readonly brought?: ReadonlyMap<
    string,
    readonly { readonly by: string; readonly versions: readonly string[]; readonly locked?: true; readonly reexported?: true }[]
  >;
  /** Packages that it comes to, itself or through others, by their names in code. */
  readonly reached: ReadonlySet<string> | "unknown";
  /** Packages that a locked package comes to; none where no lock file has it. */
  readonly behind?: (name: string) => readonly { readonly name: string }[];
  /** Features that are on by default, transitively; every feature that exists. */
  readonly defaultFeatures: ReadonlySet<string>;
  readonly features: ReadonlySet<string>;
}
