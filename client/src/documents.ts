/** The documents that the extension is for. */

/** Certificate files by name, too: another extension may have given them another language. */
const CERTIFICATE_EXTENSIONS = ["pem", "crt", "cer", "key", "csr", "crl", "p7b", "p7c"];
const CERTIFICATE_FILES = `**/*.{${CERTIFICATE_EXTENSIONS.join(",")}}`;

export const isCertificateFile = (path: string): boolean => CERTIFICATE_EXTENSIONS.some((it) => path.toLowerCase().endsWith(`.${it}`));

type Filter = { readonly scheme: string } & ({ readonly language: string } | { readonly pattern: string });

/** As VS Code wants them, and the protocol. */
export const DOCUMENTS: readonly Filter[] = [
  { scheme: "file", language: "rust" },
  { scheme: "untitled", language: "rust" },
  { scheme: "file", language: "pem" },
  { scheme: "untitled", language: "pem" },
  { scheme: "file", pattern: CERTIFICATE_FILES },
  { scheme: "file", pattern: "**/*.toml" },
  { scheme: "file", pattern: "**/{.env,.env.*,*.env}" },
  // Extensions for proxies give their files a language, or none is installed.
  { scheme: "file", language: "nginx" },
  { scheme: "file", pattern: "**/*.{conf,cfg,yml,yaml}" },
  { scheme: "file", pattern: "**/{Caddyfile,Caddyfile.*,*.caddy,*.caddyfile}" },
  { scheme: "file", pattern: "**/*envoy*.json" },
  { scheme: "file", pattern: "**/{nginx,sites-available,sites-enabled,conf.d,snippets}/*" },
];
