/** Where the files of modules lie: beside the file that declares them, or where `#[path]` says. */
import { folderOf, nameOf, resolvePath } from "../../base/path.ts";
import { stringOf } from "../lower/literals.ts";
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";

/** Where a module's own modules are looked for. */
export interface Home {
  /** The file that its items stand in. */
  readonly file: string;
  /** The folder of its modules. */
  readonly folder: string;
  /** It stands in braces in that file. */
  readonly inline: boolean;
}

export interface ModuleFile {
  readonly path: string;
  readonly home: Home;
}

export const homeOfRoot = (file: string): Home => ({ file, folder: folderOf(file), inline: false });

/** `mod name { … }`. */
export function homeInside(name: string, attributes: readonly string[], { file, folder }: Home): Home {
  const [written] = pathsIn(attributes);
  return { file, folder: written === undefined ? `${folder}/${name}` : resolvePath(folder, written), inline: true };
}

/** `mod name;`: where it may lie, best first. */
export function filesOfModule(name: string, attributes: readonly string[], home: Home): readonly ModuleFile[] {
  const { folder, inline, file } = home;
  const written = pathsIn(attributes).map((it): ModuleFile => {
    const path = resolvePath(inline ? folder : folderOf(file), it);
    return { path, home: homeOfRoot(path) };
  });
  // With `cfg_attr` it is one or the other.
  if (written.length === 1 && attributes.some((it) => startsWithName(it, "path"))) return written;
  const beside = `${folder}/${name}.rs`;
  const below = `${folder}/${name}/mod.rs`;
  return [
    ...written,
    { path: beside, home: { file: beside, folder: `${folder}/${name}`, inline: false } },
    { path: below, home: { file: below, folder: `${folder}/${name}`, inline: false } },
  ];
}

/** What `include!` takes in: its modules lie beside it, as its text says. */
export const homeOfIncluded = (path: string): Home => ({
  file: path,
  folder: nameOf(path) === "mod.rs" ? folderOf(path) : path.replace(/\.[^./]*$/, ""),
  inline: false,
});

export const startsWithName = (attribute: string, name: string): boolean => {
  const text = attribute.trimStart();
  return text.startsWith(name) && !/^[\p{ID_Continue}:]/u.test(text.slice(name.length));
};

/** `path = "…"`, at whatever depth `cfg_attr` puts it. */
function pathsIn(attributes: readonly string[]): readonly string[] {
  return attributes.flatMap((attribute) => {
    if (!attribute.includes("path")) return [];
    const { kinds, starts, ends, count } = lex(attribute);
    const text = (at: number): string => attribute.slice(starts[at] ?? 0, ends[at] ?? 0);
    const found: string[] = [];
    for (let at = 0; at + 2 < count; at++)
      if (text(at) === "path" && kinds[at + 1] === token.EQUALS && kinds[at + 2] === token.STRING)
        found.push(stringOf(text(at + 2), 0).value);
    return found;
  });
}
