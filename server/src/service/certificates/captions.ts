/** What a section is called where there is one line for it: what it is, whose, and until when. */
import { visible } from "../../base/visible.ts";
import type { Description, Parsed } from "../../pki/index.ts";

/** The common name, else the first other name, else all of the subject; of a list its issuer's. Undefined where there is none. */
export function knownName(parsed: Parsed | undefined): string | undefined {
  switch (parsed?.kind) {
    case "certificate":
    case "request": {
      const common = parsed.subject.attributes.findLast((it) => it.type === "CN")?.value;
      return shown(common ?? parsed.values.alternativeNames?.[0]?.value ?? parsed.subject.text);
    }
    case "revocation-list":
      return shown(parsed.issuer.attributes.findLast((it) => it.type === "CN")?.value ?? parsed.issuer.text);
    default:
      return undefined;
  }
}

/** Certificates may hold megabytes. */
const LONGEST = 80;
const shown = (name: string): string | undefined =>
  name === "" ? undefined : visible(name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);

/** `leaf certificate for billing, 1 of 2`. */
export const caption = ({ what, place }: Pick<Description, "what" | "place">, name: string | undefined): string =>
  name === undefined ? what + place : `${what} for ${name}${place}`;

/** `expires in 22 days (2026-12-21)`; empty where it does not end. */
export const validityText = ({ validity }: Pick<Description, "validity">): string =>
  validity === undefined ? "" : `${validity.label} ${validity.value}`;

/** `expires in 22 days`, where the day itself stands elsewhere. */
export function validityInShort(description: Pick<Description, "validity">): string {
  const text = validityText(description);
  const day = text.lastIndexOf(" (");
  return day < 0 ? text : text.slice(0, day);
}
