/** What code outside of a workspace can reach of a library: what is public from its root on, through modules and re-exports. */
import { type Crate, Declared, type Definition, Module } from "../names/index.ts";

export function reachableFrom({ root }: Crate): ReadonlySet<Definition> {
  const reached = new Set<Definition>([root]);
  for (const it of reached) {
    if (!(it instanceof Module)) continue;
    for (const { named, globbed } of it.names.values())
      for (const { definition, visibleIn } of [...named, ...globbed]) if (visibleIn === undefined) reached.add(definition);
  }
  return reached;
}

/** Of a member, that its type or trait is, and that it is public itself or a trait's. */
export function isReachable(
  declared: Declared,
  reached: ReadonlySet<Definition>,
  typeOf: (impl: Declared) => Definition | undefined,
): boolean {
  const { holder } = declared;
  if (holder === undefined || holder.kind === "foreign") return reached.has(declared);
  if (holder.kind === "trait") return reached.has(holder);
  const type = typeOf(holder);
  const isPublic = declared.tree.visibility === "pub" || holder.tree.implements?.trait !== undefined;
  return isPublic && (type === undefined || !(type instanceof Declared) || reached.has(type));
}
