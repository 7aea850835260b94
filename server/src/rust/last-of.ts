/** The last name of a path, as a name is asked of a type, a function, a field or a method. */

/** Of a method without its type (`.get`) and of a field (`peer.name`), too. */
export const lastOf = (path: string): string => path.split(/::|\./).at(-1)?.trim() ?? path;
