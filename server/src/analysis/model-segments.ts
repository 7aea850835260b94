/** The segments of all paths that models know: what paths end in, for those that are written without a crate; their modules; their words. */
import { isTypeName } from "../flow/index.ts";
import type { CanonicalPath } from "../models/model.ts";
import { segmentsOf } from "./canonical-paths.ts";

export interface ModelPath {
  readonly path: string;
  /** What `path` hands on, or itself. */
  readonly target: CanonicalPath;
  /** A fork has the paths of what it mirrors: its ends tell nothing. */
  readonly isOwn: boolean;
}

export class ModelSegments {
  /** What paths begin with, two segments each: `sqlx::mysql`. */
  readonly modules = new Set<string>();
  readonly names: Set<string>;
  /** Those of more than methods, which programs call their own fields, too. */
  readonly words: Set<string>;
  /** By their last names. */
  readonly #ends = new Map<string, ModelPath[]>();

  constructor(paths: readonly ModelPath[], names: readonly string[]) {
    this.names = new Set(names);
    this.words = new Set(names);
    for (const it of paths) this.#add(it);
  }

  endingIn(name: string): readonly ModelPath[] {
    return this.#ends.get(name) ?? [];
  }

  #add(it: ModelPath): void {
    const segments = segmentsOf(it.path);
    this.modules.add(segments.slice(0, 2).join("::"));
    const name = segments.at(-1);
    const isMethod = isTypeName(segments.at(-2) ?? "") && name === name?.toLowerCase();
    for (const segment of segments) this.names.add(segment);
    for (const segment of isMethod ? segments.slice(0, -1) : segments) this.words.add(segment);
    if (!it.isOwn || name === undefined) return;
    const known = this.#ends.get(name);
    if (known === undefined) this.#ends.set(name, [it]);
    else if (!known.some(({ path, target }) => path === it.path && target === it.target)) known.push(it);
  }
}
