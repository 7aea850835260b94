/** Whether a report over a hostile tree has the findings that nobody touched, and names what could not be looked at. */
import { kindByName, sharesItsName } from "../../../server/src/project/kind.ts";
import type { Spoken } from "../command-line.ts";
import type { Entry } from "./entries.ts";
import type { Planted } from "./plant.ts";

interface Report {
  readonly files: readonly { readonly path: string; readonly findings: readonly { readonly rule: string }[] }[];
  readonly notAnalysed: readonly { readonly path: string; readonly kind: string; readonly acknowledged?: string }[];
}

/** What has to be found in the files that nothing of the tree touches. */
const KEPT_RULES = { "settings/.env": "unverified-database-tls", "keep/src/main.rs": "disabled-verification" } as const;

/** `fixes`: it changes files. */
export function wrongInReport(
  { status, stdout, stderr }: Spoken,
  { entries }: Pick<Planted, "entries">,
  { asNobody, fixes }: { readonly asNobody: boolean; readonly fixes: boolean },
): string | undefined {
  if (!stdout.startsWith("{")) return `there is no report: ${stderr}`;
  const report: Report = JSON.parse(stdout);
  for (const [path, rule] of Object.entries(fixes ? {} : KEPT_RULES)) {
    const found = report.files.some((it) => it.path === path && it.findings.some((finding) => finding.rule === rule));
    if (!found) return `${path} lost its finding`;
  }
  if (!fixes && status !== (report.notAnalysed.some((it) => it.kind === "failed" && it.acknowledged === undefined) ? 2 : 1))
    return `it ended with ${status}`;
  const told = new Set(report.notAnalysed.map((it) => it.path));
  const missing = expectedGaps(entries, asNobody).find((it) => !told.has(it));
  return missing === undefined ? undefined : `of ${missing} it does not say that it was not analysed`;
}

/** Most bytes of a file that are read, and folders that are gone down. */
const LARGEST = 64 << 20;
const DEEPEST = 64;
const PASSED_OVER = new Set([".git", "target", "node_modules"]);
const LEADS_OUT = new Set(["/", "/etc", "outside"]);
const FILES_OUTSIDE = new Set(["/etc/passwd", "outside/secret.pem", "outside/main.rs", "outside/tlslint.toml"]);

/** Where it is certain that a walk comes by; what a configuration or `.gitignore` of the tree leaves out is not. */
function expectedGaps(entries: readonly Entry[], asNobody: boolean): readonly string[] {
  if (entries.some(({ path }) => /(?:^|\/)(?:tlslint\.toml|Cargo\.toml|\.gitignore|CACHEDIR\.TAG|\.git)$/.test(path))) return [];
  const above = (path: string): readonly string[] => path.split("/").slice(0, -1);
  const isPlain = (path: string): boolean =>
    above(path).every((name, at) => {
      const folder = path
        .split("/")
        .slice(0, at + 1)
        .join("/");
      return !PASSED_OVER.has(name) && !entries.some((it) => it.path === folder && (it.kind !== "folder" || it.mode !== undefined));
    });
  return entries.filter((it) => isPlain(it.path)).flatMap((it) => gapOf(it, asNobody));
}

const isReadable = (mode: number | undefined): boolean => mode === undefined || (mode & 0o004) !== 0;

function gapOf(entry: Entry, asNobody: boolean): readonly string[] {
  const { path } = entry;
  // What others call so, too, is told by how it begins.
  const named = kindByName(path) !== undefined && !sharesItsName(path);
  switch (entry.kind) {
    case "file":
      return named && asNobody && !entry.bytes && !isReadable(entry.mode) ? [path] : [];
    case "folder":
      return asNobody && !isReadable(entry.mode) ? [path] : [];
    case "sparse":
      return named && entry.size > LARGEST ? [path] : [];
    case "link":
      return LEADS_OUT.has(entry.target) || (named && FILES_OUTSIDE.has(entry.target)) ? [path] : [];
    case "deep":
      return path.split("/").length + entry.depth > DEEPEST
        ? [[path, ...new Array<string>(DEEPEST + 1 - path.split("/").length).fill("d")].join("/")]
        : [];
    default:
      return [];
  }
}
