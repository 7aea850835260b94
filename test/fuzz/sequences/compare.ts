/** What the server said of each file, beside what others say who look at the same texts for the first time. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic, Range } from "vscode-languageserver-protocol/node";
import { visibleLines } from "../../../server/src/base/visible.ts";
import { uriOf } from "../../../server/src/lsp/paths.ts";
import type { FileReport, LintService } from "../../../server/src/service/api.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { NOON } from "../../harness/memory-host.ts";
import { commandLine, SCRATCH } from "../command-line.ts";
import type { SequenceEditor } from "./editor.ts";
import { perform } from "./perform.ts";
import { rangeAt } from "./positions.ts";

const SEVERITIES = ["", "error", "warning", "info", "hint"];

const placed = ({ start, end }: Range): string => `${start.line}:${start.character}-${end.line}:${end.character}`;

const toldOf = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics
    .map(({ range, severity = 0, code, message, relatedInformation = [] }) => {
      const related = relatedInformation.map((it) => `${it.location.uri} ${placed(it.location.range)} ${it.message}`);
      // What a gap is called stands before its reason.
      const text = `${message}`.replace(/^(?:not analysed|out of reach): /, "");
      return [`${placed(range)} ${SEVERITIES[severity]} ${code} ${text}`, ...related].join("\n  ");
    })
    .sort();

/** A report in the same words, counted by the test itself. */
async function expectedOf(report: FileReport, fresh: LintService, { kind, documents }: SequenceEditor): Promise<readonly string[]> {
  const text = (await fresh.text(report.file)) ?? "";
  const range = (it: string, span: { start: number; end: number }): string => placed(rangeAt(it, span, kind.unit));
  const uri = (path: string): string => [...documents.values()].find((it) => it.path === path)?.uri ?? uriOf(path);
  const lines: string[] = [];
  for (const { rule, severity, message, place, related } of report.findings) {
    const line = [`${range(text, place.span)} ${severity} ${rule} ${visibleLines(message)}`];
    for (const { file, span, message: says } of kind.plain && !kind.pull ? [] : related)
      line.push(`${uri(file)} ${range((await fresh.text(file)) ?? "", span)} ${visibleLines(says)}`);
    lines.push(line.join("\n  "));
  }
  for (const { kind: gap, acknowledged, span, reason } of report.gaps) {
    if (gap === "skipped" || acknowledged !== undefined) continue;
    const [severity, code] = gap === "failed" ? ["warning", "not-analysed"] : ["info", "out-of-reach"];
    lines.push(`${span ? range(text, span) : "0:0-0:0"} ${severity} ${code} ${visibleLines(reason)}`);
  }
  return lines.sort();
}

async function freshOf(editor: SequenceEditor): Promise<LintService> {
  const { roots, settings } = editor;
  const fresh = await createLintService(editor.disk.again(), { roots, settings });
  for (const { path, text } of editor.documents.values()) fresh.open(path, text);
  return fresh;
}

const different = (what: string, told: readonly string[], expected: readonly string[]): string | undefined => {
  const more = told.filter((it) => !expected.includes(it));
  const less = expected.filter((it) => !told.includes(it));
  if (more.length + less.length === 0 && told.length === expected.length) return undefined;
  return `${what} differs: ${[...more.map((it) => `+ ${it}`), ...less.map((it) => `- ${it}`)].slice(0, 4).join("\n")}`;
};

/** Of the documents, and where the client asks for diagnostics, of each file. */
export async function asFresh(editor: SequenceEditor, service: LintService): Promise<string | undefined> {
  const fresh = await freshOf(editor);
  const { documents, disk, kind } = editor;
  const open = new Map([...documents.values()].map((it) => [it.path, it]));
  const paths = kind.pull ? new Set([...open.keys(), ...disk.contents.keys()]) : open.keys();
  for (const path of paths) {
    const document = open.get(path);
    const uri = document?.uri ?? uriOf(path);
    if (document && (await service.text(path)) !== (await fresh.text(path))) return `the text of ${path} differs`;
    const told = kind.pull ? await pulled(editor, uri) : (editor.published.get(uri) ?? []);
    const expected = await expectedOf(await fresh.lint(path), fresh, editor);
    const wrong = editor.wrong ?? different(`after the sequence ${path}`, toldOf(told), expected);
    if (wrong !== undefined) return wrong;
  }
  fresh.dispose();
  return undefined;
}

async function pulled(editor: SequenceEditor, uri: string): Promise<readonly Diagnostic[]> {
  const result: unknown = await editor.ask("textDocument/diagnostic", { textDocument: { uri } });
  return Object(result).items ?? [];
}

/** What the client remembers of all files, once it has asked for news. */
export async function asWorkspace(editor: SequenceEditor): Promise<string | undefined> {
  if (!editor.kind.pull) return undefined;
  editor.watched(["/w/news.txt"]);
  await perform(editor, { kind: "ask", question: "workspace", file: 0, at: 0, manner: "awaited" }, []);
  const fresh = await freshOf(editor);
  const paths = new Set<string>();
  for (const root of editor.roots) for (const path of (await fresh.files(root)).files) paths.add(path);
  for (const path of paths) {
    const expected = await expectedOf(await fresh.lint(path), fresh, editor);
    const told = editor.workspace.get(uriOf(path))?.items ?? [];
    const wrong = editor.wrong ?? different(`in the workspace ${path}`, toldOf(told), expected);
    if (wrong !== undefined) return wrong;
  }
  // Of an open document the client asks by itself.
  const known = new Set([...[...paths].map(uriOf), ...editor.documents.keys()]);
  const gone = [...editor.workspace].find(([uri, { items }]) => items.length > 0 && !known.has(uri));
  fresh.dispose();
  return gone && `the client still shows diagnostics of ${gone[0]}`;
}

/** The same tree on a disk, through the command line. All documents were saved. */
export async function asCommandLine(editor: SequenceEditor): Promise<string | undefined> {
  const root = mkdtempSync(join(SCRATCH, "tlslint-sequence-"));
  try {
    for (const [path, content] of editor.disk.contents) {
      if (!path.startsWith("/w/")) continue;
      const file = join(root, path.slice(3));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" || content instanceof Uint8Array ? content : "", {
        mode: editor.disk.modes.get(path) ?? 0o644,
      });
    }
    const { stdout, stderr } = await commandLine(root, [
      "check",
      "--format",
      "json",
      "--allow-empty",
      "--now",
      new Date(NOON).toISOString(),
    ]);
    if (!stdout.startsWith("{")) return `the command line says ${stderr}`;
    const { files, notAnalysed }: { files: readonly Told[]; notAnalysed: readonly NotAnalysed[] } = JSON.parse(stdout);
    const fresh = await freshOf(editor);
    for (const { path, findings } of files) {
      const gaps = notAnalysed.filter((it) => it.path === path && it.kind !== "skipped" && it.acknowledged === undefined);
      const told = [
        ...findings.map(
          ({ rule, severity, message, range: { start, end } }) =>
            `${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule} ${message}`,
        ),
        ...gaps.map(({ reason }) => reason),
      ];
      const report = await fresh.lint(`/w/${path}`);
      const text = (await fresh.text(report.file)) ?? "";
      const expected = [
        ...report.findings.map(({ rule, severity, message, place }) => {
          const { start, end } = rangeAt(text, place.span, "utf-16");
          return `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${severity} ${rule} ${message}`;
        }),
        ...report.gaps.filter((it) => it.kind !== "skipped" && it.acknowledged === undefined).map(({ reason }) => reason),
      ];
      const wrong = different(`on the command line ${path}`, told, expected);
      if (wrong !== undefined) return wrong;
    }
    const listed = [...(await fresh.files("/w")).files].map((it) => it.slice(3)).sort();
    return different("the list of files", files.map(({ path }) => path).sort(), listed);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface Told {
  readonly path: string;
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string; readonly range: Lines }[];
}
interface Lines {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}
interface NotAnalysed {
  readonly path: string;
  readonly kind: string;
  readonly reason: string;
  readonly acknowledged?: string;
}
