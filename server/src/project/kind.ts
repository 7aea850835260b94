/** What a file is to us: by its name, and by its content where the name does not tell. */
import { extensionOf, nameOf } from "./path.ts";

export type FileKind = "rust" | "certificates" | "configuration" | "manifest" | "lock" | "settings" | "environment" | "other";

export const CONFIGURATION_NAME = "tlslint.toml";

/** Extensions under which certificates, keys, requests and revocation lists are kept. */
const CERTIFICATE_EXTENSIONS: ReadonlySet<string> = new Set([
  "pem",
  "crt",
  "cer",
  "cert",
  "der",
  "key",
  "csr",
  "req",
  "crl",
  "p7b",
  "p7c",
  "p12",
  "pfx",
  "p8",
  "pk8",
  "ca-bundle",
  "chain",
  "fullchain",
]);

export function kindByName(path: string): FileKind | undefined {
  const name = nameOf(path);
  if (name === CONFIGURATION_NAME) return "configuration";
  if (name === "Cargo.toml") return "manifest";
  if (name === "Cargo.lock") return "lock";
  if (isEnvironment(name)) return "environment";
  const extension = extensionOf(path);
  if (extension === "rs") return "rust";
  if (extension === "toml") return "settings";
  return CERTIFICATE_EXTENSIONS.has(extension) ? "certificates" : undefined;
}

/** `.env`, `.env.production`, `local.env`. */
const isEnvironment = (name: string): boolean => /^\.env(?:\.[\w-]+)*$|^[\w-]+\.env$/.test(name);

/** What a file of settings is for, by its name: `.env.example` is shown, `test.toml` is for tests. */
export function purposeByName(path: string): "example" | "test" | "use" {
  const words = nameOf(path)
    .toLowerCase()
    .split(/[^a-z]+/);
  const has = (...these: readonly string[]): boolean => these.some((it) => words.includes(it));
  if (has("example", "sample", "template", "dist", "defaults")) return "example";
  return has("test", "tests", "testing", "ci", "bench") ? "test" : "use";
}

/** Extensions that others use for other things: the content decides whether such a file is worth linting. */
const SHARED_EXTENSIONS: ReadonlySet<string> = new Set(["key", "cert", "req", "chain", "fullchain", "p8", "txt", "bundle"]);

/** Names that do not tell, where certificates are seen all the same: `tls/server`, `ca.txt`, `server.key`. */
export const mayHoldCertificates = (path: string): boolean => {
  const extension = extensionOf(path);
  return (extension === "" && !nameOf(path).startsWith(".")) || SHARED_EXTENSIONS.has(extension);
};

/** Larger files of unknown name are not looked into. */
const SMALL_FILE_BYTES = 256 * 1024;

/** At the start of a line: scripts and documents only mention boundaries. */
const BEGIN = /(?:^|[\r\n])-----BEGIN [A-Z0-9 ]{1,40}-----/;

export const holdsBoundary = (bytes: Uint8Array): boolean =>
  bytes.length <= SMALL_FILE_BYTES && BEGIN.test(new TextDecoder("latin1").decode(bytes));

/** Words of a package's or a folder's name that say that it is not shipped: `test-common`, `load-bench`, `test_certs`. */
const TEST_WORDS: ReadonlySet<string> = new Set(
  "test tests testing testkit bench benches benchmark benchmarks mock mocks fuzz e2e".split(" "),
);
const TEST_FOLDER = /^(?:test[a-z]*data|testcerts?|testfiles|fixtures?)$/;

export const isTestPackage = (name: string): boolean => name.split(/[-_]/).some((word) => TEST_WORDS.has(word.toLowerCase()));

/** Folders whose certificates are made for tests, whatever they lack. `path` is relative to the project. */
export const isTestData = (path: string): boolean => folderWords(path).some((it) => TEST_WORDS.has(it) || TEST_FOLDER.test(it));

/** Folders of what is shown. Cargo's own `examples` is one where a package has it, and is not judged here. */
export const isShown = (path: string): boolean => folderWords(path).some((it) => /^(?:example|samples?|demos?)$/.test(it));

const folderWords = (path: string): readonly string[] =>
  path
    .toLowerCase()
    .split("/")
    .slice(0, -1)
    .flatMap((folder) => folder.split(/[^a-z0-9]+/));

/** A PEM boundary, or the first byte of a DER sequence with a long length. */
export const holdsCertificates = (bytes: Uint8Array): boolean => holdsBoundary(bytes) || (bytes[0] === 0x30 && (bytes[1] ?? 0) > 0x80);
