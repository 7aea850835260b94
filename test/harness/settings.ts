/** The fixtures that are no Rust: manifests, servers' settings and `.env` files, with a header and carets like the Rust ones. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./fixtures.ts";

export const SETTINGS_FOLDER = join(ROOT, "test/fixtures/settings");

export interface SettingFixture {
  /** `rocket/optional.toml`. */
  readonly name: string;
  readonly disk: string;
  readonly text: string;
  /** The whole project: what the headers ask for, and the fixture itself under `file`. */
  readonly project: Readonly<Record<string, string>>;
  readonly file: string;
}

/**
 * `#@ file: Rocket.toml` where the name matters · `#@ needs: sqlx = "0.8"` a dependency · `#@ locked: rustls 0.21.5` a line of the
 * lock file · `#@ mtls: required` a setting.
 */
export function settingFixtures(): SettingFixture[] {
  return readdirSync(SETTINGS_FOLDER, { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .flatMap(({ name: folder }) =>
      readdirSync(join(SETTINGS_FOLDER, folder))
        .filter((it) => !it.includes(".fixed."))
        .map((name) => load(folder, name)),
    );
}

function load(folder: string, name: string): SettingFixture {
  const disk = join(SETTINGS_FOLDER, folder, name);
  const text = readFileSync(disk, "utf8");
  const headers = [...text.matchAll(/^#@ ([a-z-]+): (.*)$/gm)].map(([, key = "", value = ""]) => ({ key, value: value.trim() }));
  const all = (key: string): readonly string[] => headers.filter((it) => it.key === key).map(({ value }) => value);
  const file = all("file")[0] ?? name;
  const manifest = `[package]\nname = "fixture"\nversion = "0.1.0"\n\n[dependencies]\n${all("needs").join("\n")}\n`;
  const locked = all("locked").map((it) => it.split(" "));
  const entries = locked.map(
    ([crate = "", version = ""]) => `[[package]]\nname = "${crate}"\nversion = "${version}"\nsource = "registry+x"\n`,
  );
  const own = `[[package]]\nname = "fixture"\nversion = "0.1.0"\ndependencies = [${locked.map(([crate]) => `"${crate}"`).join(", ")}]\n`;
  const [mtls] = all("mtls");
  return {
    name: `${folder}/${name}`,
    disk,
    text,
    file,
    project: {
      ...(file === "Cargo.toml" ? {} : { "Cargo.toml": manifest }),
      ...(locked.length === 0 ? {} : { "Cargo.lock": `version = 4\n\n${[own, ...entries].join("\n")}` }),
      ...(mtls === undefined ? {} : { "tlslint.toml": `mtls = "${mtls}"\n` }),
      [file]: text,
    },
  };
}

/** `a.env` → `a.fixed.env`. */
export const fixedSetting = ({ disk }: SettingFixture): string => disk.replace(/(\.[a-z]+)$/, ".fixed$1");
