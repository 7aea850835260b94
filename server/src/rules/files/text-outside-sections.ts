/** Lines of a PEM file that belong to no section. */
import { type Span, span } from "../../base/span.ts";
import type { CertificateFile } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { pemLosses } from "./pem-loss.ts";

export const textOutsideSections: FileRule = {
  id: "text-outside-sections",
  judges: "file",
  summary: "lines outside of the sections of a PEM file are ignored",
  severity: "info",
  since: "0.1.0",
  cwe: [1164],
  sources: [
    { title: "RFC 7468, 2 General considerations", url: "https://www.rfc-editor.org/rfc/rfc7468#section-2" },
    { title: "RFC 7468, 5.2 Explanatory text", url: "https://www.rfc-editor.org/rfc/rfc7468#section-5.2" },
  ],
  rationale: `What stands outside of BEGIN and END is for people: every reader passes over it. Text that looks like neither a comment nor the
output of a tool has often got there by mistake: an error message of the command whose output was redirected, a merge that went
wrong, or half a certificate.

Not reported: lines that begin with \`#\`, the text that \`openssl x509 -text\`, \`openssl pkcs12\`, \`openssl s_client\` and \`curl\`'s
\`mk-ca-bundle\` write, front matter in YAML, and other text than lines of base64 in files whose sections have a fault of their own, which explains it.`,
  examples: [{ bad: "text-behind-the-section", good: "text-of-tools" }],
  judge(file, context) {
    if (file.format !== "pem" || file.problems.some((it) => it.defect !== "commented-out")) return [];
    const faulty = file.sections.some((it) => it.problems.length > 0);
    const ofDigits = ({ start, end }: Span): boolean => isOfDigits(file.text.slice(start, end));
    const lines = strangeLines(file);
    const explained = faulty && lines.length > 0 && pemLosses(file, context).length > 0;
    const strange = lines.filter((it) => !explained || ofDigits(it));
    const [first] = strange;
    if (first === undefined) return [];
    const count = strange.length;
    return [
      {
        span: first,
        message: `${count === 1 ? "line" : `${count} lines`} outside of the PEM sections ${count === 1 ? "is" : "are"} ignored by every reader`,
        help: "remove what was added by mistake, and start comments with `#`",
        // What may be a part of a damaged section, or is one without its boundaries, is nobody's to take out.
        ...(!faulty &&
          !strange.some(ofDigits) && {
            repairs: [
              {
                title: count === 1 ? "Remove line" : `Remove ${count} lines`,
                applicability: "review",
                edits: strange.map((it) => ({ span: withLineEnd(file.text, it), text: "" })),
              },
            ],
          }),
      },
    ];
  },
};

/** A line of base64, of any length, as it is left over where both boundaries of a section are beyond recognition. */
function isOfDigits(line: string): boolean {
  const digits = line.trimEnd();
  return digits.length >= 48 && !/[^A-Za-z0-9+/=]/.test(digits);
}

/** No honest file has more; what is beyond is not looked at. */
const MOST_STRANGE = 200;
const MOST_LINES = 20_000;

function strangeLines({ text, sections }: CertificateFile): readonly Span[] {
  const found: Span[] = [];
  let from = behindFrontMatter(text, sections[0]?.span.start ?? text.length);
  for (const end of [...sections.map((it) => it.span), span(text.length, text.length)]) {
    if (end.start > from) found.push(...strangeIn(text, from, end.start));
    from = Math.max(from, end.end);
    if (found.length >= MOST_STRANGE) break;
  }
  return found.slice(0, MOST_STRANGE);
}

/** What site generators and snapshot tests write in front of a text, as YAML between two lines of dashes. */
function behindFrontMatter(text: string, first: number): number {
  const head = text.slice(0, first);
  const end = /^---\r?\n/.test(head) ? /\n---\r?\n/.exec(head) : null;
  return end === null ? 0 : end.index + end[0].length;
}

function strangeIn(text: string, from: number, to: number): readonly Span[] {
  const found: Span[] = [];
  /** Whether it is a heading, the next line tells. */
  let pending: Span | undefined;
  let dumped = false;
  let seen = 0;
  for (const { 0: line, index } of text.slice(from, to).matchAll(/[^\r\n]+/g)) {
    if (pending !== undefined && !UNDERLINE.test(line)) found.push(pending);
    pending = undefined;
    if (found.length === MOST_STRANGE || seen++ === MOST_LINES) return found;
    dumped ||= DUMP.test(line);
    // No tool writes such a line, and none is a heading. Slashes are digits, too.
    const ofDigits = isOfDigits(line) && !line.startsWith("//");
    if (ofDigits) found.push(span(from + index, from + index + line.length));
    if (dumped || ofDigits) continue;
    const isCut = CUT_BOUNDARY.test(line) && (from + index === 0 || text.slice(from + index + line.length).trim() === "");
    if (isCut || !EXPLAINS.some((it) => it.test(line))) pending = span(from + index, from + index + line.length);
  }
  return pending === undefined ? found : [...found, pending];
}

/** `openssl x509 -text` and its kin: all lines up to the section. */
const DUMP = /^(?:Certificate|Certificate Request|Certificate Revocation List \(CRL\)|(?:RSA )?(?:Private|Public)-Key.*):/;
/** `mk-ca-bundle` underlines the names of roots. */
const UNDERLINE = /^[=-]{3,}\s*$/;
/** What is left of a boundary where a file was cut off or begins, and no underline. */
const CUT_BOUNDARY = /^-{1,5}$/;
const EXPLAINS: readonly RegExp[] = [
  /^\s*(?:[#;]|\/\/)/,
  /^\s*$/,
  UNDERLINE,
  // Directives for linters and for tlslint itself, whatever the comment looks like.
  /\btlslint:/,
  // openssl pkcs12
  /^(?:Bag|Key|CA) Attributes\b|^\s+[\w.-][\w .-]*:\s|^No Attributes|^Microsoft (?:CSP Name|Local Key set)|^MAC(?::| )|^PKCS7 |^(?:Certificate|Shrouded Keybag|Safe Contents bag|Crl bag)\b/,
  // openssl x509 -subject -issuer, openssl s_client -showcerts
  /^(?:subject|issuer|notBefore|notAfter|serial|SHA\d* Fingerprint|sha\d* Fingerprint)\s?[=:/]/i,
  /^\s*\d+ s:|^\s+[iav]:|^Certificate chain|^Server certificate/,
];

function withLineEnd(text: string, { start, end }: Span): Span {
  const behind = /\r\n|[\r\n]/y;
  behind.lastIndex = end;
  return span(start, behind.test(text) ? behind.lastIndex : end);
}
