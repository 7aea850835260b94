/** What paths lead to while they are being resolved. */
import type { Definition, Resolution, Scope } from "./scopes.ts";

/** What a path may stand for half-way: a module has no definition of its own when only its file is known. */
export type Target =
  | { readonly kind: "local"; readonly definition: Definition }
  | { readonly kind: "external"; readonly path: readonly string[] }
  | { readonly kind: "module"; readonly scopes: readonly Scope[]; readonly definition: Definition | undefined };

/** More candidates than globs of real code leave. */
export const MOST_TARGETS = 16;

export const same = (a: readonly string[] | undefined, b: readonly string[]): boolean =>
  a !== undefined && a.length === b.length && a.every((it, at) => it === b[at]);

/** `cfg` twins of a type count as one. */
export const sameItem = (a: Definition, b: Definition): boolean =>
  a.item === b.item ||
  (a.scope === b.scope && a.item.kind === b.item.kind && "name" in a.item && "name" in b.item && a.item.name === b.item.name);

export function only(targets: readonly Target[]): readonly string[] | undefined {
  const [first, second] = targets;
  return first?.kind === "external" && second === undefined ? first.path : undefined;
}

export function unique(targets: readonly Target[]): readonly Target[] {
  if (targets.length < 2) return targets;
  const kept: Target[] = [];
  for (const target of targets) {
    if (!kept.some((it) => equal(it, target))) kept.push(target);
    if (kept.length >= MOST_TARGETS) break;
  }
  return kept;
}

function equal(a: Target, b: Target): boolean {
  if (a.kind === "external") return b.kind === "external" && same(a.path, b.path);
  if (a.kind === "module") return b.kind === "module" && a.scopes[0] === b.scopes[0] && a.definition?.item === b.definition?.item;
  return b.kind === "local" && a.definition.item === b.definition.item && a.definition.variant === b.definition.variant;
}

export function resolution(targets: readonly Target[], segments: readonly string[]): Resolution {
  const [first] = targets;
  if (first === undefined) return { kind: "unknown", segments };
  if (first.kind === "external") {
    return { kind: "external", paths: targets.flatMap((it) => (it.kind === "external" ? [it.path] : [])) };
  }
  return first.definition === undefined ? { kind: "unknown", segments } : { kind: "local", definition: first.definition };
}

/** Others see a package's library; its programs have roots of their own. */
export function librariesOf(modules: ReadonlyMap<string, readonly Scope[]>): readonly Scope[] {
  const roots = modules.get("crate") ?? [];
  const libraries = roots.filter((it) => /(?:^|\/)lib\.rs$/.test(it.file));
  return libraries.length > 0 ? libraries : roots;
}
