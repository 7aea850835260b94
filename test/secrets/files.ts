/** A workspace that holds a key of each kind in every way that a key gets into a file: under any label, in any encoding, in any text. */
import { certificatePem } from "../certificates/build.ts";
import { type SecretKey, secretKeys, webKeys } from "./keys.ts";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const lines = (text: string, width = 64): string => text.match(new RegExp(`.{1,${width}}`, "g"))?.join("\n") ?? "";

const pemOf = (label: string, { der, headers }: SecretKey, width = 64): string =>
  `-----BEGIN ${label}-----\n${headers === undefined ? "" : `${headers}\n\n`}${lines(base64(der), width)}\n-----END ${label}-----\n`;

const OTHER_LABELS = [
  "RSA PRIVATE KEY",
  "EC PRIVATE KEY",
  "DSA PRIVATE KEY",
  "PRIVATE KEY",
  "ENCRYPTED PRIVATE KEY",
  "OPENSSH PRIVATE KEY",
];
const MISTYPED = ["PRIVTE KEY", "RSA PRIVATE  KEY", "PRIVATE KEY FOR TEST", "RSA PRIVATEKEY", "KEY"];
const PUBLIC_LABELS = [
  "CERTIFICATE",
  "TRUSTED CERTIFICATE",
  "X509 CRL",
  "CERTIFICATE REQUEST",
  "PUBLIC KEY",
  "PKCS7",
  "CMS",
  "EC PARAMETERS",
  "DH PARAMETERS",
];

const utf16 = (text: string, big: boolean, mark: boolean): Uint8Array => {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, "utf16le");
  return Uint8Array.from(big ? bytes.swap16() : bytes);
};

/** Files about one key in PEM and DER. */
function objects(key: SecretKey): Readonly<Record<string, string | Uint8Array>> {
  const right = pemOf(key.label, key);
  const [begin = "", ...rest] = right.split("\n");
  const trailing = base64(Buffer.concat([Buffer.from(certificatePem({}).replace(/-----[^-]*-----/g, ""), "base64"), key.der]));
  return {
    "right.pem": right,
    "right.key": right,
    ...Object.fromEntries(OTHER_LABELS.map((label, at) => [`other-${at}.pem`, pemOf(label, key)])),
    ...Object.fromEntries(MISTYPED.map((label, at) => [`mistyped-${at}.pem`, pemOf(label, key)])),
    ...Object.fromEntries(PUBLIC_LABELS.map((label, at) => [`public-${at}.crt`, pemOf(label, key)])),
    "two-labels.pem": right.replace(/-----END .*-----/, "-----END CERTIFICATE-----"),
    "no-end.pem": right.replace(/-----END .*-----\n/, ""),
    "no-end-certificate.pem": pemOf("CERTIFICATE", key).replace(/-----END .*-----\n/, ""),
    "headers.pem": `${begin}\nComment: a key\n\n${rest.join("\n")}`,
    "indented.pem": right.replace(/^/gm, "    "),
    "returns.pem": right.replaceAll("\n", "\r"),
    "short-lines.pem": pemOf(key.label, key, 8),
    "one-line.pem": `-----BEGIN ${key.label}-----${base64(key.der)}-----END ${key.label}-----\n`,
    "escaped.pem": right.replaceAll("\n", "\\n"),
    "cut.pem": right.slice(0, Math.floor(right.length * 0.8)),
    "stray.pem": right.replace(/\n(...)/, "\n$1!"),
    "blank-line.pem": right.replace(/\n(?=[A-Za-z0-9+/]{20})/, "\n\n"),
    "after-certificate.pem": certificatePem({}) + right,
    "glued.pem": certificatePem({}).trimEnd() + right,
    "within-certificate.pem": `-----BEGIN CERTIFICATE-----\n${lines(trailing)}\n-----END CERTIFICATE-----\n`,
    "bare.pem": certificatePem({}) + (key.headers === undefined ? lines(base64(key.der)) : ""),
    "utf16-le.pem": utf16(right, false, true),
    "utf16-be.pem": utf16(right, true, true),
    "utf16-le-bare.pem": utf16(right, false, false),
    "utf16-be-bare.key": utf16(right, true, false),
    "utf16-certificate.pem": utf16(pemOf("CERTIFICATE", key), false, true),
    "mark.pem": `\ufeff${right}`,
    ...(key.headers === undefined && {
      "raw.der": key.der,
      "raw.pem": key.der,
      "raw.crt": key.der,
      "raw.p12": key.der,
      "followed.der": Uint8Array.from([...key.der, 0, 0, 0]),
      "cut.der": key.der.subarray(0, key.der.length - 9),
    }),
  };
}

const MANIFEST = `[package]
name = "holder"
version = "0.1.0"
edition = "2021"

[dependencies]
reqwest = "0.12.12"
`;

/** Code with a finding on each line that holds the key, before it, behind it, and one whose fix stands beside it. */
const code = (literal: string): string => `use reqwest::{Certificate, Client, Identity};

pub fn one() { let _ = Client::builder().danger_accept_invalid_certs(true).identity(Identity::from_pem(${literal}.as_ref()).unwrap()).build(); }
pub fn two() -> reqwest::Result<Client> {
    let _key = ${literal};
    Client::builder().danger_accept_invalid_certs(true).build()
}
pub fn three() -> reqwest::Result<Client> {
    Client::builder()
        .add_root_certificate(Certificate::from_pem(${literal}.as_ref())?)
        .danger_accept_invalid_certs(true)
        .build()
}
// tlslint: allow(${literal.slice(1, 60)}): ${literal}
`;

/** Files in which a text holds the key. */
function texts(text: string): Readonly<Record<string, string | Uint8Array>> {
  const json = JSON.stringify(text);
  const literal = json.replaceAll("\\\\n", "\\n");
  return {
    "rust/Cargo.toml": MANIFEST,
    "rust/src/lib.rs": code(literal),
    "rust/src/raw.rs": code(`r#"${text}"#`),
    "rust/src/lines.rs": code(
      `concat!(${text
        .split("\n")
        .map((it) => JSON.stringify(`${it}\n`))
        .join(",\n    ")})`,
    ),
    "rust/src/continued.rs": code(`"${text.replaceAll('"', '\\"').replaceAll("\n", "\\n\\\n      ")}"`),
    "rust/tlslint.toml": `mtls = ${literal}\nexclude = [${literal}]\nunknown-key = ${literal}\n[rules]\n${literal} = "error"\n"no-client-auth" = ${literal}\n`,
    "broken/tlslint.toml": `mtls = ${text}\n`,
    "broken/Cargo.toml": `[package]\nname = ${text}\n`,
    "broken/Cargo.lock": `version = "${text}\n`,
    "rust/.env": `KEY=${json}\nDATABASE_URL="postgres://user:word@host/base?sslmode=disable&sslkey=${text.replaceAll("\n", "\\n").replaceAll('"', "")}"\nTLS_KEY='${text}'\n`,
    "rust/settings.toml": `key = """\n${text}"""\nurl = "postgres://host/base?sslmode=disable&key=${text.replaceAll("\n", " ").replaceAll('"', "")}"\n`,
  };
}

/** Path and content, with a folder for each way and key. Texts take time to lint: they hold `inTexts`. */
export function filesWithKeys(inTexts: readonly SecretKey[]): Readonly<Record<string, string | Uint8Array>> {
  const all: [string, string | Uint8Array][] = [];
  secretKeys.forEach((key, at) => {
    const add = (folder: string, files: Readonly<Record<string, string | Uint8Array>>): void => {
      for (const [name, content] of Object.entries(files)) all.push([`${at}/${folder}/${name}`, content]);
    };
    add("objects", objects(key));
    if (!inTexts.includes(key)) return;
    add("pem", texts(pemOf(key.label, key)));
    add("certificate", texts(pemOf("CERTIFICATE", key)));
    if (key.headers !== undefined) return;
    add("line", texts(base64(key.der)));
    add("url", texts(Buffer.from(key.der).toString("base64url")));
    add("wrapped", texts(lines(base64(key.der))));
    add("hex", texts(Buffer.from(key.der).toString("hex")));
  });
  webKeys.forEach(({ json }, at) => {
    for (const [name, content] of Object.entries({ ...texts(json), "key.pem": json, "key.key": json }))
      all.push([`jwk-${at}/${name}`, content]);
  });
  return Object.fromEntries(all);
}
