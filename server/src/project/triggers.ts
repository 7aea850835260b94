/** The prefilter: a Rust file that holds none of the models' names says nothing about TLS and is not parsed. */

/** `also`: names that modelled packages have in this crate, where it renames them. */
export type Mentions = (text: string, also: readonly string[]) => boolean;

export function mentionsAny(names: readonly string[]): Mentions {
  // A name that starts with another one adds nothing.
  const roots = names.filter((it) => !names.some((other) => other !== it && it.startsWith(other)));
  const pattern = new RegExp(`\\b(?:${roots.filter((it) => /^[\w-]+$/.test(it)).join("|")})`);
  return (text, also) => pattern.test(text) || also.some((it) => text.includes(it));
}
