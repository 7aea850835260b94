/** What holds for any program, whatever its size or neighbours: by generated programs, of which all is known. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../../server/src/service/api.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST =
  '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nreqwest = "0.12"\nserde = "1"\ntoml = "0.8"\n';

async function findings(text: string): Promise<readonly Finding[]> {
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/main.rs": text });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings: found } = await service.lint("/project/src/main.rs");
  service.dispose();
  assert.deepEqual(
    host.lines.filter(({ level }) => level === "error"),
    [],
  );
  return found;
}

/** `severity rule: the text of the line`. */
async function said(text: string): Promise<readonly string[]> {
  const lines = text.split("\n");
  return (await findings(text)).map(
    ({ severity, rule, place }) => `${severity} ${rule}: ${lines[text.slice(0, place.span.start).split("\n").length - 1]?.trim()}`,
  );
}

const HELPER = `pub fn client(accept: bool) -> reqwest::Client {
    reqwest::Client::builder().danger_accept_invalid_certs(accept).build().unwrap()
}
`;

for (const count of [9, 50, 500])
  test(`one of ${count} calls of a helper in one function is insecure`, async () => {
    const calls = Array.from({ length: count }, (_, at) => `    client(${at === count - 1 ? "true" : "false"});`).join("\n");
    assert.deepEqual(await said(`${HELPER}\npub fn all() {\n${calls}\n}\n`), ["error disabled-verification: client(true);"]);
  });

test("a comment of 10 KB in a helper changes nothing", async () => {
  const helper = HELPER.replace("{\n", `{\n    // ${"all is well ".repeat(850)}\n`);
  assert.deepEqual(await said(`${helper}\npub fn one() {\n    client(true);\n}\n`), ["error disabled-verification: client(true);"]);
});

test("one function with a feature, another without it: each is there whole, and neither makes up for the other", async () => {
  const one = (name: string, cfg: string): string =>
    `#[cfg(${cfg})]\npub fn ${name}() -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()\n}\n`;
  const found = await findings(`${one("a", 'feature = "x"')}\n${one("b", 'not(feature = "x")')}`);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ["error", "error"],
  );
});

test("one helper is called strictly here and insecurely there", async () => {
  const callers = "pub fn strict() {\n    client(false);\n}\n\npub fn lax() {\n    client(true);\n}\n";
  assert.deepEqual(await said(`${HELPER}\n${callers}`), ["error disabled-verification: client(true);"]);
});

test("a wrapper whose name is a parameter elsewhere", async () => {
  const wrapper = "pub fn insecure_client() {\n    client(true);\n}\n";
  const elsewhere = "pub fn other(insecure_client: u8) -> u8 {\n    insecure_client\n}\n";
  const alone = await said(`${HELPER}\n${wrapper}`);
  assert.deepEqual(alone, ["hint disabled-verification: client(true);"]);
  assert.deepEqual(await said(`${HELPER}\n${wrapper}\n${elsewhere}`), alone);
});

test("300 settings under conditions of their own", async () => {
  const settings = Array.from({ length: 300 }, (_, at) => `    if options.o${at} {\n        builder = builder.no_gzip();\n    }`).join(
    "\n",
  );
  const fields = Array.from({ length: 300 }, (_, at) => `    pub o${at}: bool,`).join("\n");
  const text = `pub struct Options {\n${fields}\n}\n\npub fn client(options: &Options) -> reqwest::Client {
    let mut builder = reqwest::Client::builder();
${settings}
    builder.danger_accept_invalid_certs(true).build().unwrap()
}\n`;
  assert.deepEqual(await said(text), ["error disabled-verification: builder.danger_accept_invalid_certs(true).build().unwrap()"]);
});

test("functions that call each other, and one that calls itself", async () => {
  const mutual = `pub fn even(left: u32) {
    if left == 0 {
        client(true);
    } else {
        odd(left - 1);
    }
}

pub fn odd(left: u32) {
    if left > 0 {
        even(left - 1);
    }
}

pub fn main() {
    even(9);
}
`;
  const found = await said(`${HELPER}\n${mutual}`);
  assert.equal(found.length, 1);
  assert.match(found[0] ?? "", /disabled-verification: client\(true\);$/);
});

test("closures that are handed to functions of the program", async () => {
  const text = `${HELPER}
pub fn with(make: impl Fn(bool) -> reqwest::Client) -> reqwest::Client {
    make(true)
}

pub fn main() {
    with(|accept| client(accept));
}
`;
  assert.deepEqual(await said(text), ["error disabled-verification: make(true)"]);
});

const FINISHED = "reqwest::Client::builder().danger_accept_invalid_certs";

test("a chain of 400 helpers hands on what is decided at its start", async () => {
  const links = Array.from({ length: 400 }, (_, at) => `fn link${at}(accept: bool) {\n    link${at + 1}(accept);\n}\n`).join("\n");
  const end = `fn link400(accept: bool) {\n    ${FINISHED}(accept).build().unwrap();\n}\n`;
  assert.deepEqual(await said(`${links}\n${end}\npub fn main() {\n    link0(true);\n}\n`), ["error disabled-verification: link0(true);"]);
});

const SETTINGS = `#[derive(serde::Deserialize)]
pub struct Settings {
    #[serde(default)]
    pub verify: bool,
}
`;

for (const [name, read] of Object.entries({
  "a turbofish": "let settings = toml::from_str::<Settings>(text).unwrap();",
  "an annotation": "let settings: Settings = toml::from_str(text).unwrap();",
}))
  test(`what a deserialiser gives has the type's defaults: by ${name}`, async () => {
    const text = `${SETTINGS}\npub fn client(text: &str) -> reqwest::Client {\n    ${read}\n    ${FINISHED}(!settings.verify).build().unwrap()\n}\n`;
    const [found, ...more] = await findings(text);
    assert.equal(more.length, 0);
    assert.equal(found?.rule, "disabled-verification");
    // Off unless asked for: who sets nothing is not verified.
    assert.equal(found.severity, "warning");
  });

for (const [name, keep] of Object.entries({
  "a channel":
    "let (sender, receiver) = std::sync::mpsc::channel();\n    sender.send(true).unwrap();\n    let accept = receiver.recv().unwrap();",
  "a map":
    'let mut held = std::collections::HashMap::new();\n    held.insert("accept", true);\n    let accept = *held.get("accept").unwrap();',
  "a cell that is set once": "let held = std::sync::OnceLock::new();\n    held.set(true).unwrap();\n    let accept = *held.get().unwrap();",
  "a lock": "let held = std::sync::Mutex::new(true);\n    let accept = *held.lock().unwrap();",
  "a vector": "let mut held = Vec::new();\n    held.push(true);\n    let accept = held.pop().unwrap();",
}))
  test(`a value goes through ${name}`, async () => {
    const found = await findings(`pub fn client() -> reqwest::Client {\n    ${keep}\n    ${FINISHED}(accept).build().unwrap()\n}\n`);
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ["disabled-verification"],
    );
  });

test("a trait object calls the only type that there is", async () => {
  const text = `pub trait Policy {
    fn accept(&self) -> bool;
}

pub struct Lax;

impl Policy for Lax {
    fn accept(&self) -> bool {
        true
    }
}

pub fn client(policy: &dyn Policy) -> reqwest::Client {
    ${FINISHED}(policy.accept()).build().unwrap()
}
`;
  const found = await findings(text);
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ["disabled-verification"],
  );
});

test("an async function is called and awaited", async () => {
  const text = `async fn accept() -> bool {
    true
}

pub async fn client() -> reqwest::Client {
    ${FINISHED}(accept().await).build().unwrap()
}
`;
  assert.deepEqual(await said(text), ["error disabled-verification: true"]);
});

test("what is asked after the earlier arms have left holds", async () => {
  const text = `pub fn client(name: &str) -> reqwest::Client {
    let accept = match name {
        "strict" => false,
        _ => true,
    };
    ${FINISHED}(accept).build().unwrap()
}
`;
  const found = await findings(text);
  assert.equal(found.length, 1);
  assert.match(found[0]?.message ?? "", /unless `name` is `strict`/);
});

test("a constant of one of several types that nobody knows may be insecure", async () => {
  const types = ["Strict", "Lax"].map(
    (it) => `pub struct ${it};\n\nimpl Policy for ${it} {\n    const ACCEPT: bool = ${it === "Lax"};\n}\n`,
  );
  const user = "pub fn build<P: Policy>() -> reqwest::Client {\n    client(P::ACCEPT)\n}\n";
  const found = await said(`${HELPER}\npub trait Policy {\n    const ACCEPT: bool;\n}\n\n${types.join("\n")}\n${user}`);
  assert.deepEqual(found, ["warning disabled-verification: const ACCEPT: bool = true;"]);
});

test("a macro says something where it is called, whatever its caller names", async () => {
  const macro =
    "macro_rules! connect {\n    ($accept:expr) => {\n        reqwest::Client::builder().danger_accept_invalid_certs($accept).build()\n    };\n}\n";
  assert.deepEqual(await said(`${macro}\npub fn one() {\n    drop(connect!(true));\n}\n`), [
    "error disabled-verification: drop(connect!(true));",
  ]);
});

test("functions that call each other begin nowhere where somebody else calls one of them", async () => {
  const cycle = `pub fn even(depth: u8, lax: bool) -> reqwest::Client {
    if depth == 0 { reqwest::Client::builder().danger_accept_invalid_certs(lax).build().unwrap() } else { odd(depth - 1, lax) }
}
pub fn odd(depth: u8, lax: bool) -> reqwest::Client {
    even(depth - 1, lax)
}
`;
  assert.deepEqual(await said(`${cycle}fn main() {\n    even(4, true);\n}\n`), ["error disabled-verification: even(4, true);"]);
  assert.deepEqual(await said(`${cycle}fn main() {\n    even(4, false);\n}\n`), []);
});
