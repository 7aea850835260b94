/** The Rust fixtures: real files with a header that says against which crates they compile, and carets that say what is found. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = process.env["TLSLINT_ROOT"] ?? process.cwd();
const FOLDER = join(ROOT, "test/fixtures/rust");

export interface Fixture {
  /** `disabled-verification/literal`. */
  readonly name: string;
  readonly rule: string;
  readonly file: string;
  readonly text: string;
  /** Names of crate sets under test/cargo/sets; empty for pasted code that compiles nowhere. */
  readonly sets: readonly string[];
  readonly headers: ReadonlyMap<string, string>;
}

export function fixtures(): Fixture[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: rule }) =>
      readdirSync(join(FOLDER, rule))
        .filter((file) => file.endsWith(".rs") && !/\.fixed(\.[\w.-]+)?\.rs$/.test(file))
        .map((file) => load(rule, file)),
    );
}

function load(rule: string, file: string): Fixture {
  const path = join(FOLDER, rule, file);
  const text = readFileSync(path, "utf8");
  const headers = new Map([...text.matchAll(/^\/\/@ ([a-z-]+): (.*)$/gm)].map(([, key = "", value = ""]) => [key, value.trim()]));
  const sets = (headers.get("crates") ?? "").split(/\s+/).filter((set) => set !== "" && set !== "none" && set !== "(pasted)");
  return { name: `${rule}/${file.replace(/\.rs$/, "")}`, rule, file: path, text, sets, headers };
}

/** The `tlslint.toml` that a fixture's header asks for. */
export function settingsOf({ headers }: Fixture): string | undefined {
  const lines = ["mtls", "minimum-version", "server-ca"].flatMap((key) => {
    const value = headers.get(key);
    return value === undefined ? [] : [`${key} = "${value}"\n`];
  });
  return lines.length === 0 ? undefined : lines.join("");
}

/** The manifest and lock file of a crate set, as the linted project sees them. */
export function setFiles(set: string): { readonly manifest: string; readonly lock: string | undefined } {
  const folder = join(ROOT, "test/cargo/sets", set);
  const lock = join(folder, "Cargo.lock");
  return { manifest: readFileSync(join(folder, "Cargo.toml"), "utf8"), lock: existsSync(lock) ? readFileSync(lock, "utf8") : undefined };
}

/** Where the fixed twin of a fixture lies: one for all sets, or one a set where the crates' words differ. */
export const fixedFile = (fixture: Fixture, set?: string): string =>
  fixture.file.replace(/\.rs$/, set === undefined ? ".fixed.rs" : `.fixed.${set}.rs`);
