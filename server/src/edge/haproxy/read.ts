/** HAProxy: what its binds demand of clients, how its servers are connected to, and the headers that it sets (Configuration Manual, 5.1, 5.2). */
import { span } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { ClientAuthentication } from "../../tls/facts.ts";
import { reachOfHost } from "../../tls/hosts.ts";
import type { EdgeStatement, ForwardedHeader, Provenance, ProxyAuthentication, ProxyServer, Route, Target } from "../proxy.ts";
import { templateAt } from "../template/actions.ts";
import { listenersOf } from "./listeners.ts";
import { has, isOpen, lines, optionOf, pair } from "./options.ts";
import { ciphersOf, defaultsOf, versionOf } from "./protocols.ts";
import { refusalsIn } from "./refusals.ts";
import { type HaproxyText, type Line, readHaproxy, type Section, type Word } from "./syntax.ts";

/** Two of its own sections, and in them what no other format has. */
export function isHaproxy(text: string): boolean {
  const { sections } = readHaproxy(text);
  const has = (kinds: readonly string[], keywords: readonly string[]): boolean =>
    sections.some(({ kind, lines }) => kinds.includes(kind) && lines.some(({ words }) => keywords.includes(words[0]?.value ?? "")));
  return (
    has(["frontend", "listen"], ["bind"]) &&
    has(["backend", "listen", "frontend"], ["server", "default_backend", "use_backend", "http-request", "mode"])
  );
}

interface Whole {
  readonly file: string;
  readonly text: string;
  readonly read: HaproxyText;
}

export function haproxyProxies(file: string, text: string): readonly ProxyServer[] {
  if (templateAt(text) !== undefined) return [];
  const whole = { file, text, read: readHaproxy(text) };
  const serving = whole.read.sections.filter(({ kind }) => kind === "frontend" || kind === "listen");
  return [...serving.flatMap((it) => proxiesOf(it, whole)), ...defaultsOf(whole.read, file)];
}

const MODES: Readonly<Record<string, ClientAuthentication>> = { none: "none", optional: "optional", required: "required" };

function proxiesOf(section: Section, whole: Whole): readonly ProxyServer[] {
  const routes = routesOf(section, whole);
  return lines(section, "bind").map((bind): ProxyServer => {
    const tls = has(bind, "ssl");
    const authentication = tls ? authenticationOf(bind, section, whole) : undefined;
    return {
      product: "HAProxy",
      place: { file: whole.file, span: bind.span },
      tls,
      ...(authentication === undefined ? {} : { authentication }),
      listeners: listenersOf(bind, section, whole.file),
      statements: tls ? bindStatements(bind, section, whole) : [],
      routes,
    };
  });
}

/** A certificate is refused unless an error of its chain is ignored; who has none is, where it is required, or refused later. */
function authenticationOf(bind: Line, section: Section, { file }: Whole): ProxyAuthentication | undefined {
  const verify = optionOf(bind, "verify");
  const mode = MODES[verify?.value ?? ""];
  if (verify === undefined || mode === undefined || mode === "none") return undefined;
  const ignores = bind.words.find(({ value }) => value === "crt-ignore-err" || value === "ca-ignore-err");
  const refused = refusalsIn(section.lines);
  return {
    mode: refused.unknown ? "required" : mode,
    verified: refused.unverified || ignores === undefined,
    written: `verify ${verify.value}`,
    place: pair(file, bind, verify),
    requires: [{ span: verify.span, text: "required" }, ...(ignores === undefined ? [] : [removed(bind, ignores)])],
  };
}

/** An option with its value, and the blank before it. */
function removed({ words }: Line, option: Word): TextEdit {
  const at = words.indexOf(option);
  const before = words[at - 1] ?? option;
  const value = words[at + 1] ?? option;
  return { span: span(before.span.end, value.span.end), text: "" };
}

function bindStatements(bind: Line, section: Section, whole: Whole): readonly EdgeStatement[] {
  const { file } = whole;
  const ca = optionOf(bind, "ca-file");
  const verify = optionOf(bind, "verify");
  const mode = MODES[verify?.value ?? "none"] ?? "none";
  const base = { role: "server", call: "bind" } as const;
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const title = "Require client certificates";
  const found: EdgeStatement[] = [];
  if (ca !== undefined) {
    const edits = [{ span: span(ca.span.end, ca.span.end), text: " verify required" }];
    const betterments = verify === undefined ? [{ gives, title, edits }] : [];
    found.push({
      ...base,
      ...pair(file, bind, ca),
      fact: { kind: "trust", anchors: "loaded", from: ca.value },
      written: "ca-file",
      betterments,
    });
  }
  if (verify === undefined) {
    const fact = { kind: "client-authentication", mode: "none" } as const;
    if (!isOpen(bind)) found.push({ ...base, file, span: bind.words[0]?.span ?? bind.span, fact, written: "bind", byDefault: true });
  } else if (MODES[verify.value] !== undefined && (mode !== "none" || ca !== undefined)) {
    const isDecided =
      mode === "optional" && (section.lines.some(putsIn) || refusalsIn(section.lines).unknown || section.lines.some(asksLater));
    const fact = { kind: "client-authentication", mode: isDecided ? "required" : mode } as const;
    const edits = [{ span: verify.span, text: "required" }];
    found.push({ ...base, ...pair(file, bind, verify), fact, written: `verify ${verify.value}`, betterments: [{ gives, title, edits }] });
  }
  const list = optionOf(bind, "crl-file");
  if (list !== undefined)
    found.push({ ...base, ...pair(file, bind, list), fact: { kind: "revocation", lists: "loaded" }, written: "crl-file" });
  if (has(bind, "allow-0rtt"))
    found.push({ ...base, file, span: bind.span, fact: { kind: "early-data", bytes: 16384 }, written: "allow-0rtt" });
  return [...found, ...versionOf(bind, file, "server"), ...ciphersOf(bind, file, "server")];
}

/** A line that begins with a variable may be any. */
const putsIn = ({ words }: Line): boolean => words[0]?.value.startsWith("$") === true;

/** The service is told of the certificate, or a rule looks at it: at more than the verdict, which is good of who has none, too. */
const asksLater = ({ words }: Line): boolean =>
  words.some(({ value }) => value.replaceAll("ssl_c_verify", "").includes("ssl_c_") || value.includes("ssl_fc_has_crt")) &&
  words[0]?.value !== "log-format";

/** A `listen` has servers of its own; a `frontend` names backends. */
function routesOf(section: Section, whole: Whole): readonly Route[] {
  const named = new Set(
    section.lines.flatMap(({ words: [key, name] }) =>
      key?.value === "default_backend" || key?.value === "use_backend" ? [name?.value] : [],
    ),
  );
  const backends = whole.read.sections.filter(({ kind, name }) => (kind === "backend" || kind === "listen") && named.has(name));
  return [section, ...backends].flatMap((backend) =>
    lines(backend, "server").flatMap((line) => routeOf(line, backend, backend === section ? [section] : [section, backend], whole)),
  );
}

function routeOf(line: Line, backend: Section, way: readonly Section[], whole: Whole): readonly Route[] {
  const { file } = whole;
  const [, name, address] = line.words;
  if (name === undefined || address === undefined) return [];
  const usual = [...backend.lines, ...whole.read.sections.filter(({ kind }) => kind === "defaults").flatMap((it) => it.lines)].filter(
    ({ words }) => words[0]?.value === "default-server",
  );
  const isTls = !has(line, "no-ssl") && [line, ...usual].some((it) => has(it, "ssl"));
  const target = targetOf(address.value);
  const statements = isTls || mayBeTls(line) ? verification(line, usual, target, whole, isTls, backend) : [];
  // What is put in decides whether it is plaintext.
  if (!isTls && statements.length === 0 && (mayBeTls(line) || backend.lines.some(putsIn))) return [];
  return [
    {
      place: { file, span: span(line.span.start, address.span.end) },
      written: `server ${name.value} ${address.value}`,
      transport: isTls ? "tls" : "plaintext",
      targets: [target],
      statements,
      headers: way.flatMap((it) => it.lines.flatMap((one) => headerOf(one, file))),
      hasOtherHeaders: false,
      clears: (header) => clearing(way[0] ?? backend, header, whole),
    },
  ];
}

/** Options that a variable holds may be `ssl`, and what else it takes. */
const mayBeTls = ({ words }: Line): boolean => words.slice(3).some(({ value }) => value.startsWith("$"));

function targetOf(address: string): Target {
  if (address.startsWith("unix@") || address.startsWith("/") || address.startsWith("abns@")) return { host: "", reach: "loopback" };
  if (address.includes("$")) return { host: "", reach: "unknown" };
  const bare = address.replace(/^ipv[46]@/, "");
  const colon = bare.lastIndexOf(":");
  const host = (colon < 0 ? bare : bare.slice(0, colon)).replace(/^\[|\]$/g, "").toLowerCase();
  const port = colon < 0 ? Number.NaN : Number(bare.slice(colon + 1));
  return { host, reach: reachOfHost(host), ...(Number.isInteger(port) ? { port } : {}) };
}

/** Servers are verified unless it is said; a name is compared where it is given, by `verifyhost` or as `sni` (5.2, `verify`, `verifyhost`). */
function verification(
  line: Line,
  usual: readonly Line[],
  target: Target,
  { file, read }: Whole,
  isTls: boolean,
  backend: Section,
): readonly EdgeStatement[] {
  const from = [line, ...usual].find((it) => has(it, "verify"));
  const verify = from === undefined ? undefined : optionOf(from, "verify");
  const byDefault = read.sections
    .filter(({ kind }) => kind === "global")
    .flatMap((it) => lines(it, "ssl-server-verify"))
    .find(({ words }) => words[1]?.value === "none");
  const off = verify?.value === "none" ? verify : verify === undefined ? byDefault?.words[1] : undefined;
  const said = verify?.value === "none" ? from : byDefault;
  const base = { role: "client", call: "server" } as const;
  const reach = target.reach;
  if (off !== undefined && said !== undefined) {
    const ca = optionOf(line, "ca-file") ?? usual.flatMap((it) => optionOf(it, "ca-file") ?? [])[0];
    const named = target.host === "" || has(line, "verifyhost") ? "" : ` verifyhost ${target.host}`;
    const known = ca?.value ?? (reach === "public" ? "@system-ca" : "/etc/haproxy/upstream-ca.pem");
    const edits = [{ span: off.span, text: `required${ca === undefined ? ` ca-file ${known}` : ""}${said === line ? named : ""}` }];
    const betterments =
      said === byDefault
        ? []
        : [
            {
              gives: { kind: "server-verification", enabled: true } as const,
              title: `Verify the upstream's certificate against \`${known}\``,
              edits,
            },
          ];
    const written = said.words
      .slice(Math.max(0, said.words.indexOf(off) - 1), said.words.indexOf(off) + 1)
      .map(({ value }) => value)
      .join(" ");
    return [{ ...base, ...pair(file, said, off), fact: { kind: "server-verification", enabled: false, reach }, written, betterments }];
  }
  if (!isTls || [line, ...usual].some((it) => has(it, "verifyhost") || has(it, "sni") || isOpen(it)) || target.host === "") return [];
  if (backend.lines.some(putsIn)) return [];
  const end = line.span.end;
  const edits = [{ span: span(end, end), text: ` verifyhost ${target.host}` }];
  const betterments = [
    { gives: { kind: "hostname-verification", enabled: true } as const, title: `Verify the hostname \`${target.host}\``, edits },
  ];
  const fact = { kind: "hostname-verification", enabled: false, reach } as const;
  return [
    { ...base, file, span: span(line.span.start, line.words[2]?.span.end ?? end), fact, written: "server", byDefault: true, betterments },
  ];
}

/** `http-request set-header X-SSL-Client-DN %[ssl_c_s_dn]`, `http-request del-header X-SSL-Client-DN`. */
function headerOf(line: Line, file: string): readonly ForwardedHeader[] {
  const [keyword, action, name, ...rest] = line.words;
  if (keyword?.value !== "http-request" || name === undefined) return [];
  const place = { file, span: name.span };
  if (action?.value === "del-header") return rest.length === 0 ? [{ name: name.value, from: "nothing", place, removes: [] }] : [];
  if (action?.value !== "set-header") return [];
  const value = rest[0]?.value ?? "";
  const removes = [{ span: span(action.span.start, line.span.end), text: `del-header ${name.value}` }];
  return [{ name: name.value, from: provenanceOf(value), place, removes }];
}

/** By the fetches that are asked (7.3.4, "Fetching samples at Layer 5"). */
function provenanceOf(value: string): Provenance {
  if (value.includes("req.hdr") || value.includes("req.fhdr")) return "client";
  if (value.includes("ssl_c_der") || value.includes("ssl_c_chain_der")) return "certificate";
  if (value.includes("ssl_c_verify")) return "verdict";
  return value.includes("ssl_c_") ? "identity" : "other";
}

/** Before anything else that is done to requests. */
function clearing({ head, lines: all }: Section, header: string, { text }: Whole): readonly TextEdit[] {
  const behind = all.findLast(({ words }) => words[0]?.value === "bind") ?? head;
  const start = text.lastIndexOf("\n", behind.span.start) + 1;
  const indent = behind === head ? "    " : text.slice(start, behind.span.start);
  const end = text.indexOf("\n", behind.span.end);
  const at = end < 0 ? text.length : end;
  return [{ span: span(at, at), text: `\n${indent}http-request del-header ${header}` }];
}
