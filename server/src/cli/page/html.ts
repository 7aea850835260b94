/** Elements of HTML that are XML as well, with text from strangers in them. */
import { xmlText } from "../report/xml.ts";

export interface Html {
  readonly markup: string;
}
type Content = Html | string | number | readonly Content[];

/** Text is text, whatever it looks like. */
export function html(name: string, attributes: Readonly<Record<string, string>>, ...content: readonly Content[]): Html {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(value)}"`);
  return { markup: `<${name}${written.join("")}>${content.map(markupOf).join("")}</${name}>` };
}

/** Elements that have no content. */
export function empty(name: string, attributes: Readonly<Record<string, string>>): Html {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(value)}"`);
  return { markup: `<${name}${written.join("")}/>` };
}

function markupOf(content: Content): string {
  if (typeof content === "string" || typeof content === "number") return xmlText(String(content));
  return "markup" in content ? content.markup : content.map(markupOf).join("");
}

/** A table that says what it is, with heads for columns and for rows. */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly Content[])[]): Html {
  const head = html(
    "tr",
    {},
    columns.map((it) => html("th", { scope: "col" }, it)),
  );
  const body = rows.map(([first = "", ...rest]) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, first),
      rest.map((it) => html("td", typeof it === "number" ? { class: it === 0 ? "none number" : "number" } : {}, it)),
    ),
  );
  return html("table", {}, html("caption", {}, caption), html("thead", {}, head), html("tbody", {}, body));
}
