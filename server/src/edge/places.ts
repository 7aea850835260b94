/** Where files lie that are worth a look by a reader: the first question about every file that its name does not tell. */
import { extensionOf, folderOf, nameOf } from "../base/path.ts";

/** Endings of what container images and configuration management make files of. */
const TEMPLATES = ["template", "tmpl", "tpl", "gotmpl", "j2", "jinja", "jinja2", "erb"];

/** Endings under which nginx's files are kept. */
const NGINX: ReadonlySet<string> = new Set(["conf", "nginx", "vhost", "inc", ...TEMPLATES]);
/** Debian keeps sites and snippets in folders of these names, without an ending. */
const NGINX_FOLDERS: ReadonlySet<string> = new Set(["nginx", "sites-available", "sites-enabled", "conf.d", "snippets"]);

export const mayBeNginx = (path: string): boolean =>
  NGINX.has(extensionOf(path)) || isVariant(path) || (isWithoutEnding(path) && NGINX_FOLDERS.has(nameOf(folderOf(path))));

/** `site.conf.prod`, `site.conf.dist`: one of several that are put in the place of `site.conf`. */
const isVariant = (path: string): boolean => nameOf(path).split(".").slice(1, -1).includes("conf");

/** In nginx's own folders sites are named by their hosts, too: what such a file holds has to tell. */
export const mayBeSite = (path: string): boolean => NGINX_FOLDERS.has(nameOf(folderOf(path)));

/** Debian's and Red Hat's folders beside those that nginx has by the same names. */
const APACHE_FOLDERS: ReadonlySet<string> = new Set(["apache2", "httpd", "conf-available", "conf-enabled"]);

export const mayBeApache = (path: string): boolean =>
  mayBeNginx(path) || (extensionOf(path) === "" && APACHE_FOLDERS.has(nameOf(folderOf(path))));

/** `sites-available/api.example.com`: dots are the name's own. */
const isWithoutEnding = (path: string): boolean => extensionOf(path) === "" || nameOf(folderOf(path)).startsWith("sites-");

const HAPROXY: ReadonlySet<string> = new Set(["cfg", "conf", "haproxy", ...TEMPLATES]);

export const mayBeHaproxy = (path: string): boolean => HAPROXY.has(extensionOf(path));

export const mayBeYaml = (path: string): boolean => extensionOf(path) === "yml" || extensionOf(path) === "yaml";

/** `traefik.yaml.j2`: as what it comes out, too. */
export const mayBeYamlTemplate = (path: string): boolean =>
  mayBeYaml(path) || (TEMPLATES.includes(extensionOf(path)) && mayBeYaml(path.slice(0, path.lastIndexOf("."))));

/** Traefik's; manifests of Cargo are known by their names. */
export const mayBeToml = (path: string): boolean => extensionOf(path) === "toml";

/** `Caddyfile`, `Caddyfile.prod`, `shop.caddyfile`, `shop.caddy`. */
export const mayBeCaddy = (path: string): boolean =>
  nameOf(path) === "Caddyfile" || nameOf(path).startsWith("Caddyfile.") || ["caddy", "caddyfile", "Caddyfile"].includes(extensionOf(path));

export const mayBeJson = (path: string): boolean => extensionOf(path) === "json";

export const mayBeEdge = (path: string): boolean =>
  mayBeApache(path) || mayBeSite(path) || mayBeHaproxy(path) || mayBeYaml(path) || mayBeJson(path) || mayBeCaddy(path) || mayBeToml(path);
