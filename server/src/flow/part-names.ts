/**
 * How parts of values are named: `field`; `<path>.field` of what a pattern says the type or variant of; `success` and `failure` of what
 * `?` is applied to; `each` of a collection; `as path` of what is seen as another type.
 */
export type PartName = string;

export const payloadName = (of: string, field: string): PartName => `<${of}>.${field}`;

export function payloadOf(name: PartName): { readonly of: string; readonly field: string } | undefined {
  const end = name.startsWith("<") ? name.lastIndexOf(">.") : -1;
  return end < 0 ? undefined : { of: name.slice(1, end), field: name.slice(end + 2) };
}

export const viewName = (type: string): PartName => `as ${type}`;

/** The type that it is seen as. */
export const viewOf = (name: PartName): string | undefined => (name.startsWith("as ") ? name.slice(3) : undefined);
