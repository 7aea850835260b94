/** What the folders of a workspace are called where a path begins with its folder: two of one name by as much of what is above as tells them apart. */

export interface NamedFolder {
  readonly name: string;
  /** With `/`. */
  readonly path: string;
}

/** In the order of the folders. */
export const folderLabels = (folders: readonly NamedFolder[]): readonly string[] =>
  folders.map((it) =>
    labelAmong(
      it,
      folders.filter((other) => other !== it && other.name === it.name),
    ),
  );

function labelAmong({ name, path }: NamedFolder, namesakes: readonly NamedFolder[]): string {
  if (namesakes.length === 0) return name;
  const depth = path.split("/").length;
  for (let count = 2; count < depth; count++)
    if (namesakes.every((it) => end(it.path, count) !== end(path, count))) return end(path, count);
  return path;
}

const end = (path: string, count: number): string => path.split("/").slice(-count).join("/");
