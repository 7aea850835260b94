/** Analysis over edits: after any of them it finds what a fresh service finds in the same texts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createLintService, type LintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\nrustls = "0.23"\n';

/** Texts of each file: most differ in bodies alone, some in what they declare. */
const texts: Readonly<Record<string, readonly string[]>> = {
  "/w/src/main.rs": [
    "mod names;\nmod net;\nmod settings;\nfn main() { net::client(settings::lenient()); }\n",
    "mod names;\nmod net;\nmod settings;\nfn main() { net::client(true); }\n",
    "mod names;\nmod net;\nmod settings;\nfn main() { let _ = settings::lenient(); }\n",
    "mod names;\nmod net;\nmod settings;\nfn main() { net::client(false); }\nfn more() { net::client(true); }\n",
    "mod names;\nmod net;\nfn main() { net::client(true); }\n",
  ],
  "/w/src/net.rs": [
    "pub fn client(lenient: bool) -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(lenient).build().unwrap()\n}\n",
    "pub fn client(lenient: bool) -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(!lenient).build().unwrap()\n}\n",
    "pub fn client(lenient: bool) -> reqwest::Client {\n    let strict = false;\n    reqwest::Client::builder().danger_accept_invalid_certs(lenient && strict).build().unwrap()\n}\n",
    "// A line more.\npub fn client(_: bool) -> reqwest::Client {\n    reqwest::Client::new()\n}\n",
    "pub fn client(lenient: bool) {\n    struct Inner;\n    impl Inner { fn on() -> bool { true } }\n    let _ = reqwest::Client::builder().danger_accept_invalid_certs(lenient | Inner::on()).build();\n}\n",
  ],
  "/w/src/names.rs": [
    "pub struct Options { pub lenient: bool }\nimpl Default for Options { fn default() -> Self { Options { lenient: true } } }\npub fn connect(options: &Options) -> reqwest::Client {\n    if options.lenient { return reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap(); }\n    reqwest::Client::new()\n}\n",
    "pub struct Options { pub lenient: bool }\nimpl Default for Options { fn default() -> Self { Options { lenient: false } } }\npub fn connect(options: &Options) -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(options.lenient).build().unwrap()\n}\n",
    "pub struct Options { pub lenient: bool }\nimpl Default for Options { fn default() -> Self { Options { lenient: super::settings::lenient() } } }\npub fn connect(options: &Options) -> reqwest::Client {\n    super::net::client(options.lenient)\n}\n",
    "pub struct Options { pub lenient: bool }\nimpl Default for Options { fn default() -> Self { Options { lenient: true } } }\npub fn connect(options: &Options) -> reqwest::Client {\n    let it = match options.lenient { true => 1, false => 2 };\n    super::net::client(it == 1)\n}\n",
    "pub struct Options { pub lenient: bool }\nimpl Default for Options { fn default() -> Self { let it = Options { lenient: true }; it } }\npub fn connect(_: &Options) -> reqwest::Client { super::net::client(Options::default().lenient) }\n",
  ],
  "/w/src/settings.rs": [
    "pub fn lenient() -> bool { true }\n",
    "pub fn lenient() -> bool { false }\n",
    'pub fn lenient() -> bool { std::env::var("LENIENT").is_ok() }\n',
    "pub fn roots() -> rustls::RootCertStore { rustls::RootCertStore::empty() }\npub fn lenient() -> bool { true }\n",
    "const LENIENT: bool = true;\npub fn lenient() -> bool { LENIENT }\n",
  ],
};
const paths = Object.keys(texts);

const serviceOf = (files: Readonly<Record<string, string>>): Promise<LintService> =>
  createLintService(memoryHost({ "/w/Cargo.toml": MANIFEST, ...files }), { roots: ["/w"] });

async function found(service: LintService): Promise<readonly string[]> {
  const all: string[] = [];
  for (const path of paths)
    for (const { rule, severity, place, message, related } of (await service.lint(path)).findings) {
      const places = related.map((it) => `${it.file}:${it.span.start}`).join(" ");
      all.push(`${path}:${place.span.start}-${place.span.end} ${severity} ${rule} ${message} ${places}`);
    }
  return all.toSorted();
}

/** The same code, that stands elsewhere. */
const moved: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `// A note.\n${text}`,
  (text) => text.replace("{", "{ /* a note */"),
  (text) => text.replace("{", "{ let _noted = 1;"),
];

test("after any edits analysis finds what a fresh one does", async () => {
  const first = Object.fromEntries(paths.map((it) => [it, texts[it]?.[0] ?? ""]));
  const edit = fc.tuple(fc.constantFrom(...paths), fc.nat(4), fc.constantFrom(...moved));
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
      const service = await serviceOf(first);
      const now: Record<string, string> = { ...first };
      await found(service);
      for (const [path, which, move] of edits) {
        now[path] = move(texts[path]?.[which] ?? "");
        service.open(path, now[path]);
        const fresh = await serviceOf(now);
        const expected = await found(fresh);
        seen += expected.length;
        assert.deepEqual(await found(service), expected);
        fresh.dispose();
      }
      service.dispose();
    }),
    { numRuns: 60 },
  );
  assert.ok(seen > 100, "most states have findings");
});
