/** Which files are nginx's, by where they lie and what they hold, and which others they take in. */
import { folderOf, nameOf, resolvePath, upwards } from "../../base/path.ts";
import { type Dialect, type Directive, type DirectiveText, type Inclusion, withNested } from "../directives/tree.ts";
import { readNginx } from "./syntax.ts";

/** The contexts that nginx's files begin with, and what has to stand in them for nobody else's files to look the same. */
const CONTEXTS: Readonly<Record<string, readonly string[]>> = {
  http: ["server", "include", "upstream", "default_type", "log_format", "access_log", "sendfile", "map", "keepalive_timeout"],
  stream: ["server", "upstream", "map", "include"],
  server: ["listen", "server_name", "location", "return", "root"],
  upstream: ["server", "zone", "keepalive", "least_conn", "ip_hash"],
  location: ["proxy_pass", "grpc_pass", "proxy_set_header", "root", "alias", "try_files", "return"],
};

/** Directives about TLS and forwarding that begin so, and stand alone in files that others include. */
const PREFIXES = ["ssl_", "proxy_", "grpc_"] as const;

/** `text`: of the file, or of its beginning. */
export function isNginx(path: string, text: string): boolean {
  const { directives } = readNginx(text, path);
  return directives.some(isContext) || (directives.some(isAboutTls) && directives.every(isSnippetLine));
}

/** Contexts that stand beside servers, and hold nothing that tells. */
const BESIDE: ReadonlySet<string> = new Set(["events", "map", "geo", "split_clients", "types"]);

/** Of a file whose name does not tell: nothing in it but what nginx would take. */
export function isNginxAlone(text: string): boolean {
  const { directives, problems } = readNginx(text, "");
  return (
    problems.length === 0 &&
    directives.some(isContext) &&
    directives.every((it) => isContext(it) || it.block === undefined || BESIDE.has(it.name.value))
  );
}

const isContext = ({ name, block }: Directive): boolean => {
  const inner = CONTEXTS[name.value];
  return (
    block !== undefined &&
    inner !== undefined &&
    block.some((it) => inner.includes(it.name.value) || PREFIXES.some((one) => it.name.value.startsWith(one)))
  );
};

const isAboutTls = ({ name, words }: Directive): boolean => words.length > 0 && PREFIXES.some((it) => name.value.startsWith(it));

const isSnippetLine = (it: Directive): boolean =>
  it.block === undefined && (isAboutTls(it) || it.name.value === "add_header" || it.name.value === "include");

/** What every installation of nginx has beside its configuration: types, and parameters of protocols that know nothing of TLS. */
const DISTRIBUTED: ReadonlySet<string> = new Set([
  ...["mime.types", "fastcgi_params", "fastcgi.conf", "scgi_params", "uwsgi_params", "koi-utf", "koi-win", "win-utf"],
]);

/** `begin`: the folder of the file that the configuration begins with, from which nginx goes out for relative paths. */
function includesOf({ directives }: DirectiveText, begin: string): readonly Inclusion[] {
  return withNested(directives).flatMap((directive) => {
    const [written] = directive.words;
    if (directive.name.value !== "include" || written === undefined || DISTRIBUTED.has(nameOf(written.value))) return [];
    return [{ directive, paths: pathsOf(written.value, begin, folderOf(directive.file)) }];
  });
}

const isDistributed = ({ words }: Directive): boolean => DISTRIBUTED.has(nameOf(words[0]?.value ?? ""));

export const NGINX: Dialect = { product: "nginx", read: readNginx, includesOf, isDistributed };

/** Folders above a file that may be the one that is installed as `/etc/nginx`. */
const MOST_ABOVE = 5;

/** `/etc/nginx` is, in a repository, the folder of its `nginx.conf`, or one above a site's file. */
function pathsOf(written: string, begin: string, own: string): readonly string[] {
  const installed = /^\/(?:usr\/local\/)?etc\/nginx\/(.*)$/.exec(written)?.[1];
  const relative = installed ?? (written.startsWith("/") ? undefined : written);
  if (relative === undefined) return [];
  const above = upwards(own, "/").slice(0, MOST_ABOVE);
  return [...new Set([begin, ...above].map((it) => resolvePath(it, relative)))];
}
