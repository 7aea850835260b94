/**
 * PEM files as other programs leave them on their way: mail, chats, shells, templates, logs, editors and other languages. A second generator
 * beside `mutations.ts`, which knows none of these.
 */
import { pem } from "../../certificates/build.ts";
import { Dice } from "../../fuzz/dice.ts";
import { type Mutated, SHAPES } from "./mutations.ts";

type Way = (text: string, dice: Dice) => string;
/** Each line but what follows the last line end. */
const lines = (text: string, change: (line: string, at: number) => string): string =>
  text
    .split("\n")
    .map((it, at, all) => (at === all.length - 1 && it === "" ? it : change(it, at)))
    .join("\n");
const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");

const WAYS: Readonly<Record<string, Way>> = {
  "json string": (t) => JSON.stringify(t),
  "json object": (t) => `{"cert": ${JSON.stringify(t)}}\n`,
  "json escaped twice": (t) => JSON.stringify(JSON.stringify(t)),
  "json crlf": (t) => JSON.stringify(t.replaceAll("\n", "\\r\\n").replaceAll("\\r\\n", "\r\n")),
  "json array of lines": (t) => JSON.stringify(t.split("\n"), undefined, 2),
  "yaml literal": (t, d) => `tls.crt: |\n${lines(t, (it) => `${" ".repeat(d.one([1, 2, 4, 8]))}${it}`)}`,
  "yaml folded": (t) => `tls.crt: >\n  ${t.replaceAll("\n", " ")}\n`,
  "yaml double quoted": (t) => `cert: "${t.replaceAll("\n", "\\n")}"\n`,
  env: (t) => `CERT=${t.replaceAll("\n", "\\n")}\n`,
  "env quoted": (t) => `export CERT="${t}"\n`,
  "env single quoted": (t) => `CERT='${t}'\n`,
  "shell echo": (t) => t.replaceAll("\n", " "),
  "shell echo lost": (t) => t.replaceAll("\n", ""),
  "heredoc tabs": (t) => lines(t, (it) => `\t${it}`),
  "heredoc whole": (t) => `cat <<EOF\n${t}EOF\n`,
  "quoted printable": (t) => lines(t.replaceAll("=", "=3D"), (it) => (it.length > 60 ? `${it.slice(0, 60)}=\n${it.slice(60)}` : it)),
  "quoted printable cr": (t) => t.replaceAll("=", "=3D").replaceAll("\n", "=0D=0A\n"),
  "html entities": (t) => t.replaceAll("+", "&#43;").replaceAll("=", "&#61;").replaceAll("/", "&#x2F;"),
  "html breaks": (t) => t.replaceAll("\n", "<br>\n"),
  "html br only": (t) => t.replaceAll("\n", "<br/>"),
  "html pre": (t) => `<pre>${t}</pre>\n`,
  "html entity lines": (t) => t.replaceAll("\n", "&#10;"),
  "xml crlf": (t) => t.replaceAll("\n", "&#13;\n"),
  "url encoded": (t) => encodeURIComponent(t),
  "url encoded plus": (t) => encodeURIComponent(t).replaceAll("%20", "+"),
  "url decoded plus": (t) => t.replaceAll("+", " "),
  base64url: (t) => t.replaceAll(/^[A-Za-z0-9+/=]{20,}$/gm, (it) => it.replaceAll("+", "-").replaceAll("/", "_")),
  "base64 again": (t) => `${base64(t)}\n`,
  "base64 again wrapped": (t) => base64(t).replaceAll(/.{76}/g, "$&\n"),
  "mail quoted": (t) => lines(t, (it) => `> ${it}`),
  "mail quoted twice": (t) => lines(t, (it) => `>> ${it}`),
  "mail sig dashes": (t) => t.replaceAll(/^-/gm, "- -"),
  "markdown fence": (t) => `\`\`\`pem\n${t}\`\`\`\n`,
  "markdown inline": (t) => lines(t, (it) => `\`${it}\``),
  "markdown bullets": (t) => lines(t, (it) => `* ${it}`),
  "word dashes": (t) => t.replaceAll("-----", "—–—"),
  "en dashes": (t) => t.replaceAll("--", "–"),
  "em dashes": (t) => t.replaceAll("--", "—"),
  minus: (t) => t.replaceAll("-", "\u2212"),
  "non-breaking hyphen": (t) => t.replaceAll("-", "\u2011"),
  "soft hyphens": (t, d) => lines(t, (it) => (it.length > 40 ? `${it.slice(0, d.below(40))}\u00ad${it.slice(d.below(1) + 40)}` : it)),
  fullwidth: (t) => t.replaceAll("-", "\uff0d"),
  nbsp: (t) => t.replaceAll(" ", "\u00a0"),
  "zero width begin": (t) => `\u200b${t}`,
  "zero width each line": (t) => lines(t, (it) => `${it}\u200b`),
  "line separators": (t) => t.replaceAll("\n", "\u2028"),
  "next line": (t) => t.replaceAll("\n", "\u0085"),
  "form feed": (t) => t.replaceAll(/(-----END[^\n]*\n)/g, "$1\f"),
  "form feed pages": (t) => t.replaceAll(/(-----END[^\n]*\n)/g, "\f$1"),
  "diff added": (t) => lines(t, (it) => `+${it}`),
  "diff removed": (t) => lines(t, (it) => `-${it}`),
  "diff context": (t) => lines(t, (it) => ` ${it}`),
  "git conflict": (t) => t.replace(/\n([^\n]+)\n([^\n]+)\n/, "\n<<<<<<< HEAD\n$1\n=======\n$2\n>>>>>>> other\n"),
  "git conflict whole": (t) => `<<<<<<< HEAD\n${t}=======\n${t}>>>>>>> other\n`,
  "line numbers": (t) => lines(t, (it, at) => `${String(at + 1).padStart(6)}\t${it}`),
  "grep -n": (t) => lines(t, (it, at) => `${at + 1}:${it}`),
  "log timestamps": (t) => lines(t, (it) => `2026-11-30T06:00:00Z ${it}`),
  "log prefix": (t) => lines(t, (it) => `[INFO] ${it}`),
  syslog: (t) => lines(t, (it) => `Nov 30 06:00:00 host app[12]: ${it}`),
  "docker compose": (t) => lines(t, (it) => `app_1  | ${it}`),
  hexdump: (t) => Buffer.from(t).toString("hex"),
  "terminal wrap": (t, d) => {
    const w = d.one([40, 50, 60, 63, 72, 80]);
    return lines(t, (it) => it.replaceAll(new RegExp(`.{${w}}`, "g"), "$&\n"));
  },
  "terminal wrap indent": (t) => lines(t, (it) => (it.length > 50 ? `${it.slice(0, 50)}\n  ${it.slice(50)}` : it)),
  "ansi colour": (t) => lines(t, (it) => `\u001b[32m${it}\u001b[0m`),
  "ansi paste": (t) => `\u001b[200~${t}\u001b[201~`,
  "control M": (t) => t.replaceAll("\n", "^M\n"),
  "cr cr lf": (t) => t.replaceAll("\n", "\r\r\n"),
  "lf cr": (t) => t.replaceAll("\n", "\n\r"),
  crlf: (t) => t.replaceAll("\n", "\r\n"),
  cr: (t) => t.replaceAll("\n", "\r"),
  mixed: (t, d) => t.replaceAll("\n", () => d.one(["\n", "\r\n", "\r"])),
  "trailing blanks": (t, d) => lines(t, (it) => `${it}${" ".repeat(d.below(4))}`),
  "trailing tabs": (t) => lines(t, (it) => `${it}\t`),
  "trailing commas": (t) => lines(t, (it) => `${it},`),
  "trailing semicolon": (t) => `${t.trimEnd()};\n`,
  "trailing backslash": (t) => lines(t, (it) => `${it}\\`),
  "c string": (t) => lines(t, (it) => `"${it}\\n"`),
  "c string plus": (t) => lines(t, (it) => `"${it}\\n" +`),
  "rust raw": (t) => `const CERT: &str = r#"${t}"#;\n`,
  "js template": (t) => `const cert = \`${t}\`;\n`,
  "python triple": (t) => `CERT = """\\\n${t}"""\n`,
  "lower case": (t) => t.replaceAll(/-----[^-]+-----/g, (it) => it.toLowerCase()),
  "title case": (t) => t.replaceAll("BEGIN", "Begin").replaceAll("END", "End"),
  "begin typo": (t, d) => t.replace("BEGIN", d.one(["BEGN", "BEGINN", "BGIN", "START", "BEGIN:", "BEGIN  "])),
  "end typo": (t, d) => t.replace("END", d.one(["EN", "ENDE", "STOP", "END:", "END  ", "EMD"])),
  "label typo": (t, d) =>
    t.replace(
      "CERTIFICATE",
      d.one([
        "CERTIFCATE",
        "CERTIFICAT",
        "CERTFICATE",
        "CERTIFICATE REQUEST",
        "NEW CERTIFICATE",
        "CERTIFICATE CHAIN",
        "CERTIFICATE-",
        "ZERTIFIKAT",
      ]),
    ),
  "both label typos": (t, d) => {
    const l = d.one(["CERTIFCATE", "CERT", "CERTIFICATE CHAIN", "ZERTIFIKAT", "CA CERTIFICATE", "SSL CERTIFICATE"]);
    return t.replaceAll("CERTIFICATE", l);
  },
  "one label": (t) => t.replace(/BEGIN ([A-Z0-9 ]+)-----/, "BEGIN-----"),
  "no boundaries": (t) => t.replaceAll(/-----[^\n]+\n/g, ""),
  "no begin": (t) => t.replace(/-----BEGIN[^\n]+\n/, ""),
  "no end": (t) => t.replace(/-----END[^\n]+\n/, ""),
  "no last end": (t) => t.replace(/-----END[^\n]+\n$/, ""),
  half: (t, d) => t.slice(0, d.below(t.length)),
  "second half": (t, d) => t.slice(d.below(t.length)),
  placeholder: (t) => t.replace(/(-----BEGIN[^\n]+\n)[^-]+/, "$1...\n"),
  "placeholder middle": (t) => t.replace(/\n[^\n-]+\n[^\n-]+\n/, "\n[...]\n"),
  ellipsis: (t) => t.replace(/\n[^\n-]+\n/, "\n…\n"),
  template: (t) => t.replace(/(-----BEGIN[^\n]+\n)[^-]+/, "$1{{ .Values.cert }}\n"),
  redacted: (t) => t.replace(/(-----BEGIN[^\n]+\n)[^-]+/, "$1REDACTED\n"),
  stars: (t) => t.replace(/\n[^\n-]{10,}/, (it) => `\n${"*".repeat(it.length - 1)}`),
  "comment inside": (t) => t.replace(/(-----BEGIN[^\n]+\n)/, "$1# production\n"),
  "comment at end of line": (t) => t.replace(/\n([A-Za-z0-9+/=]+)\n/, "\n$1 # production\n"),
  "xml element": (t) => `<X509Certificate>${t.replaceAll(/-----[^\n]+\n/g, "")}</X509Certificate>`,
  "xml wraps": (t) => `<cert>${t}</cert>`,
  "openvpn inline": (t) => `<ca>\n${t}</ca>\n`,
  csv: (t) => `name,cert\nweb,"${t}"\n`,
  ini: (t) => `[tls]\ncert = ${t}`,
  toml: (t) => `cert = """\n${t}"""\n`,
  properties: (t) => `cert=${lines(t, (it) => `${it}\\n\\`)}\n`,
  terraform: (t) => `cert = <<-EOT\n${lines(t, (it) => `    ${it}`)}EOT\n`,
  powershell: (t) => `$cert = @"\r\n${t.replaceAll("\n", "\r\n")}"@\r\n`,
  "spaced out": (t) => t.replaceAll(/(-----)/g, "- - - - -"),
  six: (t) => t.replaceAll("-----", "------"),
  four: (t) => t.replaceAll("-----", "----"),
  equals: (t) => t.replaceAll("-----", "====="),
  "tabs in base64": (t) => t.replaceAll(/^([A-Za-z0-9+/=]{30})/gm, "$1\t"),
  "spaces in base64": (t) => t.replaceAll(/^([A-Za-z0-9+/=]{4,60})$/gm, (it) => it.replaceAll(/.{4}/g, "$& ")),
  "blank lines": (t) => t.replaceAll("\n", "\n\n"),
  uniq: (t) => [...new Set(t.split("\n"))].join("\n"),
  nul: (t) => `${t}\0`,
  "nul each line": (t) => t.replaceAll("\n", "\0\n"),
  wide: (t) => [...t].join("\0"),
  "bom inside": (t) => t.replaceAll(/-----BEGIN/g, "\ufeff-----BEGIN"),
  "bom between": (t) => t.replaceAll(/(-----END[^\n]+\n)/g, "$1\ufeff"),
  "bom mojibake": (t) => `ï»¿${t}`,
  "bag attributes": (t) => t.replaceAll(/(?=-----BEGIN)/g, "Bag Attributes\n    localKeyID: 01\nsubject=CN = x\nissuer=CN = y\n"),
  s_client: (t) => `CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = a\n   i:CN = b\n${t}---\nServer certificate\n`,
  "text output": (t) => `Certificate:\n    Data:\n        Version: 3 (0x2)\n${t}`,
  rfc1421: (t) => t.replace(/(-----BEGIN[^\n]+\n)/, "$1Version: GnuPG v2\n\n"),
  "checksum line": (t) => t.replace(/\n(?=-----END)/, "\n=aB3d\n"),
  ssh2: (t) => t.replaceAll("-----", "---- ").replaceAll("CERTIFICATE---- ", "CERTIFICATE ----"),
  cyrillic: (t) => t.replace("CERTIFICATE", "СERTIFICATE"),
  "latin1 bytes": (t) => t.replace(/\n/, " \u00e4\n"),
  "python bytes": (t) => `b'${t.replaceAll("\n", "\\n")}'\n`,
  "python list": (t) => `['${t.split("\n").join("', '")}']\n`,
  "percent lines": (t) => t.replaceAll("\n", "%0A"),
  "percent crlf": (t) => t.replaceAll("\n", "%0D%0A"),
  "unicode escapes": (t) => t.replaceAll("\n", "\\u000a"),
  "hex escapes": (t) => t.replaceAll("\n", "\\x0a"),
  "escaped double": (t) => t.replaceAll("\n", "\\\\n"),
  "escaped slashes": (t) => t.replaceAll("/", "\\/"),
  "escaped plus": (t) => t.replaceAll("+", "\\u002b").replaceAll("=", "\\u003d"),
  pipes: (t) => t.replaceAll("\n", "|"),
  "haproxy escape": (t) => t.replaceAll("\n", "\\ "),
  dollar: (t) => t.replaceAll("\n", "$\n"),
  "cat -A": (t) => t.replaceAll("\n", "^M$\n"),
  "last line lost": (t) => t.split("\n").slice(0, -2).join("\n"),
  "first line lost": (t) => t.split("\n").slice(1).join("\n"),
  "joined twice": (t) => t.trimEnd() + t.trimEnd(),
};
const NAMES = Object.keys(WAYS);

/** One or two ways, each taken by the whole file or by one of its sections. */
export function transported(seed: number, number: number): Mutated {
  const dice = new Dice(seed, number);
  const parts = dice.one(SHAPES);
  let text = parts.map(([label, der]) => pem(label, der)).join("");
  const changes: string[] = [];
  for (let left = 1 + dice.below(2); left > 0; left--) {
    const name = dice.one(NAMES);
    const way = WAYS[name] ?? ((it) => it);
    const sections = text.split(/(?<=-----END [^\n]+\n)(?=-----BEGIN)/);
    const only = dice.below(4) === 0 ? dice.below(sections.length) : undefined;
    const made = sections.map((it, at) => (at === only ? way(it, dice) : it)).join("");
    const after = only === undefined ? way(text, dice) : made;
    if (after !== text) changes.push(name);
    text = after;
  }
  return { text, file: new TextEncoder().encode(text), meant: parts.map(([, der]) => der), changes };
}
