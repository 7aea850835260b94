/** Servers and clients as rows of a view: what each requires, and below it each fact where it is said, its files and what is wrong. */
import type { Listed, ListedEndpoint } from "./answers.ts";
import { counted, findingRow, iconOf, moreRow, notAnalysedRow, type Row, type Shown } from "./rows.ts";

/** The server has them in the order of the groups. */
export function endpointRows({ total, items, notListed }: Listed<ListedEndpoint>, shown: Shown): readonly Row[] {
  const groups = GROUPS.map(([label, belongs]) => ({ label, items: items.filter(belongs) }));
  return [
    ...groups.flatMap(({ label, items: own }): readonly Row[] =>
      own.length === 0
        ? []
        : [
            {
              kind: "group",
              label,
              description: String(own.length),
              spoken: `${label}, ${own.length}`,
              open: label !== QUIET,
              children: own.map((it) => endpointRow(it, shown)),
            },
          ],
    ),
    ...moreRow(items.length, total, "configurations"),
    ...notAnalysedRow(notListed),
  ];
}

const QUIET = "Tests and examples";
const GROUPS: readonly (readonly [string, (it: ListedEndpoint) => boolean])[] = [
  ["Servers", (it) => it.purpose === undefined && it.role === "server"],
  ["Clients", (it) => it.purpose === undefined && it.role === "client"],
  ["Configurations", (it) => it.purpose === undefined && it.role === "unknown"],
  [QUIET, (it) => it.purpose !== undefined],
];

/** A narrow view has room for one or two: who may connect, and to whom one connects. */
const ASKED_FIRST: ReadonlySet<string> = new Set([
  "client-authentication",
  "server-verification",
  "database-tls",
  "listener",
  "client-transport",
]);

function endpointRow(endpoint: ListedEndpoint, shown: Shown): Row {
  const { role, made, facts, files, findings } = endpoint;
  const place = shown(endpoint);
  const what = role === "unknown" ? made : `${made} ${role}`;
  const first = facts.filter((it) => ASKED_FIRST.has(it.kind));
  const words = [...new Set([...first, ...facts].map(factWords))];
  const problems = findings.filter((it) => it.severity !== "hint");
  return {
    kind: "endpoint",
    label: place,
    description: [...words, made].join(" · "),
    tooltip: [`${what}, ${place}`, ...words],
    icon: iconOf(findings) ?? (role === "unknown" ? "configuration" : role),
    spoken: [place, what, ...words, ...(problems.length === 0 ? [] : [counted(problems.length, "problem")])].join(", "),
    at: endpoint,
    children: [
      ...findings.map((it) => findingRow(it, shown)),
      ...facts.map(
        (fact): Row => ({
          kind: "place",
          label: factWords(fact),
          description: fact.byDefault ? "by default" : shown(fact),
          icon: "fact",
          at: fact,
        }),
      ),
      ...files.map((it): Row => ({ kind: "file", label: shown(it), description: "certificate file", icon: "file", at: it })),
    ],
  };
}

const factWords = ({ words, conditions }: ListedEndpoint["facts"][number]): string =>
  conditions.length === 0 ? words : `${words} (${conditions.join(", ").replaceAll("`", "")})`;
