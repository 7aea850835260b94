/** What a file is to us: by its name, and by its content where the name does not tell. */

import { mayBeEdge } from "../edge/places.ts";
import { holdsBoundaryLine, looksOf } from "./contents.ts";
import { extensionOf, nameOf } from "./path.ts";

/** `edge`: the configuration of a proxy or a deployment · `text`: other text that holds a private key. */
export type FileKind =
  | "rust"
  | "certificates"
  | "configuration"
  | "manifest"
  | "lock"
  | "settings"
  | "environment"
  | "edge"
  | "text"
  | "other";

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
  "jks",
  "jceks",
  "keystore",
  "truststore",
  "jwk",
  "jwks",
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

/**
 * What a file of settings is for, by its name: `.env.example` is shown, `test.toml` is for tests. A template of a proxy's configuration is
 * what runs, once its variables are put in; others are copied and changed.
 */
export function purposeByName(path: string, of: "settings" | "proxy" = "settings"): "example" | "test" | "use" {
  const words = nameOf(path)
    .toLowerCase()
    .split(/[^a-z]+/);
  const has = (...these: readonly string[]): boolean => these.some((it) => words.includes(it));
  if (has("example", "sample", "dist", "defaults") || (of === "settings" && has("template"))) return "example";
  return has("test", "tests", "testing", "ci", "bench") ? "test" : "use";
}

/** Extensions that others use for other things: the content decides whether such a file is worth linting. */
const SHARED_EXTENSIONS: ReadonlySet<string> = new Set(["key", "cert", "req", "chain", "fullchain", "p8"]);
const PLAIN_EXTENSIONS: ReadonlySet<string> = new Set(["txt", "bundle"]);

/** Names that tell, but not for sure. */
export const sharesItsName = (path: string): boolean => SHARED_EXTENSIONS.has(extensionOf(path));

/** `tls/server`, `ca.txt`: where certificates are kept among explanations. */
const isPlain = (path: string): boolean =>
  (extensionOf(path) === "" && !nameOf(path).startsWith(".")) || PLAIN_EXTENSIONS.has(extensionOf(path));

/** By its name, and by its content where the name does not tell. */
export async function kindOf(path: string, bytes: Uint8Array): Promise<FileKind> {
  const named = kindByName(path);
  // Settings of a program, or of a proxy.
  if (named === "settings") return (await isEdgeFile(path, bytes)) ? "edge" : named;
  if (named !== undefined) return named;
  if (isPlain(path) && holdsBoundaryLine(bytes)) return "certificates";
  const looks = await looksOf(bytes);
  return looks === "certificates" ? looks : (await isEdgeFile(path, bytes)) ? "edge" : (looks ?? "other");
}

async function isEdgeFile(path: string, bytes: Uint8Array): Promise<boolean> {
  if (!mayBeEdge(path)) return false;
  const { isEdge } = await import("../edge/index.ts");
  return isEdge(path, bytes);
}

/** Words of a package's or a folder's name that say that it is not shipped: `test-common`, `load-bench`, `test_certs`. */
const TEST_WORDS: ReadonlySet<string> = new Set(
  "test tests testing testkit bench benches benchmark benchmarks mock mocks fuzz e2e".split(" "),
);
const TEST_FOLDER = /^(?:test[a-z]*data|testcerts?|testfiles|fixtures?)$/;

export const isTestPackage = (name: string): boolean => name.split(/[-_]/).some((word) => TEST_WORDS.has(word.toLowerCase()));

/** Folders whose certificates are made for tests, whatever they lack. `path` is relative to the project. */
export const isTestData = (path: string): boolean => folderWords(path).some((it) => TEST_WORDS.has(it) || TEST_FOLDER.test(it));

/** Folders of what is shown. Cargo's own `examples` is one where a package has it, and is not judged here. */
export const isShown = (path: string): boolean => folderWords(path).some((it) => SHOWN.test(it));
const SHOWN = /^(?:example|samples?|demos?)$/;

/** A folder in which packages are shown. */
export const isShownFolder = (name: string): boolean => name === "examples" || SHOWN.test(name);

/** What lies beside the packages and programs of an example is shown with them. `path` is relative to the project. */
export const isShownData = (path: string): boolean => folderWords(path).some(isShownFolder);

function folderWords(path: string): readonly string[] {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  if (folder !== latest.folder) {
    const words = folder
      .toLowerCase()
      .split("/")
      .flatMap((it) => it.split(/[^a-z0-9]+/));
    latest = { folder, words };
  }
  return latest.words;
}
/** Files are asked about one after the other: the words of the latest one's folder are kept. */
let latest: { readonly folder: string; readonly words: readonly string[] } = { folder: "", words: [] };

/** A PEM boundary, or the first byte of a DER sequence with a long length. */
export const holdsCertificates = (bytes: Uint8Array): boolean => holdsBoundaryLine(bytes) || (bytes[0] === 0x30 && (bytes[1] ?? 0) > 0x80);
