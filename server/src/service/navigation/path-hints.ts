/** What stands beside a path in code or settings: when the file that it names ends, and how much is wrong with it. */
import { type Span, span } from "../../base/span.ts";
import { type CertificateFile, describe, readCertificateFile, type Section } from "../../pki/index.ts";
import { bytesOf } from "../../project/index.ts";
import type { Finding } from "../api.ts";
import { caption, knownName, validityInShort, validityText } from "../certificates/captions.ts";
import { withoutWholeKeys } from "../redaction.ts";
import type { HintWish, PathHint, PathLink } from "./api.ts";
import { type LinkInput, pathLinks } from "./path-links.ts";

/** A tooltip has no room for more objects, or more messages. */
const MOST_LINES = 4;

/** `within`: what somebody sees of the text; files that are named elsewhere in it are not read. `lint`: of a certificate file. */
export async function pathHints(
  input: LinkInput,
  wish: HintWish,
  within: Span,
  lint: (file: string) => Promise<readonly Finding[]>,
): Promise<readonly PathHint[]> {
  const hints: PathHint[] = [];
  for (const link of await pathLinks(input, within)) {
    // What a view marks as a problem.
    const problems = (await lint(link.target)).filter(({ severity }) => severity !== "hint");
    if (problems.length > 0 || wish === "always") hints.push(...(await hintFor(link, problems, input)));
  }
  return hints;
}

async function hintFor(link: PathLink, problems: readonly Finding[], { workspace, text }: LinkInput): Promise<readonly PathHint[]> {
  const bytes = bytesOf(await workspace.files.read(link.target));
  if (bytes === undefined) return [];
  const file = readCertificateFile(bytes);
  const now = workspace.host.now();
  const first = firstToEnd(file);
  const ends = first === undefined ? "" : validityInShort(describe(file, first, now));
  const counted = problems.length === 0 ? "" : `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  // Editors show some forty characters.
  const label = [ends, counted].filter((it) => it !== "").join(" · ");
  if (label === "") return [];
  const tooltip = [...cut(problems, (it) => `${it.severity}: ${it.message}`), ...cut(file.sections, (it) => lineOf(file, it, now))];
  return [{ ...link, span: withQuotes(text, link.span), label, tooltip: withoutWholeKeys(tooltip.join("\n")) }];
}

/** Of what is in it, that which ends before all else. */
function firstToEnd({ sections }: CertificateFile): Section | undefined {
  let [first, soonest]: [Section | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const section of sections) {
    const end = endOf(section) ?? Number.POSITIVE_INFINITY;
    if (end < soonest) [first, soonest] = [section, end];
  }
  return first;
}

function endOf({ parsed }: Section): number | undefined {
  if (parsed?.kind === "certificate") return parsed.notAfter.milliseconds;
  return parsed?.kind === "revocation-list" ? parsed.nextUpdate?.milliseconds : undefined;
}

function lineOf(file: CertificateFile, section: Section, now: number): string {
  const description = describe(file, section, now);
  return [caption(description, knownName(section.parsed)), validityText(description)].filter((it) => it !== "").join(" · ");
}

function cut<T>(all: readonly T[], line: (it: T) => string): readonly string[] {
  const more = all.length - MOST_LINES;
  return [...all.slice(0, MOST_LINES).map(line), ...(more > 0 ? [`… and ${more} more`] : [])];
}

const DELIMITERS = "\"'`#";

/** Of what stands between quotes: with them, as of `r#"…"#`, whose end mirrors its beginning. */
function withQuotes(text: string, { start, end }: Span): Span {
  let count = 0;
  while (end + count < text.length && DELIMITERS.includes(text.charAt(end + count)) && text[end + count] === text[start - count - 1])
    count++;
  return span(start - count, end + count);
}
