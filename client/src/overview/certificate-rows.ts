/** Certificates as rows of a view: until when, what it is, and below it what is wrong and who reads it. */
import { whenItEnds } from "../validity-words.ts";
import type { Listed, ListedCertificate } from "./answers.ts";
import { counted, findingRow, iconOf, moreRow, notAnalysedRow, type Row, type Shown } from "./rows.ts";

/** The server has them in the order of their ends. */
export const certificateRows = ({ total, items, notListed, leftOut }: Listed<ListedCertificate>, shown: Shown): readonly Row[] => [
  ...items.map((it) => certificateRow(it, shown)),
  ...moreRow(items.length, total, "that end later"),
  ...notAnalysedRow(notListed, leftOut, shown),
];

/** Above a list that a filter makes shorter: nobody takes it for all there is. */
export const filterWords = ({ total, unfiltered = total }: Pick<Listed<unknown>, "total" | "unfiltered">): string =>
  `Only those with problems: ${total} of ${unfiltered}`;

function certificateRow(certificate: ListedCertificate, shown: Shown): Row {
  const { kind, name, subject, issuer, fingerprint, pin, uses, findings } = certificate;
  const what = kind === "certificate" ? `${certificate.role ?? "leaf"} certificate` : "revocation list";
  const ends = endWords(certificate);
  const label = name === "" ? what : name;
  const problems = findings.filter((it) => it.severity !== "hint");
  const read = uses.length === 0 ? "not referenced by code in this workspace" : `read in ${counted(uses.length, "place")}`;
  return {
    kind,
    label,
    description: [ends, ...(name === "" ? [] : [what])].join(" · "),
    tooltip: [ends, `${what}: ${subject}`, `issued by ${issuer}`, `SHA-256 ${fingerprint}`, shown(certificate), read],
    icon: iconOf(findings) ?? (kind === "certificate" ? "verified" : "revocation-list"),
    spoken: [label, what, ends, read, ...(problems.length === 0 ? [] : [counted(problems.length, "problem")])].join(", "),
    at: certificate,
    fingerprint,
    ...(pin !== undefined && { pin }),
    uses,
    children: [
      ...findings.map((it) => findingRow(it, shown)),
      ...uses.map((it): Row => {
        const call = it.call.slice(it.call.lastIndexOf(":") + 1);
        return { kind: "place", label: shown(it), description: `read by ${call}`, icon: "place", at: it };
      }),
    ],
  };
}

/** `expires in 22 days (2026-12-21)`, as the server's hovers say it. */
export function endWords({ kind, daysLeft, end }: Pick<ListedCertificate, "kind" | "daysLeft" | "end">): string {
  const day = new Date(end).toISOString().slice(0, 10);
  const ends = kind === "certificate" ? "expires" : "next update";
  const ended = kind === "certificate" ? "expired" : "next update was due";
  return `${daysLeft < 0 ? ended : ends} ${whenItEnds(daysLeft)} (${day})`;
}
