/** What inputs are mutated from: every certificate case of the tests, every fixture of settings, and small files of the other kinds. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { caseFile, caseNames, cases } from "../certificates/cases.ts";
import { ROOT } from "../harness/fixtures.ts";

export interface Seed {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `KEPT` is linted beside each input: what it finds must stay. */
export const KEPT: Seed = { path: "/w/kept/.env", bytes: utf8("DATABASE_URL=postgres://app:x@db.example.com/app?sslmode=disable\n") };

/** Larger originals make slow inputs, and no others. */
const LARGEST = 20_000;

export async function seeds(): Promise<readonly Seed[]> {
  const found: Seed[] = [];
  for (const name of caseNames) {
    const bytes = await caseFile(name);
    if (bytes.length <= LARGEST) found.push({ path: cases[name]?.path ?? pathOf(bytes), bytes });
  }
  return [...found, ...settings(), ...OTHERS];
}

const pathOf = (bytes: Uint8Array): string => (bytes[0] === 0x30 ? "/w/a.der" : "/w/a.pem");

function settings(): readonly Seed[] {
  const folder = join(ROOT, "test/fixtures/settings");
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => ({ path: `/w/${it.name}`, bytes: readFileSync(join(it.parentPath, it.name)) }))
    .filter(({ bytes }) => bytes.length <= LARGEST)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
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
