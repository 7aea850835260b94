/** Which files are Apache's, by what they hold, and which others they take in. */
import { folderOf, resolvePath, upwards } from "../../base/path.ts";
import { type Dialect, type Directive, type DirectiveText, type Inclusion, withNested } from "../directives/tree.ts";
import { readApache } from "./syntax.ts";

/** Directives about TLS and forwarding that no other product has, in lower case. */
const OWN: ReadonlySet<string> = new Set(
  [
    "sslengine sslprotocol sslciphersuite sslcertificatefile sslcertificatekeyfile sslcacertificatefile sslcacertificatepath",
    "sslverifyclient sslverifydepth ssloptions sslrequire sslproxyengine sslproxyverify sslproxycacertificatefile sslproxycheckpeername",
    "sslproxycheckpeercn sslproxyprotocol proxypass proxypassmatch proxypassreverse requestheader",
  ]
    .join(" ")
    .split(" "),
);

/** A virtual host, or lines that are about TLS. A line of nginx ends with `;`. */
export const isApache = (path: string, text: string): boolean =>
  withNested(readApache(text, path).directives).some(
    ({ name, words, block }) =>
      (name.value === "virtualhost" && block !== undefined) ||
      (OWN.has(name.value) && block === undefined && words.length > 0 && words.at(-1)?.value.endsWith(";") !== true),
  );

/** `Include` and `IncludeOptional`; the reader of levels knows both as one. */
function includesOf({ directives }: DirectiveText, begin: string): readonly Inclusion[] {
  return withNested(directives).flatMap((directive) => {
    const [written] = directive.words;
    if (directive.name.value !== "include" || written === undefined) return [];
    return [{ directive, paths: pathsOf(written.value, begin, folderOf(directive.file)) }];
  });
}

/** Debian's and Red Hat's lists of modules. */
const DISTRIBUTED: ReadonlySet<string> = new Set(["mods-enabled", "conf.modules.d"]);

const isDistributed = ({ words: [written] }: Directive): boolean =>
  written?.value.split("/").some((it) => DISTRIBUTED.has(it)) === true || written?.value === "ports.conf";

/** Folders above a file that may be the one that is installed as `ServerRoot`. */
const MOST_ABOVE = 5;

const INSTALLED = ["/etc/apache2/", "/etc/httpd/", "/usr/local/apache2/"];

/** Relative paths go out from `ServerRoot`, which is, in a repository, the folder of the file or one above. */
function pathsOf(written: string, begin: string, own: string): readonly string[] {
  const root = INSTALLED.find((it) => written.startsWith(it));
  const relative = root !== undefined ? written.slice(root.length) : written.startsWith("/") || written.includes("$") ? undefined : written;
  if (relative === undefined) return [];
  const above = upwards(own, "/").slice(0, MOST_ABOVE);
  return [...new Set([begin, ...above].map((it) => resolvePath(it, relative)))];
}

export const APACHE: Dialect = { product: "Apache", read: readApache, includesOf, isDistributed };
