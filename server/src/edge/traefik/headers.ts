/**
 * What Traefik tells the service of its client. Its entry points remove a client's own `X-Forwarded-Tls-Client-Cert` and `-Info` unless they
 * are told to trust it (`forwardedHeaders.insecure`, `trustedIPs`); `passTLSClientCert` sets them from the certificate.
 */
import type { ForwardedHeader } from "../proxy.ts";
import { entries, get, textOf, type YamlValue } from "../yaml/documents.ts";

const WHOLE = "X-Forwarded-Tls-Client-Cert";
const INFORMATION = "X-Forwarded-Tls-Client-Cert-Info";

/** A middleware, and the file that has it. */
export interface Middleware {
  readonly file: string;
  readonly value: YamlValue;
}

/** Middlewares that leave headers about clients as they are. */
const PLAIN: ReadonlySet<string> = new Set(
  "addPrefix basicAuth buffering chain circuitBreaker compress contentType digestAuth errors ipAllowList ipWhiteList inFlightReq rateLimit redirectRegex redirectScheme replacePath replacePathRegex retry stripPrefix stripPrefixRegex headers passTLSClientCert"
    .toLowerCase()
    .split(" "),
);

const named = (value: YamlValue | undefined, name: string): YamlValue | undefined =>
  entries(value).find(({ key }) => key.toLowerCase() === name)?.value;

export const isPlain = ({ value }: Middleware): boolean => entries(value).every(({ key }) => PLAIN.has(key.toLowerCase()));

/** Whether an entry point of a static configuration hands on what clients write there. */
export const trustsClients = (root: YamlValue): boolean =>
  entries(get(root, "entryPoints")).some(({ value }) => textOf(get(value, "forwardedHeaders", "insecure")) === "true");

/** `trusting`: what clients write is not removed. */
export function headersOf(
  middlewares: readonly Middleware[],
  router: { readonly file: string; readonly span: ForwardedHeader["place"]["span"] },
  trusting: boolean,
): readonly ForwardedHeader[] {
  const set = middlewares.flatMap((it) => [...passed(it), ...custom(it)]);
  const removed = trusting ? [] : [WHOLE, INFORMATION].filter((name) => !set.some((it) => it.name === name));
  return [...set, ...removed.map((name): ForwardedHeader => ({ name, from: "nothing", place: router, removes: [] }))];
}

function passed({ file, value }: Middleware): readonly ForwardedHeader[] {
  const found = entries(value).find(({ key }) => key.toLowerCase() === "passtlsclientcert");
  if (found === undefined) return [];
  const place = { file, span: found.keySpan };
  const isWhole = textOf(get(found.value, "pem")) === "true";
  const isTold = get(found.value, "info") !== undefined;
  return [
    ...(isWhole ? [{ name: WHOLE, from: "certificate", place, removes: [] } as const] : []),
    ...(isTold ? [{ name: INFORMATION, from: "identity", place, removes: [] } as const] : []),
  ];
}

/** An empty value removes the header; Traefik fills nothing in. */
const custom = ({ file, value }: Middleware): readonly ForwardedHeader[] =>
  entries(named(named(value, "headers"), "customrequestheaders")).map(({ key, keySpan, value: it }) => ({
    name: key,
    from: textOf(it) === "" ? "nothing" : "other",
    place: { file, span: keySpan },
    removes: [],
  }));
