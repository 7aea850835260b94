/** Paths in code and settings, and the certificate files that they name. */
import { covers, type Span } from "../../base/span.ts";
import { tomlTokens } from "../../cargo/index.ts";
import { bytesOf, type FileKind, holdsCertificates, kindByName, looksLikePath } from "../../project/index.ts";
import { rustParser } from "../../rust/index.ts";
import { readEnvironment } from "../../settings/index.ts";
import type { Workspace } from "../workspace.ts";
import type { PathLink } from "./api.ts";

interface WrittenText {
  readonly value: string;
  readonly span: Span;
}

export interface LinkInput {
  readonly workspace: Workspace;
  readonly file: string;
  readonly kind: FileKind;
  readonly text: string;
  resolve(path: string, from: string): Promise<string | undefined>;
}

/** `within`: a part of the text. */
export async function pathLinks(input: LinkInput, within?: Span): Promise<readonly PathLink[]> {
  const found: PathLink[] = [];
  for (const it of textsIn(input)) if (within === undefined || covers(within, it.span)) found.push(...(await linkOf(it, input)));
  return found;
}

export async function linkAt(input: LinkInput, offset: number): Promise<PathLink | undefined> {
  const written = textsIn(input).find(({ span }) => span.start <= offset && offset <= span.end);
  const [link] = written === undefined ? [] : await linkOf(written, input);
  return link;
}

async function linkOf({ value, span }: WrittenText, { workspace, file, resolve }: LinkInput): Promise<readonly PathLink[]> {
  if (!looksLikePath(value)) return [];
  const target = await resolve(value, file);
  return target !== undefined && (await isCertificateFile(workspace, target)) ? [{ span, target }] : [];
}

/** What is named like one need not be read. */
async function isCertificateFile({ files }: Workspace, path: string): Promise<boolean> {
  if (kindByName(path) === "certificates") return true;
  const bytes = bytesOf(await files.read(path));
  return bytes !== undefined && holdsCertificates(bytes);
}

function textsIn({ workspace, file, kind, text }: LinkInput): readonly WrittenText[] {
  switch (kind) {
    case "rust": {
      const [parsed] = workspace.sources.parsed([{ path: file, text }], rustParser);
      return parsed?.ok ? [...parsed.value.strings()] : [];
    }
    case "environment":
      return readEnvironment(text).variables.map(({ value, valueSpan }) => ({ value, span: valueSpan }));
    case "configuration":
    case "manifest":
    case "settings":
      return tomlTokens(text).strings.map(({ text: value, span }) => ({ value, span }));
    default:
      return [];
  }
}
