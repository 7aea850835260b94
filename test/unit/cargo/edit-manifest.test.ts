/** Dependencies and features added to manifests of every manner; what cannot be done well is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { withDependency } from "../../../server/src/cargo/edit-manifest.ts";
import { readManifest } from "../../../server/src/cargo/index.ts";

const MTLS = { package: "rocket", requirement: "0.5", features: ["mtls"] };
const PEM = { package: "rustls-pemfile", requirement: "1", features: [] };

function after(text: string, wanted: typeof MTLS | typeof PEM, workspace?: string): string {
  const result = withDependency(text, wanted, workspace);
  return result.ok ? applyEdits(text, result.value) : `refused: ${result.error}`;
}

for (const [name, wanted, before, expected] of [
  [
    "a string becomes a table",
    MTLS,
    '[dependencies]\nrocket = "0.5.1"\n',
    '[dependencies]\nrocket = { version = "0.5.1", features = ["mtls"] }\n',
  ],
  [
    "a table gains a list",
    MTLS,
    '[dependencies]\nrocket = { version = "0.5" } # web\n',
    '[dependencies]\nrocket = { version = "0.5", features = ["mtls"] } # web\n',
  ],
  [
    "a list gains a name",
    MTLS,
    '[dependencies]\nrocket = { version = "0.5", features = ["tls"] }\n',
    '[dependencies]\nrocket = { version = "0.5", features = ["tls", "mtls"] }\n',
  ],
  [
    "a list over several lines gains one",
    MTLS,
    '[dependencies.rocket]\nversion = "0.5"\nfeatures = [\n  "tls",\n  "json",\n]\n',
    '[dependencies.rocket]\nversion = "0.5"\nfeatures = [\n  "tls",\n  "json",\n  "mtls",\n]\n',
  ],
  [
    "an empty list is filled",
    MTLS,
    '[dependencies]\nrocket = { version = "0.5", features = [] }\n',
    '[dependencies]\nrocket = { version = "0.5", features = ["mtls"] }\n',
  ],
  [
    "a table of its own gains a line",
    MTLS,
    '[dependencies.rocket]\nversion = "0.5"\n\n[features]\n',
    '[dependencies.rocket]\nversion = "0.5"\nfeatures = ["mtls"]\n\n[features]\n',
  ],
  [
    "an inherited one gains a line",
    MTLS,
    "[dependencies]\nrocket.workspace = true\n",
    '[dependencies]\nrocket.workspace = true\nrocket.features = ["mtls"]\n',
  ],
  [
    "an inherited table gains a list",
    MTLS,
    "[dependencies]\nrocket = { workspace = true }\n",
    '[dependencies]\nrocket = { workspace = true, features = ["mtls"] }\n',
  ],
  [
    "a renamed one is found",
    MTLS,
    '[dependencies]\nweb = { package = "rocket", version = "0.5" }\n',
    '[dependencies]\nweb = { package = "rocket", version = "0.5", features = ["mtls"] }\n',
  ],
  [
    "too old a requirement is raised",
    { ...MTLS, requirement: "0.5.2" },
    '[dependencies]\nrocket = "0.5"\n',
    '[dependencies]\nrocket = { version = "0.5.2", features = ["mtls"] }\n',
  ],
  [
    "what is there stays",
    MTLS,
    '[dependencies]\nrocket = { version = "0.5", features = ["mtls"] }\n',
    '[dependencies]\nrocket = { version = "0.5", features = ["mtls"] }\n',
  ],
  [
    "a new one takes its place",
    PEM,
    '[dependencies]\nrustls = "0.21"\ntokio = "1"\n',
    '[dependencies]\nrustls = "0.21"\nrustls-pemfile = "1"\ntokio = "1"\n',
  ],
  [
    "unsorted, a new one goes last",
    PEM,
    '[dependencies]\ntokio = "1"\nrustls = "0.21" # old\n\n[dev-dependencies]\n',
    '[dependencies]\ntokio = "1"\nrustls = "0.21" # old\nrustls-pemfile = "1"\n\n[dev-dependencies]\n',
  ],
  ["an empty section is filled", PEM, "[dependencies]\n", '[dependencies]\nrustls-pemfile = "1"\n'],
  ["without a section, one is made", PEM, '[package]\nname = "a"', '[package]\nname = "a"\n\n[dependencies]\nrustls-pemfile = "1"\n'],
  [
    "beside tables of their own",
    PEM,
    '[package]\nname = "a"\n\n[dependencies.rustls]\nversion = "0.21"\n',
    '[package]\nname = "a"\n\n[dependencies]\nrustls-pemfile = "1"\n\n[dependencies.rustls]\nversion = "0.21"\n',
  ],
  ["line ends stay", PEM, '[dependencies]\r\nrustls = "0.21"\r\n', '[dependencies]\r\nrustls = "0.21"\r\nrustls-pemfile = "1"\r\n'],
  [
    "for tests only is not enough",
    PEM,
    '[dependencies]\nrustls = "0.21"\n[dev-dependencies]\nrustls-pemfile = "1"\n',
    '[dependencies]\nrustls = "0.21"\nrustls-pemfile = "1"\n[dev-dependencies]\nrustls-pemfile = "1"\n',
  ],
  ["what does not parse is refused", PEM, "[dependencies\n", "refused: Cargo.toml does not parse"],
] as const)
  test(name, () => {
    assert.equal(after(before, { ...wanted, features: [...wanted.features] }), expected);
  });

test("what the workspace has is inherited, and its features count", () => {
  const root = '[workspace.dependencies]\nrustls-pemfile = "1"\nrocket = { version = "0.5", features = ["mtls"] }\n';
  assert.equal(after("[dependencies]\n", PEM, root), "[dependencies]\nrustls-pemfile.workspace = true\n");
  assert.equal(after("[dependencies]\nrocket.workspace = true\n", MTLS, root), "[dependencies]\nrocket.workspace = true\n");
});

test("a requirement that the workspace states is not raised unseen", () => {
  const member = "[dependencies]\nrocket.workspace = true\n";
  const root = (requirement: string) => `[workspace.dependencies]\nrocket = { version = "${requirement}" }\n`;
  const wanted = { package: "rocket", requirement: "0.5.1", features: [] };
  assert.equal(after(member, wanted, root("0.5.2")), member);
  assert.match(after(member, wanted, root("0.5")), /^refused/);
});

test("whatever a manifest looks like: the result has what was wanted, keeps the rest, and needs nothing more", () => {
  const name = fc.constantFrom("a", "rocket", "rustls", "tokio", "zeroize");
  const value = fc.constantFrom(
    '"1"',
    '{ version = "1" }',
    '{ version = "1", features = ["x"] }',
    "{ workspace = true }",
    '{ path = "../a", features = [\n  "x",\n  "y"\n] }',
    '{ version = "1", optional = true } # why',
  );
  const entry = fc.tuple(name, value).map(([key, it]) => ({ key, line: `${key} = ${it}` }));
  const lines = fc.uniqueArray(entry, { selector: (it) => it.key, maxLength: 4 });
  const eol = fc.constantFrom("\n", "\r\n");
  const wanted = fc.constantFrom(MTLS, PEM, { package: "tokio", requirement: "1.2", features: ["full", "rt"] });
  fc.assert(
    fc.property(lines, lines, eol, wanted, fc.boolean(), (own, dev, end, want, tables) => {
      const one = ['[package]\nname = "p"\n', ...(own.length > 0 ? ["[dependencies]", ...own.map((it) => it.line), ""] : [])];
      const rest = [
        ...(dev.length > 0 ? ["[dev-dependencies]", ...dev.map((it) => it.line)] : []),
        ...(tables ? ['[dependencies.own]\nversion = "1"'] : []),
      ];
      const text = [...one, ...rest].join("\n").replaceAll("\n", end);
      const result = withDependency(text, want);
      assert.ok(result.ok, text);
      const fixed = applyEdits(text, result.value);
      const again = withDependency(fixed, want);
      assert.deepEqual(again, { ok: true, value: [] }, fixed);
      const [before, then] = [readManifest(text), readManifest(fixed)];
      assert.ok(before.ok && then.ok, fixed);
      const others = (it: typeof before) =>
        it.ok ? it.value.dependencies.filter((one) => one.package !== want.package || one.kind !== "normal") : [];
      assert.deepEqual(others(then), others(before));
      if (end === "\r\n") assert.doesNotMatch(fixed, /[^\r]\n/);
    }),
    { numRuns: 500 },
  );
});
