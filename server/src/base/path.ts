/** Paths as text: absolute and `/`-separated, also with a drive letter or a share (`//host/share`) in front. Nothing here touches the disk. */

export const isAbsolute = (path: string): boolean => /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);

/** What no `..` climbs above: `/`, a drive, a share. */
const topOf = (path: string): string => /^(?:[A-Za-z]:[\\/]|[\\/]{2}[^\\/]+[\\/]+[^\\/]+[\\/]?|[\\/])?/.exec(path)?.[0] ?? "";

export function folderOf(path: string): string {
  const at = path.lastIndexOf("/");
  return at < 0 ? "" : at === 0 ? "/" : path.slice(0, at);
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Lower-case, without the dot; empty for `Makefile` and `.env`. */
export function extensionOf(path: string): string {
  const name = nameOf(path);
  const at = name.lastIndexOf(".");
  return at <= 0 ? "" : name.slice(at + 1).toLowerCase();
}

/** `path` seen from `folder`, with `.` and `..` resolved; `..` never climbs above the top. */
export function resolvePath(folder: string, path: string): string {
  const whole = isAbsolute(path) ? path : `${folder}/${path}`;
  const top = topOf(whole);
  const parts: string[] = [];
  for (const part of whole.slice(top.length).split(/[\\/]/)) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  const head = top.replaceAll("\\", "/").replace(/(?<=[^/])\/+$/, "");
  return head === "" || head === "/" ? head + parts.join("/") : [head, ...parts].join("/");
}

/** Of Windows: such a name is a device in every folder, whatever follows its first dot. */
export const isDeviceName = (name: string): boolean =>
  /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]{0,80}(?:[.:]|$)/i.test(name);

/** Whether `path` is `folder` or lies below it. */
export const isWithin = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

/** `path` as seen from a folder that holds it; undefined elsewhere. */
export function relativePath(folder: string, path: string): string | undefined {
  if (!isWithin(folder, path)) return undefined;
  return path.slice(folder.length).replace(/^\//, "");
}

/** The folders from `start` upwards to `top`, both included; only `start` when it does not lie in `top`. */
export function upwards(start: string, top: string): readonly string[] {
  const folders = [start];
  for (let folder = start; folder !== top && isWithin(top, folder) && folder !== folderOf(folder); ) {
    folder = folderOf(folder);
    folders.push(folder);
  }
  return folders;
}

/** The deepest folder that holds all of `folders`, with the `/` at its end; empty where there is none, or the top alone. */
export function folderOfAll([first = "", ...others]: readonly string[]): string {
  const parts = first.split("/");
  const apart = others.map((it) => it.split("/")).map((other) => parts.findIndex((part, at) => part !== other[at]));
  const shared = parts.slice(0, Math.min(parts.length, ...apart.map((at) => (at < 0 ? parts.length : at))));
  return shared.every((it) => it === "") ? "" : `${shared.join("/")}/`;
}

/** `path` as seen from any folder, always with a folder in front, so that it never looks like an option; undefined between drives. */
export function pathFrom(folder: string, path: string): string | undefined {
  const from = folder.split("/").filter((it) => it !== "");
  const to = path.split("/").filter((it) => it !== "");
  if (isAbsolute(folder) !== isAbsolute(path) || (/:$/.test(from[0] ?? "") && from[0] !== to[0])) return undefined;
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  const up = from.slice(same).map(() => "..");
  return [...(up.length === 0 ? ["."] : up), ...to.slice(same)].join("/");
}
