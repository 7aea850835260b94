/** The import law of `docs/architecture.md` as data: what each folder of the server may import. */

export const LAYERS = {
  base: [],
  rust: ["base"],
  pki: ["base"],
  tls: ["base", "pki"],
  flow: ["base", "rust"],
  models: ["tls", "flow"],
  analysis: ["base", "rust", "flow", "tls", "models"],
  remedies: ["base", "rust", "flow", "tls", "models", "analysis"],
  cargo: ["base"],
  settings: ["base", "tls", "models", "cargo"],
  edge: ["base", "tls", "models", "settings"],
  rules: ["base", "tls", "pki"],
  project: ["base", "rust", "flow", "pki", "tls", "models", "analysis", "remedies", "cargo", "settings", "edge", "rules"],
  service: ["base", "rust", "flow", "pki", "tls", "models", "analysis", "remedies", "cargo", "settings", "edge", "rules", "project"],
  lsp: ["service", "base", "tls"],
  cli: ["service", "base", "tls"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Packages that only some layers may import; a file directly under `src` (the mains, the Node host) may import all. */
export const PACKAGES = [
  { pattern: /^node:/, layers: ["cli"] },
  { pattern: /^@noble\//, layers: ["pki"] },
  { pattern: /^vscode-languageserver/, layers: ["lsp"] },
  { pattern: /^smol-toml$/, layers: ["cargo", "service"] },
  { pattern: /^yaml$/, layers: ["edge"] },
  { pattern: /^diff$/, layers: ["cli"] },
] as const;
