/** Projects in which `--fix` and `--fix-review` have something to do: code, code with its manifest, keys in bundles, files behind links. */
import { existsSync } from "node:fs";
import { basicConstraints, certificatePem, pem, privateKey } from "../../certificates/build.ts";
import { fixedFile, fixtures, setFiles } from "../../harness/fixtures.ts";
import { MANIFEST, MISTAKEN, OPEN_SERVER } from "../../lsp/programs.ts";

export interface Project {
  readonly files: Readonly<Record<string, string>>;
  readonly modes?: Readonly<Record<string, number>>;
  /** Within the project. */
  readonly links?: Readonly<Record<string, string>>;
}

const AUTHORITY = certificatePem({ issuer: "Example CA", subject: "Example CA", extensions: [basicConstraints(true)] });

/** Fixtures whose twins show that a fix changes them. */
const SAMPLED = 24;

export function projects(): readonly Project[] {
  const key = pem("PRIVATE KEY", privateKey());
  const sampled = fixtures().filter((it) => it.sets.length > 0 && it.text.length < 4_000 && existsSync(fixedFile(it)));
  return [
    {
      files: { "Cargo.toml": MANIFEST, "src/main.rs": MISTAKEN, "src/other.rs": OPEN_SERVER, "src/third.rs": MISTAKEN },
      modes: { "src/main.rs": 0o676, "src/third.rs": 0o2750 },
    },
    { files: { "Cargo.toml": MANIFEST, "shared/real.rs": MISTAKEN }, links: { "src/main.rs": "../shared/real.rs" } },
    { files: { "ca-bundle.pem": `# the authority\n${AUTHORITY}\n${key}`, "server.key": key }, modes: { "server.key": 0o644 } },
    {
      files: { "Cargo.toml": MANIFEST, "src/main.rs": MISTAKEN, "x.pem": `${AUTHORITY}${key}` },
      modes: { "src/main.rs": 0o676 },
    },
    ...sampled
      .filter((_, at) => at % Math.ceil(sampled.length / SAMPLED) === 0)
      .map(({ sets: [set = ""], text, headers }) => ({
        files: { "Cargo.toml": setFiles(set).manifest, [headers.get("file") ?? "src/main.rs"]: text, "src/other.rs": MISTAKEN },
      })),
  ];
}
