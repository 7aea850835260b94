/** What inputs are mutated from: every certificate case, every fixture of settings and of Rust, and small files of the other kinds. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { caseFile, caseNames, cases } from "../../certificates/cases.ts";
import { fixtures, ROOT, setFiles } from "../../harness/fixtures.ts";
import { workspaces } from "../../harness/workspaces.ts";
import { MANIFEST, MISTAKEN } from "../../lsp/programs.ts";

export interface Seed {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly beside?: Readonly<Record<string, string>>;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What lies beside each input and is linted after it: what is found there must stay. */
export const KEPT = {
  settings: {
    path: "/w/kept/.env",
    rule: "unverified-database-tls",
    files: { "/w/kept/.env": "DATABASE_URL=postgres://app:x@db.example.com/app?sslmode=disable\n" },
  },
  code: {
    path: "/w/kept/src/main.rs",
    rule: "disabled-verification",
    files: { "/w/kept/src/main.rs": MISTAKEN, "/w/kept/Cargo.toml": MANIFEST },
  },
} as const;

/** Larger originals make slow inputs, and no others. */
const LARGEST = 20_000;
const isSmall = ({ bytes }: Seed): boolean => bytes.length <= LARGEST;

export async function seeds(): Promise<readonly Seed[]> {
  const found: Seed[] = [];
  for (const name of caseNames) {
    const bytes = await caseFile(name);
    found.push({ path: cases[name]?.path ?? pathOf(bytes), bytes });
  }
  return [...found, ...settings(), ...OTHERS].filter(isSmall);
}

const pathOf = (bytes: Uint8Array): string => (bytes[0] === 0x30 ? "/w/a.der" : "/w/a.pem");

function settings(): readonly Seed[] {
  const folder = join(ROOT, "test/fixtures/settings");
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => ({ path: `/w/${it.name}`, bytes: readFileSync(join(it.parentPath, it.name)) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Each with the manifest that tells its crates, and where it is of a workspace with all of that. */
export function codeSeeds(): readonly Seed[] {
  const alone = fixtures().map(({ text, sets: [set], headers }): Seed => {
    const manifest = set === undefined ? {} : { "/w/Cargo.toml": setFiles(set).manifest };
    return { path: `/w/${headers.get("file") ?? "src/main.rs"}`, bytes: utf8(text), beside: manifest };
  });
  const together = workspaces().flatMap(({ files }) => {
    const beside = Object.fromEntries([...files].map(([path, { text }]) => [`/w/${path}`, text]));
    return [...files]
      .filter(([path]) => path.endsWith(".rs"))
      .map(([path, { text }]) => ({ path: `/w/${path}`, bytes: utf8(text), beside }));
  });
  return [...alone, ...together].filter(isSmall).sort((a, b) => Buffer.compare(a.bytes, b.bytes));
}

const OTHERS: readonly Seed[] = [
  { path: "/w/tlslint.toml", bytes: utf8('mtls = "required"\nexclude = ["a/**", "!b"]\n[rules]\nweak-key = "off"\n[certificates]\n') },
  {
    path: "/w/Cargo.toml",
    bytes: utf8('[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nrustls = { version = "0.23", features = ["ring"] }\n'),
  },
  { path: "/w/Cargo.lock", bytes: utf8('version = 4\n[[package]]\nname = "rustls"\nversion = "0.23.20"\ndependencies = ["ring"]\n') },
  {
    path: "/w/.env",
    bytes: utf8('export A="x\\"y" # b\nREDIS_URL=rediss://:p@h:6380/0#insecure\n# tlslint: allow(weak-key): no\nB=\'c\'\n'),
  },
];
