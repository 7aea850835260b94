/** The page of `tlslint report`: one file that loads nothing, for people who look at many repositories. */
import { grouped } from "../../base/grouped.ts";
import { ruleUrl } from "../../service/rule-pages.ts";
import { dateOf, type Ending, inDays } from "../ending.ts";
import { SEVERITIES } from "../loud.ts";
import { labelOf } from "../report/concise.ts";
import { countsOf, filesInWords, findingsInWords } from "../report/counts.ts";
import type { Counts, Report, ReportedFile, ReportedGap } from "../report/report.ts";
import { empty, type Html, html, table } from "./html.ts";
import { STYLE } from "./style.ts";
import type { Trend } from "./trend.ts";

export interface PageInput {
  readonly report: Report;
  /** Against an earlier report, by repository. */
  readonly trend?: readonly Trend[];
  readonly endings?: readonly Ending[];
  /** Files whose ends are not known. */
  readonly unread?: readonly ReportedGap[];
  readonly now: number;
}

export function page({ report, trend, endings, unread = [], now }: PageInput): string {
  const date = dateOf(new Date(now));
  // `check` may have said the same of a file.
  const told = new Set(report.notAnalysed.map((it) => `${it.path}\n${it.reason}`));
  const gaps = [...report.notAnalysed, ...unread.filter((it) => !told.has(`${it.path}\n${it.reason}`))];
  const head = html(
    "head",
    {},
    empty("meta", { charset: "utf-8" }),
    empty("meta", { "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" }),
    empty("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    html("title", {}, `tlslint report, ${date}`),
    // Of what stands in a style element nothing is unescaped, and nothing of it is a stranger's.
    html("style", {}, { markup: STYLE }),
  );
  const sections: readonly (Section | undefined)[] = [
    trend && section("trend", "Changes since the previous report", trendTable(trend)),
    section("repositories", "By repository", repositoryTable(report)),
    report.files.some((it) => it.owner !== undefined) ? section("owners", "By owner", ownerTable(report)) : undefined,
    section("rules", "By rule", ruleTable(report)),
    endings && section("certificates", "Certificates by expiry", endingTable(endings)),
    gaps.length > 0 ? section("gaps", "Not analysed", gapTable(gaps)) : undefined,
    section("findings", "Findings", ...findingTables(report)),
  ];
  const body = html(
    "body",
    {},
    html("a", { class: "skip", href: "#findings" }, "Skip to the findings"),
    html(
      "header",
      {},
      html("h1", {}, "tlslint report"),
      html("p", {}, `${findingsInWords(report.counts.findings)} in ${filesInWords(report)}; ${date}; tlslint ${report.tool.version}`),
    ),
    contents(sections.flatMap((it) => it ?? [])),
    html(
      "main",
      {},
      sections.flatMap((it) => it?.whole ?? []),
    ),
  );
  return `<!DOCTYPE html>\n${html("html", { lang: "en" }, head, body).markup}\n`;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly whole: Html;
}
const section = (id: string, title: string, ...content: readonly Html[]): Section => ({
  id,
  title,
  whole: html("section", { "aria-labelledby": `${id}-title`, id }, html("h2", { id: `${id}-title` }, title), content),
});

const contents = (sections: readonly Section[]): Html =>
  html(
    "nav",
    { "aria-label": "Contents" },
    html(
      "ul",
      {},
      sections.map(({ id, title }) => html("li", {}, html("a", { href: `#${id}` }, title))),
    ),
  );

const none = (text: string): Html => html("p", {}, text);

function trendTable(trend: readonly Trend[]): Html {
  const row = (name: string, all: readonly Trend[]) => [name, ...TREND.map((it) => all.reduce((sum, one) => sum + one[it], 0))];
  const one = (it: Trend) => row(`${it.repository ?? HERE}${it.in === "both" ? "" : ` (only in ${it.in})`}`, [it]);
  const steady = trend.filter(isSteady);
  // Of two thousand repositories those count in which something changed.
  const rows = [
    row("all", trend),
    ...trend.filter((it) => !isSteady(it)).map(one),
    ...(steady.length > 1 ? [row(`${steady.length} without changes`, steady)] : steady.map(one)),
  ];
  return table(
    "Findings since the previous report, by repository",
    ["repository", "new", "gone", "suppressed since", "not known", "still there"],
    trend.length === 1 ? trend.map(one) : rows,
  );
}
const TREND = ["added", "gone", "suppressed", "unknown", "kept"] as const;

const isSteady = (trend: Trend): boolean => trend.in === "both" && TREND.every((it) => it === "kept" || trend[it] === 0);

/** Files that belong to no named repository are those of the run itself. */
const HERE = "this run";

const repositoryTable = ({ files }: Report): Html => groupTable("repository", files, (it) => it.repository ?? HERE);
const ownerTable = ({ files }: Report): Html => groupTable("owner", files, (it) => it.owner ?? "(nobody)");

function groupTable(what: string, files: readonly ReportedFile[], nameOf: (file: ReportedFile) => string): Html {
  const groups = [...grouped(files, nameOf)].map(([name, group]) => ({ name, group, counts: countsOf(group, []) }));
  // Whoever has the most to do comes first.
  groups.sort((a, b) => loudness(a.counts, b.counts) || (a.name < b.name ? -1 : 1));
  const rows = groups.map(({ name, group, counts: { findings, suppressed } }) => [
    name,
    ...SEVERITIES.map((it) => findings[it]),
    suppressed,
    group.length,
  ]);
  return table(`Findings by ${what} and severity`, [what, ...SEVERITIES, "suppressed", "files"], rows);
}

const loudness = (a: Counts, b: Counts): number => SEVERITIES.map((it) => b.findings[it] - a.findings[it]).find((it) => it !== 0) ?? 0;

function ruleTable({ files }: Report): Html {
  const all = files.flatMap(({ findings, repository = HERE }) => findings.map((it) => ({ ...it, repository })));
  if (all.length === 0) return none("No rule found anything.");
  const rows = [...grouped(all, (it) => it.rule)]
    .toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([rule, group]) => [
      html("a", { href: ruleUrl(rule) }, rule),
      ...SEVERITIES.map((severity) => group.filter((it) => it.severity === severity).length),
      new Set(group.map((it) => it.repository)).size,
    ]);
  return table("Findings by rule and severity", ["rule", ...SEVERITIES, "repositories"], rows);
}

function endingTable(endings: readonly Ending[]): Html {
  if (endings.length === 0) return none("There are none.");
  return table(
    "Certificates and revocation lists, soonest expiry first",
    ["subject", "ends", "", "kind", "file"],
    endings.map(({ subject, end, days, kind, path, line }) => [
      subject === "" ? "(no subject)" : subject,
      dateOf(end),
      html("span", { class: days < 0 ? "error" : days < 30 ? "warning" : "info" }, inDays(days)),
      kind,
      `${path}:${line}`,
    ]),
  );
}

const gapTable = (gaps: readonly ReportedGap[]): Html =>
  table(
    "What was not analysed, and why",
    ["file", "kind", "reason"],
    gaps.map((it) => [
      it.path,
      labelOf(it),
      withCode(it.acknowledged === undefined ? it.reason : `${it.reason} (acknowledged: ${it.acknowledged})`),
    ]),
  );

function findingTables({ files }: Report): readonly Html[] {
  const told = files.filter((it) => it.findings.length > 0);
  if (told.length === 0) return [none("Nothing was found.")];
  return [...grouped(told, (it) => it.repository ?? HERE)].flatMap(([name, group]) => [html("h3", {}, name), findingTable(name, group)]);
}

const findingTable = (name: string, files: readonly ReportedFile[]): Html =>
  table(
    `Findings of ${name}`,
    ["place", "severity", "rule", "finding"],
    files.flatMap(({ path, findings }) =>
      findings.map(({ range: { start }, severity, rule, message, help }) => [
        `${path}:${start.line}`,
        html("span", { class: severity }, severity),
        html("a", { href: ruleUrl(rule) }, rule),
        [withCode(message), empty("br", {}), html("small", {}, withCode(help))],
      ]),
    ),
  );

/** What messages quote is code. */
function withCode(text: string): readonly (Html | string)[] {
  const parts = text.split("`");
  // A sign without its twin is itself.
  return parts.map((part, at) => (at % 2 === 0 ? part : at < parts.length - 1 ? html("code", {}, part) : `\`${part}`));
}
