/** HTML in which nothing that a file says can be markup: values are escaped where they are put in. */

export class Html {
  readonly text: string;
  /** Of text that is HTML already. */
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.map((literal, at) => literal + (at < parts.length ? textOf(parts[at] ?? "") : "")).join(""));
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  return typeof part === "object" ? part.map(({ text }) => text).join("") : escaped(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (it) => ENTITIES[it] ?? "");

/** What VS Code runs when the link is followed. The page may name no other commands than those that its editor allows. */
export const commandLink = (command: string, ...args: readonly (string | object)[]): string =>
  `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
