/** The documents that the extension is for. */

/** Certificate files by name, too: another extension may have given them another language. */
const CERTIFICATE_EXTENSIONS = ["pem", "crt", "cer", "cert", "key", "csr", "crl", "p7b", "p7c"];
const CERTIFICATE_FILES = `**/*.{${CERTIFICATE_EXTENSIONS.join(",")}}`;

export const isCertificateFile = (path: string): boolean => CERTIFICATE_EXTENSIONS.some((it) => path.toLowerCase().endsWith(`.${it}`));

type Filter = { readonly scheme: string } & ({ readonly language: string } | { readonly pattern: string });

const LANGUAGES = ["rust", "pem"];
const FILES: readonly ({ readonly language: string } | { readonly pattern: string })[] = [
  { pattern: CERTIFICATE_FILES },
  { pattern: "**/*.toml" },
  { pattern: "**/{.env,.env.*,*.env}" },
  // Extensions for proxies give their files a language, or none is installed.
  { language: "nginx" },
  { language: "apacheconf" },
  { language: "haproxy" },
  { language: "caddyfile" },
  { pattern: "**/*.{conf,cfg,yml,yaml,nginx,vhost,inc,haproxy}" },
  { pattern: "**/*.conf.*" },
  { pattern: "**/{Caddyfile,Caddyfile.*,*.caddy,*.caddyfile}" },
  { pattern: "**/*envoy*.json" },
  { pattern: "**/{nginx,apache2,httpd,sites-available,sites-enabled,conf.d,conf-available,conf-enabled,snippets}/*" },
];

/** As VS Code wants them, and the protocol: what has no name yet is known by its language only. */
export const documentsOf = (schemes: readonly string[]): Filter[] =>
  schemes.flatMap((scheme): readonly Filter[] => [
    ...LANGUAGES.map((language) => ({ scheme, language })),
    ...(scheme === "untitled" ? [] : FILES.map((it) => ({ scheme, ...it }))),
  ]);
