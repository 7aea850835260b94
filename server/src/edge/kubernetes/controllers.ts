/**
 * Controllers of Ingresses as their annotations tell: ingress-nginx, HAProxy Ingress (haproxy-ingress.github.io, "Configuration keys"), and
 * HAProxy Technologies' (haproxy.com, "Ingress annotations"), which asks clients for certificates by its ConfigMap alone. Data only.
 */
import type { Provenance } from "../proxy.ts";

export interface Controller {
  /** Of its annotations. */
  readonly prefix: string;
  /** Set on every request where certificates are asked for. */
  readonly headers: readonly (readonly [string, Provenance])[];
  /** The header for the whole certificate, and the annotation by which it is forwarded. */
  readonly certificate?: { readonly header: string; readonly passedBy: string };
  /** Annotations with the values by which services are connected to with TLS, in lower case. */
  readonly tls: readonly (readonly [string, readonly string[]])[];
  /** Annotations that must be there for a service to be verified, one of them with a value of its own. */
  readonly verifiedBy: readonly (readonly [string, string | undefined])[];
  /** Without it no name is compared. */
  readonly namedBy?: string;
  /** Others, by which headers may be set. */
  readonly snippets: readonly string[];
}

export const INGRESS_NGINX: Controller = {
  prefix: "nginx.ingress.kubernetes.io/",
  headers: [
    ["ssl-client-verify", "verdict"],
    ["ssl-client-subject-dn", "identity"],
    ["ssl-client-issuer-dn", "identity"],
  ],
  certificate: { header: "ssl-client-cert", passedBy: "auth-tls-pass-certificate-to-upstream" },
  tls: [["backend-protocol", ["https", "grpcs"]]],
  verifiedBy: [
    ["proxy-ssl-verify", "on"],
    ["proxy-ssl-secret", undefined],
  ],
  snippets: ["configuration-snippet", "proxy-set-headers"],
};

export const CONTROLLERS: readonly Controller[] = [
  INGRESS_NGINX,
  {
    prefix: "haproxy-ingress.github.io/",
    headers: [
      ["X-SSL-Client-DN", "identity"],
      ["X-SSL-Client-CN", "identity"],
      ["X-SSL-Client-SHA1", "identity"],
    ],
    certificate: { header: "X-SSL-Client-Cert", passedBy: "auth-tls-cert-header" },
    tls: [
      ["backend-protocol", ["h1-ssl", "h2-ssl", "https", "grpcs"]],
      ["secure-backends", ["true"]],
    ],
    verifiedBy: [["secure-verify-ca-secret", undefined]],
    namedBy: "secure-verify-hostname",
    snippets: ["config-backend", "headers"],
  },
  {
    prefix: "haproxy.org/",
    headers: [],
    tls: [["server-ssl", ["true"]]],
    verifiedBy: [["server-ca", undefined]],
    snippets: ["backend-config-snippet", "request-set-header"],
  },
];
