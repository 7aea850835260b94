/** Where the files lie that Rust code names as parts of its crate, and why one cannot be had. */
import type { Span } from "../base/span.ts";
import type { NamedFile } from "../rust/index.ts";
import { folderOf, nameOf, resolvePath } from "./path.ts";

/** A part of a program that a file names. */
export interface NamedPart {
  /** Where it may lie, best first; none where nobody can know. */
  readonly candidates: readonly string[];
  /** How the code calls it. */
  readonly shown: string;
  /** Of a module at a place of its own, its path from the naming file's module on; undefined for what is taken in as it stands. */
  readonly module: readonly string[] | undefined;
  /** The place is written out: Cargo's layout does not tell it. */
  readonly placed: boolean;
  readonly conditional: boolean;
  readonly span: Span;
}

/** What the file at a path names, `folder` its package's. `ownsFolder`: its modules lie beside it, as those of `mod.rs` and of a crate's root do. */
export function namedPart(named: NamedFile, path: string, folder: string, ownsFolder: boolean): NamedPart {
  const { span } = named;
  if (named.kind === "include") {
    const base = named.from === "package" ? folder : folderOf(path);
    const candidates = named.path === undefined ? [] : [resolvePath(base, named.path)];
    const shown = named.from === "output" ? "what a build script generates" : (named.path ?? "what a macro names");
    return { candidates, shown, module: undefined, placed: true, conditional: false, span };
  }
  const { name, inside, paths, conditional } = named;
  const own = ownsFolder ? folderOf(path) : path.replace(/\.[^./]*$/, "");
  const base = [own, ...inside].join("/");
  const written = paths.map((it) => resolvePath(inside.length === 0 ? folderOf(path) : base, it));
  const usual = [`${base}/${name}.rs`, `${base}/${name}/mod.rs`];
  return {
    // With `cfg_attr` either may hold.
    candidates: written.length === 0 ? usual : conditional || paths.length > 1 ? [...written, ...usual] : written,
    shown: `module \`${name}\``,
    module: [...inside, name],
    placed: written.length > 0,
    conditional,
    span,
  };
}

/** Whether the modules of a file lie beside it, whatever names it. */
export const ownsItsFolder = (path: string, isRoot: boolean): boolean => isRoot || nameOf(path) === "mod.rs";

/** Why a part that is nowhere was not read. */
export const whyMissing = ({ shown, candidates, conditional }: NamedPart): string =>
  candidates.length === 0
    ? `${shown} is not read: it is there only in a build`
    : conditional
      ? `${shown} is not read: it belongs to another configuration, and no file of it is here`
      : `${shown} is not read: no file of it is within the workspace`;
