/**
 * `tlslint/tool`: what a language model may ask, by way of an editor that offers it. Answers are JSON, the same for the same workspace;
 * nothing is changed, nothing outside of the workspace's folders is read, and no byte of a private key is told.
 */
import { RequestType } from "vscode-languageserver";
import { LineIndex } from "../base/line-index.ts";
import { jsonText } from "../base/visible.ts";
import type { FileReport, Finding, Inspection } from "../service/api.ts";
import { describedFindings } from "../service/certificates/findings-by-entry.ts";
import { inspectionValue } from "../service/certificates/inspection-value.ts";
import { rulePages } from "../service/rule-pages.ts";
import { pathOf } from "./paths.ts";
import type { Session } from "./session.ts";

export interface ToolParameters {
  readonly name: string;
  readonly input: object;
}
const ToolRequest = new RequestType<ToolParameters, { readonly text: string } | null, void>("tlslint/tool");

/** On a service aside: nothing that is asked here stays, or is seen by another question or by the workspace itself. */
type Tool = (session: Session, input: ReadonlyMap<string, unknown>, signal: AbortSignal) => Promise<object>;

/** By the names in the extension's manifest. */
const TOOLS: ReadonlyMap<string, Tool> = new Map([
  ["explain_tls_finding", explainFinding],
  ["check_rust_snippet", checkSnippet],
  ["inspect_certificate", inspectCertificate],
]);

export function offerTools(session: Session): void {
  const { connection, reports, runSafe } = session;
  connection.onRequest(
    ToolRequest,
    runSafe.request<ToolParameters, { readonly text: string } | null>(
      ToolRequest.method,
      async ({ name, input }, signal) => {
        const tool = TOOLS.get(name);
        if (tool === undefined) return null;
        await reports.ready();
        session.pause();
        const answer = await session.service.aside((service) => tool({ ...session, service }, new Map(Object.entries(input)), signal));
        return { text: jsonText(answer) };
      },
      null,
    ),
  );
}

/** A rule by its name, or what is found on a line of a file. */
async function explainFinding(session: Session, input: ReadonlyMap<string, unknown>): Promise<object> {
  const [rule, file, line] = [input.get("rule"), input.get("file"), input.get("line")];
  if (typeof file !== "string" || typeof line !== "number")
    return typeof rule === "string" ? ruleOf(rule) : refused("expected `rule`, or `file` and `line`");
  const path = await pathBelow(session, file);
  if (path === undefined) return OUTSIDE;
  const { file: about, findings, known } = await session.service.explain(path, line);
  return {
    about,
    findings: findings.map((it) => ({ ...told(it), ...(it.suppressed !== undefined && { notReported: it.suppressed }) })),
    linesWithTls: known,
    rules: [...new Set(findings.map((it) => it.rule))].map(ruleOf),
  };
}

function ruleOf(id: string): object {
  const page = rulePages().find((it) => it.id === id);
  if (page === undefined) return refused(`there is no rule \`${id}\``);
  const { summary, severity, rationale, cwe, sources, examples, byHand, url } = page;
  return { rule: id, summary, severity, rationale, cwe, sources, examples, byHand, url };
}

/** As in an editor's own document: beside nothing but the manifest that is given. */
async function checkSnippet({ service }: Session, input: ReadonlyMap<string, unknown>, signal: AbortSignal): Promise<object> {
  const [code, manifest] = [input.get("code"), input.get("cargoToml")];
  if (typeof code !== "string") return refused("expected `code`");
  if (code.length > LONGEST_INPUT) return tooLong("code");
  if (typeof manifest === "string" && manifest.length > LONGEST_INPUT) return tooLong("cargoToml");
  const path = `${GIVEN}/lib.rs`;
  service.open(path, code);
  if (typeof manifest === "string") service.open(`${GIVEN}/Cargo.toml`, manifest);
  return reported(await service.lint(path, signal), new LineIndex(code));
}

const LONGEST_INPUT = 1_000_000;
const tooLong = (name: string): object => refused(`\`${name}\` has more than ${LONGEST_INPUT} characters`);

function reported({ findings, gaps, suppressed = [] }: FileReport, lines: LineIndex): object {
  const more = findings.length - MOST_FINDINGS;
  return {
    findings: findings.slice(0, MOST_FINDINGS).map((it) => {
      const { line, character } = lines.position(it.place.span.start);
      const fixes = it.fixes.map(({ title, applicability }) => ({ title, applicability }));
      return { line: line + 1, column: character + 1, ...told(it), fixes };
    }),
    ...(more > 0 && { moreFindings: more }),
    suppressed: suppressed.length,
    // Without findings and with these it is not clean.
    notAnalysed: gaps.map(({ kind, reason }) => ({ kind, reason })),
  };
}

const told = ({ rule, severity, message, help, notes }: Finding): object => ({ rule, severity, message, help, notes });

/** By the published schema of `tlslint inspect --format json`. */
async function inspectCertificate(session: Session, input: ReadonlyMap<string, unknown>, signal: AbortSignal): Promise<object> {
  const { service } = session;
  const [file, pem] = [input.get("file"), input.get("pem")];
  if (typeof pem === "string") {
    if (pem.length > LONGEST_INPUT) return tooLong("pem");
    const path = `${GIVEN}/given.pem`;
    service.open(path, pem);
    return inspected(await service.inspect(path, signal, { most: MOST_OBJECTS }), "given.pem");
  }
  if (typeof file !== "string") return refused("expected `file` or `pem`");
  const path = await pathBelow(session, file);
  if (path === undefined) return OUTSIDE;
  return inspected(await service.inspect(path, signal, { most: MOST_OBJECTS }), file);
}

function inspected(inspection: Inspection, path: string): object {
  const { more } = inspection;
  const { findings, moreFindings } = describedFindings(inspection, MOST_FINDINGS);
  return {
    ...inspectionValue({ ...inspection, findings }, path),
    ...(more !== undefined && { more }),
    ...(moreFindings > 0 && { moreFindings }),
  };
}

/** A chain and its key; a whole bundle is more than a model reads. */
const MOST_OBJECTS = 20;
const MOST_FINDINGS = 100;

const refused = (reason: string): object => ({ error: reason });
const OUTSIDE = refused("the file lies outside of the workspace");

/** In one of the workspace's folders, by its name and wherever links lead. What somebody viewed elsewhere is closed to a model. */
async function pathBelow({ roots, service }: Pick<Session, "roots" | "service">, file: string): Promise<string | undefined> {
  const path = pathByName(roots(), file);
  return path !== undefined && (await service.isInRoots(path)) ? path : undefined;
}

function pathByName(folders: readonly string[], file: string): string | undefined {
  const given = file.includes("://") ? pathOf(file) : file.replaceAll("\\", "/");
  if (given.split("/").includes("..")) return undefined;
  const inside = folders.find((it) => given.startsWith(`${it}/`));
  if (inside !== undefined) return given;
  const [first] = folders;
  return first === undefined || given.startsWith("/") || given.includes(":") ? undefined : `${first}/${given}`;
}

/** The folder of texts that come with a question. */
const GIVEN = pathOf("tlslint-tool:/given");
