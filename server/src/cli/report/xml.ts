/** Elements of XML with attributes and text from strangers in them. */
import { visible } from "../../base/visible.ts";

type Attributes = Readonly<Record<string, string | number>>;

/** `content` is XML already. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  return content === "" ? `<${name}${written.join("")}/>` : `<${name}${written.join("")}>${content}</${name}>`;
}

/** Line ends as references, since attributes make blanks of them; XML 1.0 has no other control characters, so those become visible. */
export const xmlText = (text: string): string =>
  text
    .split(/([\t\n\r])/)
    .map((part) => REFERENCES[part] ?? visible(part).replace(/[&<>"]/g, (it) => REFERENCES[it] ?? it))
    .join("");

const REFERENCES: Readonly<Record<string, string>> = {
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
