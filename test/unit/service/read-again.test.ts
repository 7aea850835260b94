/** What was read of a unit is read again after an edit of a file that it only looked at: one that holds a default, a declaration, or a name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService, type LintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nclap = "4"\nlibc = "0.2"\nrcgen = "0.14"\nreqwest = "0.12"\n';

const CLIENT =
  "pub fn client(lenient: bool) -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(lenient).build().unwrap()\n}\n";

interface Case {
  readonly it: string;
  readonly files: Readonly<Record<string, string>>;
  readonly edited: string;
  readonly to: string;
}

const LENIENT = "pub fn lenient() -> bool { true }\n";
const OPTIONS = "#[derive(clap::Parser)]\npub struct Options {\n    #[arg(long, default_value_t = true)]\n    pub lenient: bool,\n}\n";

const CASES: readonly Case[] = [
  {
    it: "a default that another function writes moves",
    files: {
      "main.rs": "mod names;\nmod net;\nmod settings;\nfn main() {}\n",
      "net.rs": CLIENT,
      "names.rs":
        "pub struct Options { pub lenient: bool }\nimpl Default for Options { fn default() -> Self { Options { lenient: super::settings::lenient() } } }\npub fn connect(options: &Options) -> reqwest::Client { super::net::client(options.lenient) }\n",
      "settings.rs": LENIENT,
    },
    edited: "settings.rs",
    to: `// A note.\n${LENIENT}`,
  },
  {
    it: "the field of an option moves",
    files: {
      "main.rs": "mod net;\nmod options;\nuse clap::Parser;\nfn main() { net::client(options::Options::parse().lenient); }\n",
      "net.rs": CLIENT,
      "options.rs": OPTIONS,
    },
    edited: "options.rs",
    to: `// A note.\n${OPTIONS}`,
  },
  {
    it: "a body that has to do with nothing names what is looked for",
    files: {
      "main.rs":
        'mod aside;\nfn main() {\n    let key = rcgen::KeyPair::generate().unwrap();\n    std::fs::write("key.pem", key.serialize_pem()).unwrap();\n}\n',
      "aside.rs": "pub fn aside() {}\n",
    },
    edited: "aside.rs",
    to: "pub fn aside() { unsafe { libc::umask(0o077); } }\n",
  },
];

const at = (name: string): string => `/w/src/${name}`;
const serviceOf = (files: Readonly<Record<string, string>>): Promise<LintService> =>
  createLintService(
    memoryHost({ "/w/Cargo.toml": MANIFEST, ...Object.fromEntries(Object.entries(files).map(([name, text]) => [at(name), text])) }),
    {
      roots: ["/w"],
    },
  );

async function said(service: LintService, names: readonly string[]): Promise<readonly string[]> {
  const all: string[] = [];
  for (const name of names)
    for (const { rule, message, place, related } of (await service.lint(at(name))).findings)
      all.push([name, rule, place.span.start, message, ...related.map((it) => `${it.file}:${it.span.start}`)].join(" "));
  return all;
}

for (const { it, files, edited, to } of CASES)
  test(it, async () => {
    const names = Object.keys(files);
    const service = await serviceOf(files);
    const before = await said(service, names);
    service.open(at(edited), to);
    const fresh = await serviceOf({ ...files, [edited]: to });
    const expected = await said(fresh, names);
    assert.notDeepEqual(expected, before, "the edit changes what is said");
    assert.deepEqual(await said(service, names), expected);
    service.dispose();
    fresh.dispose();
  });

test("each of two programs that do not know each other is read again when a default that both go by is another one", async () => {
  const options = (lenient: string): string =>
    `pub struct Options { pub lenient: bool }\nimpl Default for Options { fn default() -> Self { Options { lenient: ${lenient} } } }\n`;
  const program =
    "fn connect(options: settings::Options) -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(options.lenient).build().unwrap()\n}\nfn main() { serve(connect) }\n";
  const manifest = (name: string): string =>
    `[package]\nname = "${name}"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\nsettings = { path = "../settings" }\n`;
  const files = (lenient: string): Readonly<Record<string, string>> => ({
    "/w/Cargo.toml": '[workspace]\nmembers = ["one", "other", "settings"]\n',
    "/w/one/Cargo.toml": manifest("one"),
    "/w/one/src/main.rs": program,
    "/w/other/Cargo.toml": manifest("other"),
    "/w/other/src/main.rs": program,
    "/w/settings/Cargo.toml": '[package]\nname = "settings"\nversion = "0.1.0"\n',
    "/w/settings/src/lib.rs": options(lenient),
  });
  const both = async (service: LintService): Promise<readonly string[]> => {
    const all = await Promise.all(["one", "other"].map((it) => service.lint(`/w/${it}/src/main.rs`)));
    return all.map(({ findings }) => findings.map(({ message }) => message).join(" "));
  };
  const service = await createLintService(memoryHost(files("elsewhere::ask()")), { roots: ["/w"] });
  const before = await both(service);
  service.open("/w/settings/src/lib.rs", options("true"));
  const fresh = await createLintService(memoryHost(files("true")), { roots: ["/w"] });
  const expected = await both(fresh);
  for (const [at, it] of expected.entries()) assert.notEqual(it, before[at]);
  assert.deepEqual(await both(service), expected);
  service.dispose();
  fresh.dispose();
});
