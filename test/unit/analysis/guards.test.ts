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
const off = (body: string, more = "", given = {}): string[] =>
  seen(connector(body, more), KIND, given).filter((it) => it.includes(" off "));

test("a condition over configuration, as written", () => {
  assert.deepEqual(off("if cfg.insecure { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [cfg.insecure opt-in]",
  ]);
  assert.deepEqual(off("if !cfg.verify { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.verify opt-in]",
  ]);
  assert.deepEqual(off("if cfg.tls { b.danger_accept_invalid_certs(true); }"), ["server-verification off «true» [cfg.tls]"]);
  assert.deepEqual(off("if cfg.verify { log(); } else { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.verify opt-in]",
  ]);
});

test("both branches together end what was before", () => {
  const both = "if cfg.a { b.danger_accept_invalid_certs(true); } else { b.danger_accept_invalid_certs(false); }";
  assert.deepEqual(seen(connector(both), KIND, { defaults: true }), [
    "server-verification off «true» [cfg.a]",
    "server-verification on «false» [not cfg.a]",
  ]);
  assert.deepEqual(seen(connector("if cfg.a { b.danger_accept_invalid_certs(true); }"), KIND, { defaults: true }), [
    "server-verification on «TlsConnector::builder»",
    "server-verification off «true» [cfg.a]",
  ]);
});

test("arms of a match, decided where the variant is known", () => {
  const arms =
    "match mode { Mode::Insecure => b.danger_accept_invalid_certs(true), Mode::Strict => b.danger_accept_invalid_certs(false), _ => &mut b };";
  assert.deepEqual(off(arms, "enum Mode { Insecure, Strict }"), ["server-verification off «true» [let Mode::Insecure = mode opt-in]"]);
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
    seen(called, KIND).filter((it) => it.includes(" off ")),
    [],
  );
  const chosen = called.replace("connect(Mode::Strict)", "connect(Mode::Insecure)");
  assert.deepEqual(seen(chosen, KIND), ["server-verification off «Mode::Insecure»"]);
});

test("an opt-in under many conditions stays one", () => {
  const conditions = Array.from({ length: 20 }, (_, at) => `cfg.c${at}`);
  const nested = (inner: string): string => conditions.reduce((body, it) => `if ${it} { ${body} }`, inner);
  const [only] = off(nested("if cfg.insecure { b.danger_accept_invalid_certs(true); }"));
  assert.match(only ?? "", /cfg\.insecure opt-in/);
});

test("an early return guards what follows, a failing one does not", () => {
  assert.deepEqual(off("if cfg.secure { return; } b.danger_accept_invalid_certs(true);"), [
    "server-verification off «true» [not cfg.secure opt-in]",
  ]);
  assert.deepEqual(off('if cfg.name.is_empty() { panic!("no name"); } b.danger_accept_invalid_certs(true);'), [
    "server-verification off «true»",
  ]);
});

test("each command of a program is what it is for", () => {
  const command = (attribute: string): string => `${attribute} enum Command { Serve { port: u16 }, Insecure, Print }`;
  const run = "match cfg.command { Command::Serve { port } => { b.danger_accept_invalid_certs(true); } _ => print() }";
  assert.deepEqual(off(run, command("#[derive(clap::Subcommand)]")), ["server-verification off «true»"]);
  assert.deepEqual(off(run, command("")), ["server-verification off «true» [let Command::Serve { port } = cfg.command]"]);
  const chosen = "match cfg.command { Command::Insecure => { b.danger_accept_invalid_certs(true); } _ => print() }";
  assert.deepEqual(off(chosen, command("#[derive(Debug, Subcommand)]")), [
    "server-verification off «true» [let Command::Insecure = cfg.command opt-in]",
  ]);
  assert.deepEqual(off('match args.subcommand() { Some(("serve", _)) => { b.danger_accept_invalid_certs(true); } _ => print() }'), [
    "server-verification off «true»",
  ]);
});

test("values that differ by branch stay apart", () => {
  assert.deepEqual(off("let skip = if cfg.debug { true } else { false }; b.danger_accept_invalid_certs(skip);"), [
    "server-verification off «true» [cfg.debug opt-in]",
  ]);
  assert.deepEqual(off("let mut skip = false; if cfg.lab { skip = true; } b.danger_accept_invalid_certs(skip);"), [
    "server-verification off «true» [cfg.lab]",
  ]);
});

test("tests, features and other cfgs", () => {
  const chain = "fn f() { let x = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); go(x); }";
  const crate = {
    name: "x",
    dependencies: new Map([["reqwest", { package: "reqwest", version: "0.12.0" }]]),
    versions: new Map([["reqwest", ["0.12.0"]]]),
    reached: "unknown" as const,
    defaultFeatures: new Set(["lax"]),
    features: new Set(["lax", "danger"]),
  };
  const one = (text: string, given = {}): string | undefined => seen(text, KIND, given)[0]?.replace(/^[^»]*» ?/, "");
  assert.equal(one(`#[cfg(test)] mod tests { ${chain} }`), "[test]");
  assert.equal(one(`#[test] ${chain}`), "[test]");
  assert.equal(one(`#[tokio::test] async ${chain}`), "[test]");
  assert.equal(one(chain, { testCode: true }), "[test]");
  assert.equal(one(chain, { example: { kind: "example" } }), "[example]");
  assert.equal(one(`#[cfg(feature = "danger")] ${chain}`, { crate }), "[feature danger off]");
  assert.equal(one(`#[cfg(feature = "lax")] ${chain}`, { crate }), "[feature lax on]");
  assert.equal(one(`#[cfg(not(feature = "tls"))] ${chain}`), "");
  assert.equal(one(`#[cfg(target_os = "linux")] ${chain}`), '[cfg target_os = "linux"]');
  assert.equal(one(chain.replace("let x", "#[cfg(debug_assertions)] let x")), "[cfg debug_assertions]");
  assert.equal(one(chain), "");
  assert.deepEqual(off("if cfg!(debug_assertions) { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [cfg debug_assertions]",
  ]);
});

test("a loop's body happens", () => {
  assert.deepEqual(off("for _ in 0..3 { b.danger_accept_invalid_certs(true); }"), ["server-verification off «true»"]);
});

test("who forgives host names has not chosen to accept every certificate", () => {
  assert.deepEqual(off("if !cfg.verify_hostname { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.verify_hostname]",
  ]);
});

test("a comparison with what somebody must have said", () => {
  for (const [condition, chosen] of [
    ["cfg.verify == Some(false)", " opt-in"],
    ["cfg.insecure == Some(true)", " opt-in"],
    ["cfg.insecure == Some(false)", ""],
    ["cfg.verify == Some(true)", ""],
    ['cfg.get("verify_certs") == "false"', " opt-in"],
    ['cfg.get("verify_certs").map_or(false, |it| it == "false")', " opt-in =false"],
    ['cfg.get("insecure").is_some_and(|it| it == "true")', " opt-in"],
    ["cfg.novalidate_cert", " opt-in"],
  ])
    assert.deepEqual(off(`if ${condition} { b.danger_accept_invalid_certs(true); }`), [
      `server-verification off «true» [${condition}${chosen}]`,
    ]);
  assert.deepEqual(off("if cfg.verify == false { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [cfg.verify == false opt-in]",
  ]);
  assert.deepEqual(off("if !cfg.reject_unauthorized { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.reject_unauthorized opt-in]",
  ]);
});

test("a variable of the environment that nobody has set", () => {
  const lax = "{ b.danger_accept_invalid_certs(true); }";
  for (const [body, guard] of [
    [`if let Ok(_) = std::env::var("INSECURE") ${lax}`, '[let Ok(_) = std::env::var("INSECURE") opt-in =false]'],
    [`if let Ok(ca) = var("CA") { add(ca) } else ${lax}`, '[not let Ok(ca) = var("CA") =true]'],
    [`if var("VERIFY").as_deref() == Ok("false") ${lax}`, '[var("VERIFY") == "false" opt-in =false] [let Ok(_) = var("VERIFY") =false]'],
    [`if var("VERIFY").as_deref() != Ok("true") ${lax}`, '[let Err(_) = var("VERIFY") =true]'],
    [`if !var("VERIFY").is_ok_and(|it| it == "1") ${lax}`, '[not var("VERIFY") == "1" opt-in =true]'],
  ] as const)
    assert.deepEqual(off(body, "use std::env::var;"), [`server-verification off «true» ${guard}`]);
});

test("an argument that is no literal is its own condition", () => {
  assert.deepEqual(off("b.danger_accept_invalid_certs(cfg.insecure);"), ["server-verification off «cfg.insecure» [cfg.insecure opt-in]"]);
  assert.deepEqual(off("b.danger_accept_invalid_certs(!cfg.verify);"), ["server-verification off «!cfg.verify» [!cfg.verify opt-in]"]);
});

test("what a field is by default: derive, serde, clap, Default", () => {
  const declared = (text: string): string[] => off("b.danger_accept_invalid_certs(!cfg.verify);", text);
  const guard = (text: string): string => declared(text)[0]?.replace(/.*(=\w+)\]$/, "$1") ?? "";
  assert.equal(guard("#[derive(Default)] struct Config { verify: bool }"), "=true");
  assert.equal(guard("struct Config { #[serde(default)] verify: bool }"), "=true");
  assert.equal(guard("struct Config { #[arg(long, default_value_t = true)] verify: bool }"), "=false");
  assert.equal(guard("struct Config { #[clap(long)] verify: bool }"), "=true");
  assert.equal(
    guard("struct Config { verify: bool } impl Default for Config { fn default() -> Self { Config { verify: true } } }"),
    "=false",
  );
  assert.equal(guard("struct Config { verify: bool } impl Config { fn new(_: u8) -> Self { Config { verify: true } } }"), "=false");
  assert.deepEqual(
    off(
      "b.danger_accept_invalid_certs(!cfg.verify);",
      "struct Config { verify: bool } impl Config { fn new(verify: bool) -> Self { Config { verify } } }",
    ),
    ["server-verification off «!cfg.verify» [!cfg.verify opt-in]"],
  );
  assert.deepEqual(off("b.danger_accept_invalid_certs(cfg.insecure.unwrap_or(true));"), [
    "server-verification off «cfg.insecure.unwrap_or(true)» [cfg.insecure.unwrap_or(true) opt-in =true]",
  ]);
});

test("an early return that has nothing to do with it guards nothing", () => {
  const plain = ["server-verification off «true»"];
  for (const before of [
    'if cfg.show { println!("{cfg:?}"); return; }',
    "if cfg.check_config { validate(cfg); return Ok(()); }",
    "if cfg.debug { return; }",
    "let Some(x) = cfg.name else { return; };",
    "match cfg.command { Command::Print => { print(cfg); return; } Command::Serve => {} }",
  ])
    assert.deepEqual(off(`${before} b.danger_accept_invalid_certs(true);`), plain, before);
});

test("an early return that does the same in another way does", () => {
  for (const [before, guard] of [
    ["if cfg.verify_certs { return; }", "[not cfg.verify_certs opt-in]"],
    ["if let Some(ca) = cfg.ca { b.add_root_certificate(ca); return; }", "[not let Some(ca) = cfg.ca]"],
    ["if cfg.quick { return b.build(); }", "[not cfg.quick]"],
  ] as const)
    assert.deepEqual(off(`${before} b.danger_accept_invalid_certs(true);`), [`server-verification off «true» ${guard}`], before);
});

test("a variant is the cause where it chose what is done, and not where it chose what is made", () => {
  const called = (choice: string, arm: string, before = ""): string[] =>
    seen(
      `enum Database { Postgres, Mysql } enum Tls { Strict, Lax }
       fn connect(kind: Kind) { ${before} match kind { ${choice} => { ${arm} } _ => other() } }
       fn main() { connect(${choice}); }`,
      KIND,
    );
  const make = "let mut b = native_tls::TlsConnector::builder();";
  const lax = "b.danger_accept_invalid_certs(true);";
  assert.deepEqual(called("Database::Postgres", `${make} ${lax} go(b.build());`), ["server-verification off «true»"]);
  assert.deepEqual(called("Tls::Lax", `${make} ${lax} go(b.build());`), ["server-verification off «Tls::Lax»"]);
  assert.deepEqual(called("Database::Postgres", `${lax} go(b.build());`, make), ["server-verification off «Database::Postgres»"]);
});

test("who chooses to verify the authority alone has chosen to leave the name", () => {
  const names = (condition: string): string[] =>
    seen(connector(`if ${condition} { b.danger_accept_invalid_hostnames(true); }`), ["hostname-verification"]).map((it) =>
      it.replace(/^.*«true» /, ""),
    );
  assert.deepEqual(names("mode == Mode::VerifyCa"), ["[mode == Mode::VerifyCa opt-in]"]);
  assert.deepEqual(names('mode == "verify-ca"'), ['[mode == "verify-ca" opt-in]']);
  assert.deepEqual(names("mode == Mode::Require"), ["[mode == Mode::Require]"]);
  assert.deepEqual(names("matches!(mode, Mode::VerifyCa | Mode::VerifyFull)"), ["[matches!(mode, Mode::VerifyCa | Mode::VerifyFull)]"]);
  assert.deepEqual(off("if mode == Mode::VerifyCa { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [mode == Mode::VerifyCa]",
  ]);
});

test("another connection that an option asks for guards nothing of the one that is made without it", () => {
  assert.deepEqual(off("if let Some(ca) = cfg.ca { return custom(ca); } b.danger_accept_invalid_certs(true);"), [
    "server-verification off «true»",
  ]);
});

test("defaults by functions, by variants and by words of the command line", () => {
  const declared = (text: string, condition: string): string =>
    off(`b.danger_accept_invalid_certs(${condition});`, text)[0]?.replace(/^.*?(?:(=\w+))?\]$/, "$1") ?? "";
  const path = 'fn yes() -> bool { true } struct Config { #[serde(default = "yes")] lax: bool }';
  assert.equal(declared(path, "cfg.lax"), "=true");
  const words = '#[derive(ValueEnum)] enum Mode { NoCheck, Strict } struct Config { #[arg(default_value = "no-check")] mode: Mode }';
  assert.equal(declared(words, "cfg.mode == Mode::NoCheck"), "=true");
  const typed = "enum Mode { NoCheck, Strict } struct Config { #[arg(default_value_t = Mode::Strict)] mode: Mode }";
  assert.equal(declared(typed, "cfg.mode == Mode::NoCheck"), "=false");
  const variant = "#[derive(Default)] enum Mode { #[default] Lax, Strict } struct Config { #[serde(default)] mode: Mode }";
  assert.equal(declared(variant, "matches!(cfg.mode, Mode::Lax)"), "=true");
  assert.equal(declared("enum Mode { Lax, Strict } struct Config { mode: Mode }", "cfg.mode == Mode::Lax"), "");
  const computed = "struct Config { lax: bool } impl Config { fn new(lax: Option<bool>) -> Self { Self { lax: lax.unwrap_or(true) } } }";
  assert.equal(declared(computed, "cfg.lax"), "=true");
});

test("what an option holds that is not given by default is by default what its own type says", () => {
  const guard = (attribute: string): string => {
    const types = `fn yes() -> bool { true } struct Config { #[serde(default)] tls: Option<Tls> } struct Tls { ${attribute} verify: bool }`;
    const [found = ""] = off("if let Some(tls) = &cfg.tls { b.danger_accept_invalid_certs(!tls.verify); }", types);
    return found.replace(/^.* \[!tls\.verify opt-in(.*?)\].*$/, "$1");
  };
  assert.equal(guard('#[serde(default = "yes")]'), " =false");
  assert.equal(guard("#[serde(default)]"), " =true");
  assert.equal(guard(""), "");
});

test("what the options of a command are by default", () => {
  const command = `#[derive(Subcommand)] enum Command {
    Push { #[arg(long)] verify_tls: bool, depth: u8 },
    Fetch { #[arg(long, default_value_t = true)] verify_tls: bool },
  }`;
  const body = (condition: string, of = "Push"): string =>
    `match cfg.command { Command::${of} { verify_tls, depth, .. } => { b.danger_accept_invalid_certs(${condition}); } _ => {} }`;
  assert.match(off(body("!verify_tls"), command)[0] ?? "", /verify_tls opt-in =true\]$/);
  assert.match(off(body("!verify_tls", "Fetch"), command)[0] ?? "", /verify_tls opt-in =false\]$/);
  assert.match(off(body("depth == 0"), command)[0] ?? "", /depth == 0\]$/);
});
