/** URIs of the protocol and the names that the service gives to files: absolute paths with `/` on every system. */

/** Folders of what exists in the editor only, by the scheme and, behind an `@`, the authority of its URIs; no disk has them. */
const EDITOR_ONLY = "/editor:";

export const isEditorOnly = (path: string): boolean => path.startsWith(EDITOR_ONLY);

const EXTENSIONS: Readonly<Record<string, string>> = { rust: ".rs", toml: ".toml", pem: ".pem", nginx: ".conf" };

/**
 * `file:///c%3A/a%20b.rs` is `c:/a b.rs`, `file://host/share/a.rs` is `//host/share/a.rs`. Another scheme gets a path that no disk has,
 * with the extension of its language, because an untitled document has no name that would tell.
 */
export function pathOf(uri: string, language?: string): string {
  const parsed = parse(uri);
  const path = decode(parsed.path);
  if (parsed.scheme !== "file") {
    const authority = parsed.authority === "" ? "" : `@${decode(parsed.authority)}`;
    const name = `${EDITOR_ONLY}${parsed.scheme}${authority}${path.startsWith("/") ? path : `/${path}`}`;
    const extension = parsed.scheme === "untitled" || !path.slice(path.lastIndexOf("/")).includes(".") ? EXTENSIONS[language ?? ""] : "";
    return extension === undefined || name.endsWith(extension) ? name : name + extension;
  }
  if (parsed.authority !== "" && parsed.authority !== "localhost") return `//${decode(parsed.authority)}${path}`;
  const drive = /^\/([A-Za-z]):(?=\/|$)/.exec(path);
  return drive ? `${drive[1]?.toLowerCase()}:${path.slice(3)}` : path;
}

/** The URI of a path, escaped as VS Code escapes it, so that equal files have equal URIs there. */
export function uriOf(path: string): string {
  if (isEditorOnly(path)) {
    const [, scheme = "", authority, rest = ""] = /^\/editor:([^/@]*)(?:@([^/]*))?(.*)$/s.exec(path) ?? [];
    const host = authority === undefined ? "" : `//${escaped(authority).replaceAll("%3A", ":")}`;
    return `${scheme}:${host}${rest.split("/").map(escaped).join("/")}`;
  }
  if (path.startsWith("//")) {
    const [authority = "", ...rest] = path.slice(2).split("/");
    return `file://${escaped(authority)}/${rest.map(escaped).join("/")}`;
  }
  return `file://${path.startsWith("/") ? "" : "/"}${path.split("/").map(escaped).join("/")}`;
}

function parse(uri: string): { readonly scheme: string; readonly authority: string; readonly path: string } {
  const parts = /^([A-Za-z][\w+.-]*):(?:\/\/([^/?#]*))?([^?#]*)/.exec(uri);
  return { scheme: parts?.[1]?.toLowerCase() ?? "unknown", authority: parts?.[2] ?? "", path: parts?.[3] ?? uri };
}

/** A malformed escape stands for itself. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    const bytes = Uint8Array.from(escapes.slice(1).split("%"), (hex) => Number.parseInt(hex, 16));
    const decoded = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const again = new TextEncoder().encode(decoded);
    return again.length === bytes.length && again.every((byte, at) => byte === bytes[at]) ? decoded : escapes;
  });
}

const escaped = (segment: string): string =>
  encodeURIComponent(segment).replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);
