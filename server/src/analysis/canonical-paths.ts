/** What canonical paths are made of: segments, the crate in front, a member and its type. */
import type { CanonicalPath } from "../models/model.ts";

/** The segments of a canonical path without generic arguments; a field's name is a segment too. */
export function segmentsOf(path: CanonicalPath): string[] {
  const plain = path.includes("<") ? path.replace(/<[^<>]*>/g, "") : path;
  // All paths of all models are divided at each start, and few of them name a field.
  return plain.includes(".") ? plain.split(/::|\./) : plain.split("::");
}

export const crateOf = (path: string): string => /^\w*/.exec(path)?.[0] ?? "";

/** All paths of all models are asked at each start: nothing is divided where no generic argument can hide a separator. */
export function lastName(path: CanonicalPath): string {
  if (path.includes("<")) return segmentsOf(path).at(-1) ?? path;
  return path.slice(startOfLast(path));
}

/** Where the last segment of a path without generic arguments begins. */
function startOfLast(path: string): number {
  const colons = path.lastIndexOf("::");
  return Math.max(colons < 0 ? 0 : colons + 2, path.lastIndexOf(".") + 1);
}

interface Paths {
  canonical(path: string): CanonicalPath;
  throughReexport(segments: readonly string[]): CanonicalPath | undefined;
}

/** A member of a type with an argument, whose path is one of its own: `A<B>::m`. */
export function eachPath(path: string, paths: Paths): CanonicalPath {
  const [from, to] = [path.indexOf("<"), path.indexOf(">")];
  if (from < 0 || to < from) return paths.canonical(path);
  const of = path.slice(from + 1, to);
  return paths.canonical(`${path.slice(0, from)}<${paths.throughReexport(of.split("::")) ?? paths.canonical(of)}>${path.slice(to + 1)}`);
}

/** `Type::method` or `Type.field`; generic arguments belong to the type. */
export function membersOf(path: string): { readonly type?: string; readonly name: string; readonly separator: "::" | "." } {
  const dot = path.lastIndexOf(".");
  if (dot > 0) return { type: path.slice(0, dot), name: path.slice(dot + 1), separator: "." };
  const at = path.lastIndexOf("::");
  return at < 0 ? { name: path, separator: "::" } : { type: path.slice(0, at), name: path.slice(at + 2), separator: "::" };
}
