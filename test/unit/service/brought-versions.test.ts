/** Without a lock file, versions follow from what a manifest depends on: programs are read, and fixed, as with the lock file that Cargo would write. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

type Versions = Readonly<Record<string, string>>;

/** `direct`: requirements or inline tables. */
const manifest = (direct: Versions): string => {
  const dependencies = Object.entries(direct).map(([name, it]) => `${name} = ${it.startsWith("{") ? it : `"${it}"`}`);
  return `[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n${dependencies.join("\n")}\n`;
};

/** Each package depends on the next one. */
function lock(chain: readonly (readonly [name: string, version: string])[]): string {
  const all = [["app", "0.1.0"] as const, ...chain];
  const packages = all.map(([name, version], at) => {
    const next = all[at + 1];
    const source = at === 0 ? "" : 'source = "registry+https://example.org/index"\n';
    return `[[package]]\nname = "${name}"\nversion = "${version}"\n${source}${next ? `dependencies = ["${next[0]}"]\n` : ""}`;
  });
  return `version = 4\n${packages.join("")}`;
}

async function said(files: Versions): Promise<readonly string[]> {
  const named = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]));
  const service = await createLintService(memoryHost(named), { roots: ["/app"] });
  const { findings } = await service.lint("/app/src/lib.rs");
  const texts = findings.flatMap(({ rule, message, fixes }) => [
    `${rule}: ${message}`,
    ...fixes.flatMap(({ edits }) => edits.map((it) => applyEdits(files[it.file.slice("/app/".length)] ?? "", it.edits))),
  ]);
  service.dispose();
  return texts;
}

/** With a store for the clients, and nobody asked: old releases box the verifier in different ways. */
const server = (rustls: string): string => `use ${rustls}::{Certificate, Error, PrivateKey, RootCertStore, ServerConfig};

pub fn server(clients: Certificate, chain: Vec<Certificate>, key: PrivateKey) -> Result<ServerConfig, Error> {
    let mut client_roots = RootCertStore::empty();
    client_roots.add(&clients)?;
    ServerConfig::builder()
        .with_safe_defaults()
        .with_no_client_auth()
        .with_single_cert(chain, key)
}
`;

const STACKS: readonly {
  readonly direct: Versions;
  readonly chain: readonly (readonly [string, string])[];
  readonly rustls: string;
  readonly isBoxed: boolean;
}[] = [
  {
    direct: { "tokio-rustls": "0.23" },
    chain: [
      ["tokio-rustls", "0.23.4"],
      ["rustls", "0.20.9"],
    ],
    rustls: "tokio_rustls::rustls",
    isBoxed: false,
  },
  {
    direct: { "tokio-rustls": "0.24" },
    chain: [
      ["tokio-rustls", "0.24.1"],
      ["rustls", "0.21.12"],
    ],
    rustls: "tokio_rustls::rustls",
    isBoxed: true,
  },
  {
    direct: { streams: '{ version = "0.22", package = "futures-rustls" }' },
    chain: [
      ["futures-rustls", "0.22.2"],
      ["rustls", "0.20.9"],
    ],
    rustls: "streams::rustls",
    isBoxed: false,
  },
  {
    direct: { rumqttc: ">=0.20, <0.22" },
    chain: [
      ["rumqttc", "0.21.0"],
      ["tokio-rustls", "0.23.4"],
      ["rustls", "0.20.9"],
    ],
    rustls: "rumqttc::tokio_rustls::rustls",
    isBoxed: false,
  },
  {
    direct: { ureq: '{ version = "2", default-features = false, features = ["tls"] }' },
    chain: [
      ["ureq", "2.8.0"],
      ["rustls", "0.21.12"],
    ],
    rustls: "ureq::rustls",
    isBoxed: true,
  },
];

for (const { direct, chain, rustls, isBoxed } of STACKS) {
  test(`${JSON.stringify(direct)} says which rustls \`${rustls}\` is`, async () => {
    const files = { "Cargo.toml": manifest(direct), "src/lib.rs": server(rustls) };
    const found = await said(files);
    assert.match(found.join("\n"), isBoxed ? /\.boxed\(\)/ : /AllowAnyAuthenticatedClient::new\(client_roots\)(?!\.boxed)/);
    assert.doesNotMatch(found.join("\n"), isBoxed ? /allow_unauthenticated/ : /boxed/);
    assert.deepEqual(found, await said({ ...files, "Cargo.lock": lock(chain) }));
  });
}

test("of two that bring different lines, the paths of a file tell which is meant, with a lock file, too", async () => {
  const direct = { "tokio-rustls": "0.23", ureq: "2.7" };
  const files = { "Cargo.toml": manifest(direct), "src/lib.rs": server("tokio_rustls::rustls") };
  const locked = `version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["tokio-rustls", "ureq"]
${[
  ["tokio-rustls", "0.23.4", "rustls 0.20.9"],
  ["ureq", "2.8.0", "rustls 0.21.12"],
  ["rustls", "0.20.9", ""],
  ["rustls", "0.21.12", ""],
]
  .map(([name, version, needs]) => `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "r"\ndependencies = ["${needs}"]\n`)
  .join("")}`;
  for (const given of [files, { ...files, "Cargo.lock": locked }]) {
    assert.doesNotMatch((await said(given)).join("\n"), /boxed/);
    assert.match((await said({ ...given, "src/lib.rs": server("ureq::rustls") })).join("\n"), /boxed/);
  }
});

test("a dependency of its own goes before what another one hands on", async () => {
  const direct = { rustls: "0.20", "tokio-rustls": "0.24" };
  const both = `pub use tokio_rustls::TlsAcceptor;\n${server("rustls")}`;
  assert.doesNotMatch((await said({ "Cargo.toml": manifest(direct), "src/lib.rs": both })).join("\n"), /boxed/);
});

test("MISSING: a version that a package of the workspace hands on", async () => {
  const found = await said({
    "Cargo.toml": manifest({ own: '{ path = "own" }' }),
    "src/lib.rs": server("own::rustls"),
    "own/Cargo.toml": '[package]\nname = "own"\nversion = "0.1.0"\n[dependencies]\ntokio-rustls = "0.23"\n',
    "own/src/lib.rs": "pub use tokio_rustls::rustls;\n",
  });
  assert.match(found.join("\n"), /boxed/);
});
