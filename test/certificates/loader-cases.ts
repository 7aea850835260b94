/** PEM texts that people really have, for the loaders: each is made from the same two certificates by one change. */
import { alternativeNames, basicConstraints, certificate, dns, KEYS, pem, privateKey, purposes, SERVER } from "./build.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

/** The first needs one `=` of padding, the second none and the third two, so that padding is never there by chance. */
const first = withPadding(1);
const whole = withPadding(0);
const second = withPadding(2, 0x55);

function withPadding(wanted: number, serial = 0x33): Uint8Array {
  for (let filler = ""; ; filler += "x") {
    const der = certificate({
      serial: Uint8Array.of(0x11, 0x22, serial),
      subject: `service${filler}.example`,
      extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("service.example"))],
    });
    if ((3 - (der.length % 3)) % 3 === wanted) return der;
  }
}

const one = pem("CERTIFICATE", first);
const two = pem("CERTIFICATE", second);
const unpadded = pem("CERTIFICATE", whole);
const lines = one.trimEnd().split("\n");
const body = lines.slice(1, -1);
const joined = body.join("");
const wrap = (...inner: readonly string[]): string => [BEGIN, ...inner, END, ""].join("\n");
const relabel = (label: string): string => one.replaceAll("CERTIFICATE", label);

/** Name and text, or bytes where the encoding is the point. */
export const loaderCases: Readonly<Record<string, string | Uint8Array>> = {
  plain: one,
  "two certificates": one + two,
  "crlf line ends": one.replaceAll("\n", "\r\n"),
  "no final line end": one.trimEnd(),
  "76 columns": pem("CERTIFICATE", first, 76),
  "one long line of base64": wrap(joined),
  "base64 line of more than 254 characters, then a short one": wrap(joined.slice(0, 300), joined.slice(300)),
  "text before and after": `subject=service\n${one}some words\n`,
  "blanks and tabs within base64": wrap(...body.map((line) => `${line.slice(0, 9)} ${line.slice(9, 20)}\t${line.slice(20)}`)),
  "blanks behind the boundaries": one.replace(BEGIN, `${BEGIN}  `).replace(END, `${END}  `),
  "tab behind BEGIN": one.replace(BEGIN, `${BEGIN}\t`),
  "byte order mark": `\ufeff${one}`,
  "byte order mark before text": `\ufeffsome words\n${one}`,
  "utf-16 with mark": utf16(`\ufeff${one}`),
  "indented BEGIN": `  ${one}`,
  "whole section indented": one.replaceAll(/^(?=.)/gm, "    "),
  "indented END": one.replace(END, `  ${END}`),
  "trusted certificate label": relabel("TRUSTED CERTIFICATE"),
  "x509 certificate label": relabel("X509 CERTIFICATE"),
  "lower-case boundaries": one.replace(BEGIN, BEGIN.toLowerCase()).replace(END, END.toLowerCase()),
  "pkcs7 label": relabel("PKCS7"),
  "glued boundaries": `${one.trimEnd()}${two}`,
  "text behind END": `${one.trimEnd()}# the end\n`,
  "base64 behind BEGIN": one.replace(`${BEGIN}\n`, BEGIN),
  "base64 before END": one.replace(`\n${END}`, END),
  "cr-only line ends": one.replaceAll("\n", "\r"),
  "blank line first": wrap("", ...body),
  "blank line within": wrap(...body.slice(0, 3), "", ...body.slice(3)),
  "blank line last": wrap(...body, ""),
  "missing padding": wrap(joined.replaceAll("=", "")),
  "too much padding": wrap(`${joined}=`),
  "padding within": wrap(`${joined.slice(0, 62)}==`, joined.slice(62)),
  "missing END": one.replace(`${END}\n`, ""),
  "missing END, then another": one.replace(`${END}\n`, "") + two,
  "missing END without padding, then another": unpadded.replace(`${END}\n`, "") + two,
  "END with another label": one.replace(END, "-----END X509 CRL-----"),
  "END without BEGIN": one.replace(`${BEGIN}\n`, ""),
  "strange character": wrap(`${joined.slice(0, 70)}!${joined.slice(70)}`),
  "quote and comma": wrap(...body.map((line) => `"${line}",`)),
  "header lines": wrap("Foo: bar", "", ...body),
  "header lines without a blank one": wrap("Foo: bar", ...body),
  "long header line": wrap("Comment: made by hand on a Tuesday", "", ...body),
  "all on one line": BEGIN + joined + END,
  "all on one line with blanks": `${BEGIN} ${body.join(" ")} ${END}\n`,
  "escaped line ends": one.replaceAll("\n", "\\n"),
  "four dashes": one.replace(BEGIN, BEGIN.slice(1)),
  "four dashes behind": one.replace(BEGIN, BEGIN.slice(0, -1)),
  "six dashes": one.replace(BEGIN, `-${BEGIN}`),
  "six dashes behind": one.replace(BEGIN, `${BEGIN}-`),
  "en dashes": one.replaceAll("-----", "\u2013\u2013\u2013\u2013\u2013"),
  "no-break space": one.replaceAll("BEGIN ", "BEGIN\u00a0").replaceAll("END ", "END\u00a0"),
  "no-break space behind BEGIN": one.replace(BEGIN, `${BEGIN}\u00a0`),
  "two blanks in BEGIN": one.replace("BEGIN C", "BEGIN  C"),
  "truncated base64": wrap(...body.slice(0, 4)),
  "empty section": wrap(),
  "empty file": "",
  "broken, then whole": wrap(`${joined.slice(0, 70)}!`) + two,
  "certificate and key": one + pem("PRIVATE KEY", privateKey()),
  "public key label": pem("PUBLIC KEY", KEYS.p256),
};

function utf16(text: string): Uint8Array {
  return Uint8Array.from(Array.from(text).flatMap((character) => [character.charCodeAt(0) & 0xff, character.charCodeAt(0) >> 8]));
}

export const loaderCaseBytes = (name: string): Uint8Array => {
  const content = loaderCases[name] ?? "";
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
};
