/** What `openssl x509|crl|req -text` prints, taken apart, and the same said by values of ours: for a comparison of all of it. */

/** One object as OpenSSL shows it. `extensions` in order: `X509v3 Key Usage: critical` and the lines below it, joined. */
export interface Shown {
  readonly fields: Readonly<Record<string, string>>;
  readonly extensions: readonly string[];
  readonly entries: readonly string[];
}

const joined = (lines: readonly string[]): string =>
  lines
    .map((it) => it.trim())
    .join(" ")
    .trim();
/** Lines of digits; parameters may stand before them. */
const digits = (lines: readonly string[]): string =>
  lines
    .filter((it) => /^[\s0-9a-f:]*$/.test(it))
    .join("")
    .replace(/[\s:]/g, "");
const indent = (line: string): number => line.length - line.trimStart().length;

/** The lines behind the one at an index that are indented deeper. */
function below(lines: readonly string[], at: number): readonly string[] {
  const found: string[] = [];
  const depth = indent(lines[at] ?? "");
  for (let next = at + 1; next < lines.length && (indent(lines[next] ?? "") > depth || lines[next] === ""); next++)
    found.push(lines[next] ?? "");
  return found;
}

/** `Name: critical` with what is below it, one after the other. */
function extensionsIn(lines: readonly string[]): readonly string[] {
  const depth = Math.min(...lines.filter((it) => it.trim() !== "").map(indent));
  return lines.flatMap((line, at) => {
    if (indent(line) !== depth || line.trim() === "") return [];
    return [
      `${line
        .trim()
        .replace(/:\s*$/, "")
        .replace(/:\s*critical$/, " (critical)")} | ${joined(below(lines, at))}`.trim(),
    ];
  });
}

const FIELDS: readonly (readonly [string, RegExp])[] = [
  ["version", /^\s*Version:? (\d+)/],
  ["issuer", /^\s*Issuer: ?(.*)$/],
  ["subject", /^\s*Subject: ?(.*)$/],
  ["notBefore", /^\s*Not Before: (.*)$/],
  ["notAfter", /^\s*Not After : (.*)$/],
  ["thisUpdate", /^\s*Last Update: (.*)$/],
  ["nextUpdate", /^\s*Next Update: (.*)$/],
  ["bits", /^\s*(?:RSA )?Public-Key: \((\d+) bit/],
  ["exponent", /^\s*Exponent: (\d+)/],
  ["algorithm", /^\s{0,8}Signature Algorithm: (.*)$/],
  ["salt", /^\s*Salt Length: 0x([0-9A-F]+)/],
  ["serial", /^serial=(.*)$/],
  ["sha1", /^(?:SHA1|sha1) Fingerprint=(.*)$/],
];
const DATES: ReadonlySet<string> = new Set(["notBefore", "notAfter", "thisUpdate", "nextUpdate"]);

export function shownBy(text: string): Shown {
  const lines = text.split("\n");
  const fields: Record<string, string> = {};
  for (const line of lines)
    for (const [name, pattern] of FIELDS) {
      const value = pattern.exec(line)?.[1];
      if (value !== undefined) fields[name] ??= DATES.has(name) ? dateOf(value) : value.trim();
    }
  const blockOf = (pattern: RegExp): readonly string[] => {
    const at = lines.findIndex((it) => pattern.test(it));
    return at < 0 ? [] : below(lines, at);
  };
  const modulus = digits(blockOf(/^\s*Modulus:$/)).replace(/^00/, "");
  const point = digits(blockOf(/^\s*pub:$/));
  if (modulus !== "") fields["modulus"] = modulus;
  if (point !== "") fields["point"] = point;
  fields["signature"] = digits(blockOf(/^\s{4}Signature Value:\s*$/));
  const revoked = lines.findIndex((it) => /^Revoked Certificates:/.test(it));
  const entries = revoked < 0 ? [] : below(lines, revoked);
  return {
    fields,
    extensions: extensionsIn(blockOf(/^\s*(?:X509v3 extensions|CRL extensions|Requested Extensions):$/)),
    entries: entries.flatMap((line, at) =>
      /^\s*Serial Number:/.test(line) ? [entryOf(line, entries[at + 1] ?? "", below(entries, at))] : [],
    ),
  };
}

/** "Jan  2 00:00:00 2026 GMT". */
const dateOf = (value: string): string => (Number.isNaN(Date.parse(value)) ? value : `${new Date(value).toISOString().slice(0, -5)}Z`);

function entryOf(serial: string, date: string, lines: readonly string[]): string {
  const number = serial.replace(/.*: */, "").toLowerCase();
  const extensions = lines.slice(lines.findIndex((it) => /entry extensions/.test(it)) + 1);
  const others = lines.some((it) => /entry extensions/.test(it)) ? extensionsIn(extensions) : [];
  return [number, dateOf(date.replace(/.*Date: */, "")), ...others].join("; ");
}
