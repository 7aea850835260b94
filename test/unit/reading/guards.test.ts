/** Guards: what holds only under a condition says so, and says whether it was chosen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seen } from "./stage.ts";

const KIND = ["server-verification"] as const;
const connector = (body: string, more = ""): string => `
use native_tls::TlsConnector;
${more}
fn connect(cfg: &Config, mode: Mode) {
    let mut b = TlsConnector::builder();
    ${body}
    b.build().unwrap();
}`;
const off = async (body: string, more = "", given = {}): Promise<string[]> =>
  (await seen(connector(body, more), KIND, given)).filter((it) => it.includes(" off "));

test("a condition over configuration, as written", async () => {
  assert.deepEqual(await off("if cfg.insecure { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [cfg.insecure opt-in]",
  ]);
  assert.deepEqual(await off("if !cfg.verify { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.verify opt-in]",
  ]);
  assert.deepEqual(await off("if cfg.tls { b.danger_accept_invalid_certs(true); }"), ["server-verification off «true» [cfg.tls]"]);
  assert.deepEqual(await off("if cfg.verify { log(); } else { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.verify opt-in]",
  ]);
});

test("a comparison with what somebody must have said", async () => {
  for (const [condition, chosen] of [
    ["cfg.verify == false", " opt-in"],
    ["cfg.verify == Some(false)", " opt-in"],
    ["cfg.insecure == Some(true)", " opt-in"],
    ["cfg.insecure == Some(false)", ""],
    ["cfg.verify == Some(true)", ""],
    ['cfg.get("verify_certs") == "false"', " opt-in"],
    ['cfg.get("verify_certs").map_or(false, |it| it == "false")', " opt-in"],
    ['cfg.get("insecure").is_some_and(|it| it == "true")', " opt-in"],
    ["cfg.novalidate_cert", " opt-in"],
  ])
    assert.deepEqual(await off(`if ${condition} { b.danger_accept_invalid_certs(true); }`), [
      `server-verification off «true» [${condition}${chosen}]`,
    ]);
  assert.deepEqual(await off("if !cfg.reject_unauthorized { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.reject_unauthorized opt-in]",
  ]);
});

test("a variable of the environment that nobody has set", async () => {
  const lax = "{ b.danger_accept_invalid_certs(true); }";
  for (const [body, guard] of [
    [`if let Ok(_) = std::env::var("INSECURE") ${lax}`, '[let Ok(_) = std::env::var("INSECURE") opt-in =false]'],
    [`if let Ok(ca) = var("CA") { add(ca) } else ${lax}`, '[not let Ok(ca) = var("CA") =true]'],
    [`if var("VERIFY").as_deref() == Ok("false") ${lax}`, '[var("VERIFY").as_deref() == Ok("false") opt-in =false]'],
    [`if var("VERIFY").as_deref() != Ok("true") ${lax}`, '[var("VERIFY").as_deref() != Ok("true") opt-in =true]'],
    [`if !var("VERIFY").is_ok_and(|it| it == "1") ${lax}`, '[not var("VERIFY").is_ok_and(|it| it == "1") opt-in =true]'],
  ] as const)
    assert.deepEqual(await off(body, "use std::env::var;"), [`server-verification off «true» ${guard}`]);
});

test("an argument that is no literal is its own condition", async () => {
  assert.deepEqual(await off("b.danger_accept_invalid_certs(cfg.insecure);"), [
    "server-verification off «cfg.insecure» [cfg.insecure opt-in]",
  ]);
  assert.deepEqual(await off("b.danger_accept_invalid_certs(!cfg.verify);"), [
    "server-verification off «!cfg.verify» [!cfg.verify opt-in]",
  ]);
});

test("what a field is by default: derive, serde, clap, Default", async () => {
  const declared = (text: string): Promise<string[]> => off("b.danger_accept_invalid_certs(!cfg.verify);", text);
  const guard = async (text: string): Promise<string> => (await declared(text))[0]?.replace(/.*(=\w+)\]$/, "$1") ?? "";
  assert.equal(await guard("#[derive(Default)] struct Config { verify: bool }"), "=true");
  assert.equal(await guard("struct Config { #[serde(default)] verify: bool }"), "=true");
  assert.equal(await guard("struct Config { #[arg(long, default_value_t = true)] verify: bool }"), "=false");
  assert.equal(await guard("struct Config { #[clap(long)] verify: bool }"), "=true");
  assert.equal(
    await guard("struct Config { verify: bool } impl Default for Config { fn default() -> Self { Config { verify: true } } }"),
    "=false",
  );
  assert.equal(await guard("struct Config { verify: bool } impl Config { fn new(_: u8) -> Self { Config { verify: true } } }"), "=false");
  assert.deepEqual(
    await off(
      "b.danger_accept_invalid_certs(!cfg.verify);",
      "struct Config { verify: bool } impl Config { fn new(verify: bool) -> Self { Config { verify } } }",
    ),
    ["server-verification off «!cfg.verify» [!cfg.verify opt-in]"],
  );
  assert.deepEqual(await off("b.danger_accept_invalid_certs(cfg.insecure.unwrap_or(true));"), [
    "server-verification off «cfg.insecure.unwrap_or(true)» [cfg.insecure.unwrap_or(true) opt-in =true]",
  ]);
});

test("both branches together end what was before", async () => {
  const both = "if cfg.a { b.danger_accept_invalid_certs(true); } else { b.danger_accept_invalid_certs(false); }";
  assert.deepEqual(await seen(connector(both), KIND, { defaults: true }), [
    "server-verification off «true» [cfg.a]",
    "server-verification on «false» [not cfg.a]",
  ]);
  assert.deepEqual(await seen(connector("if cfg.a { b.danger_accept_invalid_certs(true); }"), KIND, { defaults: true }), [
    "server-verification on «TlsConnector::builder»",
    "server-verification off «true» [cfg.a]",
  ]);
});

test("arms of a match, decided where the variant is known", async () => {
  const arms =
    "match mode { Mode::Insecure => b.danger_accept_invalid_certs(true), Mode::Strict => b.danger_accept_invalid_certs(false), _ => &mut b };";
  assert.deepEqual(await off(arms, "enum Mode { Insecure, Strict }"), [
    "server-verification off «true» [let Mode::Insecure = mode opt-in]",
  ]);
  const called = `
use native_tls::TlsConnector;
enum Mode { Insecure, Strict }
fn connect(mode: Mode) {
    let mut b = TlsConnector::builder();
    match mode { Mode::Insecure => { b.danger_accept_invalid_certs(true); } Mode::Strict => {} }
    b.build().unwrap();
}
fn main() { connect(Mode::Strict); }`;
  assert.deepEqual(
    (await seen(called, KIND)).filter((it) => it.includes(" off ")),
    [],
  );
  const chosen = called.replace("connect(Mode::Strict)", "connect(Mode::Insecure)");
  assert.deepEqual(await seen(chosen, KIND), ["server-verification off «Mode::Insecure»"]);
});

test("an early return guards what follows, a failing one does not", async () => {
  assert.deepEqual(await off("if cfg.secure { return; } b.danger_accept_invalid_certs(true);"), [
    "server-verification off «true» [not cfg.secure opt-in]",
  ]);
  assert.deepEqual(await off('if cfg.name.is_empty() { panic!("no name"); } b.danger_accept_invalid_certs(true);'), [
    "server-verification off «true»",
  ]);
});

test("an early return that has nothing to do with it guards nothing", async () => {
  const plain = ["server-verification off «true»"];
  for (const before of [
    'if cfg.show { println!("{cfg:?}"); return; }',
    "if args.check_config { validate(cfg); return Ok(()); }",
    "if cfg.debug { return; }",
    "let Some(x) = cfg.name else { return; };",
    "match cfg.command { Command::Print => { print(cfg); return; } Command::Serve => {} }",
  ])
    assert.deepEqual(await off(`${before} b.danger_accept_invalid_certs(true);`), plain, before);
});

test("each command of a program is what it is for", async () => {
  const command = (attribute: string): string => `${attribute} enum Command { Serve { port: u16 }, Insecure, Print }`;
  const run = "match cfg.command { Command::Serve { port } => { b.danger_accept_invalid_certs(true); } _ => print() }";
  assert.deepEqual(await off(run, command("#[derive(clap::Subcommand)]")), ["server-verification off «true»"]);
  assert.deepEqual(await off(run, command("")), ["server-verification off «true» [let Command::Serve { port } = cfg.command]"]);
  const chosen = "match cfg.command { Command::Insecure => { b.danger_accept_invalid_certs(true); } _ => print() }";
  assert.deepEqual(await off(chosen, command("#[derive(Debug, Subcommand)]")), [
    "server-verification off «true» [let Command::Insecure = cfg.command opt-in]",
  ]);
  assert.deepEqual(await off('match args.subcommand() { Some(("serve", _)) => { b.danger_accept_invalid_certs(true); } _ => print() }'), [
    "server-verification off «true»",
  ]);
});

test("an early return that does the same in another way does", async () => {
  for (const [before, guard] of [
    ["if cfg.verify_certs { return; }", "[not cfg.verify_certs opt-in]"],
    ["if let Some(ca) = cfg.ca { b.add_root_certificate(ca); return; }", "[not let Some(ca) = cfg.ca]"],
    ["if cfg.quick { return b.build(); }", "[not cfg.quick]"],
    ["if let Some(ca) = cfg.ca { return custom(ca); }", "[not let Some(ca) = cfg.ca]"],
  ] as const)
    assert.deepEqual(await off(`${before} b.danger_accept_invalid_certs(true);`), [`server-verification off «true» ${guard}`], before);
});

test("values that differ by branch stay apart", async () => {
  assert.deepEqual(await off("let skip = if cfg.debug { true } else { false }; b.danger_accept_invalid_certs(skip);"), [
    "server-verification off «true» [cfg.debug opt-in]",
  ]);
  assert.deepEqual(await off("let mut skip = false; if cfg.lab { skip = true; } b.danger_accept_invalid_certs(skip);"), [
    "server-verification off «true» [cfg.lab]",
  ]);
});

test("tests, features and other cfgs", async () => {
  const chain = "fn f() { let x = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); go(x); }";
  const crate = {
    name: "x",
    dependencies: new Map([["reqwest", { package: "reqwest", version: "0.12.0" }]]),
    versions: new Map([["reqwest", ["0.12.0"]]]),
    defaultFeatures: new Set(["lax"]),
    features: new Set(["lax", "danger"]),
  };
  const one = async (text: string, given = {}): Promise<string | undefined> => (await seen(text, KIND, given))[0]?.replace(/^[^»]*» ?/, "");
  assert.equal(await one(`#[cfg(test)] mod tests { ${chain} }`), "[test]");
  assert.equal(await one(`#[test] ${chain}`), "[test]");
  assert.equal(await one(`#[tokio::test] async ${chain}`), "[test]");
  assert.equal(await one(chain, { testCode: true }), "[test]");
  assert.equal(await one(chain, { example: true }), "[example]");
  assert.equal(await one(`#[cfg(feature = "danger")] ${chain}`, { crate }), "[feature danger off]");
  assert.equal(await one(`#[cfg(feature = "lax")] ${chain}`, { crate }), "[feature lax on]");
  assert.equal(await one(`#[cfg(not(feature = "tls"))] ${chain}`), "[not feature tls]");
  assert.equal(await one(`#[cfg(target_os = "linux")] ${chain}`), '[cfg target_os = "linux"]');
  assert.equal(await one(chain.replace("let x", "#[cfg(debug_assertions)] let x")), "[cfg debug_assertions]");
  assert.equal(await one(chain), "");
  assert.deepEqual(await off("if cfg!(debug_assertions) { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [cfg debug_assertions]",
  ]);
});

test("a loop's body happens", async () => {
  assert.deepEqual(await off("for _ in 0..3 { b.danger_accept_invalid_certs(true); }"), ["server-verification off «true»"]);
});

test("who forgives host names has not chosen to accept every certificate", async () => {
  assert.deepEqual(await off("if !cfg.verify_hostname { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.verify_hostname]",
  ]);
});

test("a variant is the cause where it chose what is done, and not where it chose what is made", async () => {
  const called = (choice: string, arm: string, before = ""): Promise<string[]> =>
    seen(
      `enum Database { Postgres, Mysql } enum Tls { Strict, Lax }
       fn connect(kind: Kind) { ${before} match kind { ${choice} => { ${arm} } _ => other() } }
       fn main() { connect(${choice}); }`,
      KIND,
    );
  const make = "let mut b = native_tls::TlsConnector::builder();";
  const lax = "b.danger_accept_invalid_certs(true);";
  assert.deepEqual(await called("Database::Postgres", `${make} ${lax} go(b.build());`), ["server-verification off «true»"]);
  assert.deepEqual(await called("Tls::Lax", `${make} ${lax} go(b.build());`), ["server-verification off «Tls::Lax»"]);
  assert.deepEqual(await called("Database::Postgres", `${lax} go(b.build());`, make), ["server-verification off «Database::Postgres»"]);
});

test("who chooses to verify the authority alone has chosen to leave the name", async () => {
  const names = async (condition: string): Promise<string[]> =>
    (await seen(connector(`if ${condition} { b.danger_accept_invalid_hostnames(true); }`), ["hostname-verification"])).map((it) =>
      it.replace(/^.*«true» /, ""),
    );
  assert.deepEqual(await names("mode == Mode::VerifyCa"), ["[mode == Mode::VerifyCa opt-in]"]);
  assert.deepEqual(await names('mode == "verify-ca"'), ['[mode == "verify-ca" opt-in]']);
  assert.deepEqual(await names("mode == Mode::Require"), ["[mode == Mode::Require]"]);
  assert.deepEqual(await names("matches!(mode, Mode::VerifyCa | Mode::VerifyFull)"), [
    "[matches!(mode, Mode::VerifyCa | Mode::VerifyFull)]",
  ]);
  assert.deepEqual(await off("if mode == Mode::VerifyCa { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [mode == Mode::VerifyCa]",
  ]);
});

test("defaults by functions, by variants and by words of the command line", async () => {
  const declared = async (text: string, condition: string): Promise<string> =>
    (await off(`b.danger_accept_invalid_certs(${condition});`, text))[0]?.replace(/^.*?(?:(=\w+))?\]$/, "$1") ?? "";
  const path = 'fn yes() -> bool { true } struct Config { #[serde(default = "yes")] lax: bool }';
  assert.equal(await declared(path, "cfg.lax"), "=true");
  const words = '#[derive(ValueEnum)] enum Mode { NoCheck, Strict } struct Config { #[arg(default_value = "no-check")] mode: Mode }';
  assert.equal(await declared(words, "cfg.mode == Mode::NoCheck"), "=true");
  const typed = "enum Mode { NoCheck, Strict } struct Config { #[arg(default_value_t = Mode::Strict)] mode: Mode }";
  assert.equal(await declared(typed, "cfg.mode == Mode::NoCheck"), "=false");
  const variant = "#[derive(Default)] enum Mode { #[default] Lax, Strict } struct Config { #[serde(default)] mode: Mode }";
  assert.equal(await declared(variant, "matches!(cfg.mode, Mode::Lax)"), "=true");
  assert.equal(await declared("enum Mode { Lax, Strict } struct Config { mode: Mode }", "cfg.mode == Mode::Lax"), "");
  const computed = "struct Config { lax: bool } impl Config { fn new(lax: Option<bool>) -> Self { Self { lax: lax.unwrap_or(true) } } }";
  assert.equal(await declared(computed, "cfg.lax"), "=true");
  const command = "#[derive(Subcommand)] enum Command { Check { #[arg(long)] verify_tls: bool, depth: u8 } }";
  const body = (condition: string): string =>
    `match cfg.command { Command::Check { verify_tls, .. } => { b.danger_accept_invalid_certs(${condition}); } }`;
  assert.match((await off(body("!verify_tls"), command))[0] ?? "", /=true\]$/);
  assert.match((await off(body("verify_tls"), command))[0] ?? "", /=false\]$/);
});
