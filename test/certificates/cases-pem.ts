/** One case for each defect of PEM: what rustls and OpenSSL do with it is in the message. */
import type { Severity } from "../../server/src/rules/rule.ts";
import {
  alternativeNames,
  basicConstraints,
  certificatePem,
  dns,
  pem,
  privateKey,
  purposes,
  revocationList,
  SERVER,
  text,
} from "./build.ts";
import type { Case, Expectation } from "./cases.ts";
import { encryptedKey, loader } from "./cases-usage.ts";
import { loaderCaseBytes } from "./loader-cases.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

const finding = (
  rule: string,
  severity: Severity,
  covers: string,
  rustls: string,
  openssl: string,
  defect: RegExp,
): readonly Expectation[] => [
  { rule, severity, covers, says: new RegExp(`${defect.source}[\\s\\S]*\\nrustls ${rustls}.*, OpenSSL ${openssl}`) },
];
const silent = (severity: Severity, covers: string, rustls: string, openssl: string, defect: RegExp) =>
  finding("silent-pem-loss", severity, covers, rustls, openssl, defect);
const loud = (severity: Severity, covers: string, rustls: string, openssl: string, defect: RegExp) =>
  finding("malformed-certificate", severity, covers, rustls, openssl, defect);

/** From the texts that the loaders were measured with. */
const measured = (name: string, about: string, expect?: readonly Expectation[]): Case => ({
  about,
  make: () => loaderCaseBytes(name),
  ...(expect !== undefined && { expect }),
});

/** The readers are right to pass over it. */
const outside = (covers: string): readonly Expectation[] => [{ rule: "text-outside-sections", severity: "info", covers }];

const one = certificatePem({ extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("service.example"))] });
const list = pem("X509 CRL", revocationList());
const encrypted = pem("ENCRYPTED PRIVATE KEY", encryptedKey);

const commented = (mark: string, section: string): string => section.replaceAll(/^(?=.)/gm, mark);
/** As bytes of UTF-16 look to who reads them one by one. */
const inTwoBytes = (section: string): string => section.replaceAll(/[\s\S]/g, "$&\0");
const LIST_IN_TWO_BYTES = inTwoBytes("-----BEGIN X509 CRL-----").slice(0, -1);

export const pemCases: Readonly<Record<string, Case>> = {
  "pem-plain": measured("plain", "as it should be"),
  "pem-two": measured("two certificates", "two, as they should be"),
  "pem-crlf": measured("crlf line ends", "line ends of Windows disturb nobody"),
  "pem-no-final-line-end": measured("no final line end", "nor does a missing last one"),
  "pem-76-columns": measured("76 columns", "nor lines of another width"),
  "pem-long-line": measured("one long line of base64", "nor one line for all"),
  "pem-text-around": measured("text before and after", "nor explanations", outside("some words")),
  "pem-blanks-within": measured("blanks and tabs within base64", "nor blanks between the digits"),
  "pem-blanks-behind": measured("blanks behind the boundaries", "nor blanks that nobody sees"),
  "pem-blank-line-first": measured("blank line first", "nor a blank line right after BEGIN"),
  "pem-mark-before-text": measured("byte order mark before text", "a mark that stands before something else", outside("\ufeffsome words")),
  "pem-prose": {
    about: "a sentence that mentions a boundary",
    make: () => text(`put -----BEGIN CERTIFICATE----- first\n${one}`),
    expect: outside("put -----BEGIN CERTIFICATE----- first"),
  },

  "pem-commented-out": {
    about: "a certificate that somebody put aside",
    make: () => text(`${commented("# ", one)}${one}`),
    expect: [
      { rule: "silent-pem-loss", severity: "info", covers: BEGIN, says: /`BEGIN CERTIFICATE` is commented out: rustls and OpenSSL do not/ },
    ],
  },
  "pem-all-commented-out": {
    about: "nothing but comments",
    make: () => text(commented("//", one)),
    expect: [{ rule: "silent-pem-loss", severity: "error", covers: BEGIN, says: /is commented out/ }],
  },
  "pem-utf-16-unknown": {
    about: "a section in UTF-16 whose label nobody recognises",
    make: () => text(inTwoBytes("-----BEGIN RIVATE K!Y-----\nMIGHAgEA\n")),
    expect: [{ rule: "silent-pem-loss", severity: "error", covers: "-----BEGIN RIVATE K", says: /the file is UTF-16/ }],
  },
  "pem-utf-16-appended": {
    about: "a second certificate that PowerShell appended",
    make: () => text(`${one}${inTwoBytes(list)}`),
    expect: [
      {
        rule: "silent-pem-loss",
        severity: "error",
        covers: LIST_IN_TWO_BYTES,
        says: /UTF-16 in this part: rustls and OpenSSL skip it silently/,
      },
    ],
  },
  "pem-utf-16-first": {
    about: "a certificate behind one that PowerShell wrote",
    make: () => text(`${inTwoBytes(list)}\n${one}`),
    expect: [{ rule: "silent-pem-loss", severity: "error", covers: LIST_IN_TWO_BYTES, says: /UTF-16 in this part/ }],
  },
  "pem-chain-label": {
    about: "a label that names more than a certificate, and damaged digits",
    make: () => text(one.replaceAll("CERTIFICATE", "CERTIFICATE CHAIN").replace("M", "*")),
    expect: [
      {
        rule: "silent-pem-loss",
        severity: "error",
        covers: "-----BEGIN CERTIFICATE CHAIN-----",
        says: /no reader knows the label `CERTIFICATE CHAIN`/,
      },
    ],
  },
  "pem-digits-in-a-dump": {
    about: "a section without boundaries behind what `openssl x509 -text` writes",
    make: () => text(`Certificate:\n    Data:\n        Version: 3 (0x2)\n${list.replaceAll(/-.*\n/g, "")}${one}`),
    expect: outside(list.split("\n")[1] ?? ""),
  },
  "pem-rest-of-a-boundary": {
    about: "what is left of a boundary, behind the last section",
    make: () => text(`${one}-----\n`),
    expect: outside("-----"),
  },
  "pem-escaped-for-a-url": {
    about: "a section that was escaped for a URL, behind one with odd line ends that both load",
    make: () => text(`${one.replaceAll("\n", "\r\r\n")}${encodeURIComponent(list)}`),
    expect: outside(encodeURIComponent(list)),
  },
  "pem-digits-as-a-heading": {
    about: "a section that was encoded once more, above an underline",
    make: () => text(`${one}${btoa(list)}\n---\nServer certificate\n`),
    expect: outside(btoa(list)),
  },
  "pem-byte-order-mark": measured(
    "byte order mark",
    "saved by an editor of Windows",
    silent("warning", `\ufeff${BEGIN}`, "skips", "loads", /byte order mark/),
  ),
  "pem-utf-16": measured("utf-16 with mark", "written by PowerShell", silent("error", BEGIN, "skips", "does not see", /UTF-16/)),
  "pem-indented-begin": measured("indented BEGIN", "blanks before BEGIN", silent("error", BEGIN, "skips", "does not see", /spaces before/)),
  "pem-indented": measured("whole section indented", "cut from YAML", silent("error", BEGIN, "skips", "does not see", /spaces before/)),
  "pem-indented-end": measured("indented END", "blanks before END", loud("error", END, "rejects", "rejects", /spaces before `END/)),
  "pem-trusted-label": measured(
    "trusted certificate label",
    "written by `openssl x509 -trustout`",
    silent("warning", "-----BEGIN TRUSTED CERTIFICATE-----", "skips", "loads", /TRUSTED CERTIFICATE/),
  ),
  "pem-x509-label": measured(
    "x509 certificate label",
    "an old label",
    silent("warning", "-----BEGIN X509 CERTIFICATE-----", "skips", "loads", /X509 CERTIFICATE/),
  ),
  "pem-lower-case": measured(
    "lower-case boundaries",
    "boundaries in lower case",
    silent("error", BEGIN.toLowerCase(), "skips", "does not see", /in lower case/),
  ),
  "pem-glued": measured(
    "glued boundaries",
    "`cat` of files without a last line end",
    silent("error", BEGIN, "skips", "rejects", /on the same line as the previous boundary/),
  ),
  "pem-text-behind-end": measured(
    "text behind END",
    "a comment behind END",
    loud("warning", `${END}# the end`, "loads", "rejects", /text after `END/),
  ),
  "pem-base64-behind-begin": measured("base64 behind BEGIN", "a line end is missing", [
    { rule: "malformed-certificate", severity: "error", covers: `${BEGIN}${firstDigits()}`, says: /IllegalSectionStart/ },
  ]),
  "pem-base64-before-end": measured(
    "base64 before END",
    "a line end is missing",
    loud("error", END, "rejects", "rejects", /text before `END/),
  ),
  "pem-cr-only": measured(
    "cr-only line ends",
    "line ends of old Macs",
    silent("warning", BEGIN, "loads", "does not see", /carriage return/),
  ),
  "pem-blank-line": measured("blank line within", "a blank line", loud("warning", "\n", "loads", "rejects", /blank line/)),
  "pem-blank-line-last": measured("blank line last", "a blank line before END", loud("warning", "\n", "loads", "rejects", /blank line/)),
  "pem-no-padding": measured("missing padding", "`=` was lost", loud("warning", lastDigit(), "loads", "rejects", /padding/)),
  "pem-padding-within": measured("padding within", "two texts in one section", [
    { rule: "malformed-certificate", severity: "error", covers: paddingWithin(), says: /padding/ },
  ]),
  "pem-missing-end": measured("missing END", "cut off", loud("error", BEGIN, "rejects", "rejects", /has no `END`/)),
  "pem-missing-end-then-another": measured(
    "missing END, then another",
    "END was lost between two",
    loud("error", BEGIN, "rejects the certificate together", "loads", /and the next section is lost/),
  ),
  "pem-run-together": measured(
    "missing END without padding, then another",
    "the same, and the base64 texts happen to fit together",
    silent("error", BEGIN, "merges the certificate with the next section", "loads", /has no `END`/),
  ),
  "pem-other-end": measured(
    "END with another label",
    "BEGIN and END differ",
    loud("error", "-----END X509 CRL-----", "rejects", "rejects", /is closed by/),
  ),
  "pem-missing-begin": measured("END without BEGIN", "BEGIN was lost", [
    {
      rule: "silent-pem-loss",
      severity: "error",
      covers: END,
      says: /`END CERTIFICATE` has no `BEGIN` before it: rustls and OpenSSL skip the text before it silently/,
    },
  ]),
  "pem-strange-character": measured("strange character", "a typing error", loud("error", "!", "rejects", "rejects", /character U\+0021/)),
  "pem-quotes": measured("quote and comma", "cut from source code", loud("error", '"', "rejects", "rejects", /U\+0022 \(first of \d+\)/)),
  "pem-headers": measured("header lines", "RFC 1421 headers", loud("error", "Foo: bar", "rejects", "rejects", /header lines/)),
  "pem-one-line": measured("all on one line", "without any line end", loud("error", BEGIN, "rejects", "does not see", /on one line/)),
  "pem-one-line-with-blanks": measured(
    "all on one line with blanks",
    "line ends became blanks",
    loud("error", BEGIN, "rejects", "does not see", /on one line/),
  ),
  "pem-escaped": measured(
    "escaped line ends",
    "from JSON or an environment variable",
    loud("error", "\\n", "rejects", "does not see", /JSON/),
  ),
  "pem-four-dashes": measured("four dashes", "one was not copied", silent("error", BEGIN.slice(1), "skips", "does not see", /4 dashes/)),
  "pem-four-dashes-behind": measured(
    "four dashes behind",
    "nor at the end of the line",
    loud("error", BEGIN.slice(0, -1), "rejects", "does not see", /ends with 4 dashes/),
  ),
  "pem-six-dashes": measured("six dashes", "one too many", silent("error", `-${BEGIN}`, "skips", "does not see", /6 dashes/)),
  "pem-en-dashes": measured(
    "en dashes",
    "through a word processor",
    silent("error", BEGIN.replaceAll("-", "\u2013"), "skips", "does not see", /typographic/),
  ),
  "pem-no-break-space": measured(
    "no-break space",
    "from a web page",
    silent("error", BEGIN.replace(" ", "\u00a0"), "skips", "does not see", /no-break/),
  ),
  "pem-tab-behind": measured(
    "tab behind BEGIN",
    "a tab that nobody sees",
    loud("warning", `${BEGIN}\t`, "rejects", "loads", /text after `BEGIN/),
  ),
  "pem-no-break-space-behind": measured(
    "no-break space behind BEGIN",
    "a no-break space that nobody sees",
    loud("warning", `${BEGIN}\u00a0`, "rejects", "loads", /text after `BEGIN/),
  ),
  "pem-two-blanks": measured(
    "two blanks in BEGIN",
    "a blank too many",
    loud("error", BEGIN.replace(" ", "  "), "rejects", "rejects", /extra spaces/),
  ),
  "pem-label-broken": {
    about: "a carriage return in a label, which another kind of section closes",
    make: () => text(pem("PRIVATE KEY", privateKey()).replace("PRIVATE KEY", "TRUST\rED CERTIFICATE").replace("PRIVATE KEY", "PKCS7")),
    expect: loud("error", "-----BEGIN TRUST\rED CERTIFICATE-----", "rejects", "rejects", /broken by a carriage return/),
  },
  "pem-label-with-an-escape": {
    about: "an escaped line end in a label, which is no part of the contents",
    make: () => text(pem("PRIVATE KEY", privateKey()).replaceAll("PRIVATE KEY", "PKCS7").replace("PKCS7", "PKC\\n7")),
    expect: loud("error", "-----BEGIN PKC", "rejects", "rejects", /has no dashes at its end/),
  },
  "pem-encrypted-key-mislabelled": {
    about: "an encrypted key under a label that is none",
    make: () =>
      text(pem("PRIVATE KEY", privateKey()).replace(/KEY-----\n/, "KEYX----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,01234567\n\n")),
    expect: loud("error", "-----BEGIN PRIVATE KEYX----", "rejects", "does not see", /ends with 4 dashes/),
  },
  "pem-line-of-digits": {
    about: "a section without boundaries, in one line, beside one with a defect",
    make: () => text(`${one.split("\n").slice(1, -2).join("")}\r\r\n${one.replaceAll("\n", "\r\r\n")}`),
    expect: outside(one.split("\n").slice(1, -2).join("")),
  },
  "pem-cut-in-a-boundary": {
    about: "cut off within the dashes of the next boundary",
    make: () => text(`${one}-----`),
    expect: outside("-----"),
  },
  "pem-empty-section": measured(
    "empty section",
    "nothing between the boundaries",
    loud("warning", BEGIN, "loads", "rejects", /section is empty/),
  ),
  "pem-broken-then-whole": measured("broken, then whole", "one fault, though OpenSSL then reads nothing", [
    {
      rule: "malformed-certificate",
      severity: "error",
      covers: "!",
      says: /invalid base64 character U\+0021, and the next section is lost: rustls and OpenSSL do not load it/,
    },
  ]),

  "pem-mark-for-openssl": {
    about: "a mark in a file that only OpenSSL reads",
    make: () => text(`\ufeff${one}`),
    usedAs: [loader("unknown", "openssl")],
    expect: [{ rule: "silent-pem-loss", severity: "info", covers: `\ufeff${BEGIN}` }],
  },
  "pem-mark-for-rustls": {
    about: "a mark in a file that rustls reads",
    make: () => text(`\ufeff${one}`),
    usedAs: [loader("unknown")],
    expect: [{ rule: "silent-pem-loss", severity: "error", covers: `\ufeff${BEGIN}` }],
  },
  "pem-list-with-mark": {
    about: "a revocation list that rustls does not see",
    make: () => text(`\ufeff${list}`),
    expect: silent("warning", "\ufeff-----BEGIN X509 CRL-----", "skips the CRL", "loads", /byte order mark/),
  },
  "encrypted-key-alone": { about: "an encrypted key is no fault", make: () => text(encrypted), path: "server.key" },
  "encrypted-key-for-rustls": {
    about: "an encrypted key that rustls is to read",
    make: () => text(encrypted),
    usedAs: [loader("own-key", "rustls", "private-key")],
    expect: silent("error", "-----BEGIN ENCRYPTED PRIVATE KEY-----", "skips the private key", "loads", /is encrypted/),
  },
};

function textOf(name: string): string {
  return new TextDecoder().decode(loaderCaseBytes(name));
}
/** The finding names the first forty characters of what follows. */
function firstDigits(): string {
  return (
    textOf("base64 behind BEGIN")
      .split("\n")[0]
      ?.slice(BEGIN.length, BEGIN.length + 41) ?? ""
  );
}
function lastDigit(): string {
  return textOf("missing padding").split("\n")[1]?.slice(-1) ?? "";
}
function paddingWithin(): string {
  return /==\n./.exec(textOf("padding within"))?.[0] ?? "";
}
