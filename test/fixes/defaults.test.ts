/** A fix is made at the default that decides, all of it or none: derives, attributes of serde and clap, several that are asked together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, first } from "./first-fix.ts";

test("a default that a derive gives is written by hand, with what else it gives", async () => {
  const text = `#[derive(Clone, Default)]
pub struct Settings {
    pub verify: bool,
    pub compressed: bool,
    pub name: String,
}
pub fn client(settings: &Settings) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(!settings.verify).build()
}
`;
  const fix = await first("disabled-verification", text);
  assert.equal(fix.title, "Default `verify` to `true`");
  assert.equal(
    changes(text, fix.text),
    [
      "-#[derive(Clone, Default)]",
      "+#[derive(Clone)]",
      "+impl Default for Settings {",
      "+fn default() -> Self {",
      "+Self {",
      "+verify: true,",
      "+compressed: false,",
      "+name: Default::default(),",
      "+}",
      "+}",
    ].join("\n"),
  );
});

test("all that gives an insecure default is changed at once", async () => {
  const text = `use serde::Deserialize;
#[derive(Default, Deserialize)]
pub struct Settings {
    #[serde(default)]
    pub verify: bool,
}
pub fn client(settings: &Settings) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(!settings.verify).build()
}
`;
  const fix = await first("disabled-verification", text);
  assert.match(fix.text, /#\[serde\(default = "default_verify"\)\]/);
  assert.match(fix.text, /fn default_verify\(\) -> bool \{\n {4}true\n\}/);
  assert.match(fix.text, /impl Default for Settings \{\n {4}fn default\(\) -> Self \{\n {8}Self \{ verify: true \}/);
});

test("of what is asked together that is changed whose name speaks of checks", async () => {
  const text = `pub struct Tls {
    pub enabled: bool,
    pub verify: bool,
}
impl Default for Tls {
    fn default() -> Self {
        Self { enabled: true, verify: false }
    }
}
pub fn client(tls: &Tls) -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder();
    if tls.enabled {
        if !tls.verify {
            builder = builder.danger_accept_invalid_certs(true);
        }
    }
    builder.build()
}
`;
  const fix = await first("disabled-verification", text);
  assert.equal(changes(text, fix.text), "-Self { enabled: true, verify: false }\n+Self { enabled: true, verify: true }");
});

test("what decides by another name whether there is a client at all is left", async () => {
  const text = `pub struct Settings {
    pub by_proxy: bool,
}
impl Default for Settings {
    fn default() -> Self {
        Self { by_proxy: false }
    }
}
pub fn client(settings: &Settings) -> reqwest::Result<reqwest::Client> {
    if settings.by_proxy {
        return reqwest::Client::builder().build();
    }
    reqwest::Client::builder().danger_accept_invalid_certs(true).build()
}
`;
  assert.doesNotMatch((await first("disabled-verification", text)).text, /by_proxy: true/);
});

test("defaults for which no word can be changed are left, with a reason where there is one", async () => {
  const flag = `use clap::Parser;
#[derive(Parser)]
pub struct Arguments {
    #[arg(long)]
    pub verify: bool,
}
fn main() {
    reqwest::Client::builder().danger_accept_invalid_certs(!Arguments::parse().verify).build().unwrap();
}
`;
  const generic = `#[derive(Default)]
pub struct Settings<T> {
    pub verify: bool,
    pub rest: T,
}
pub fn client(settings: &Settings<String>) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(!settings.verify).build()
}
`;
  const constant = flag.replace("#[arg(long)]", "#[arg(long, default_value_t = false)]");
  const given = "whether it is on by default is for its users to say";
  assert.equal((await first("disabled-verification", flag)).unfixed, `\`verify\` is off unless it is given: ${given}`);
  assert.equal(
    (await first("disabled-verification", constant)).unfixed,
    "`verify` is a flag: with `true` as its default nothing could switch it off",
  );
  assert.equal((await first("disabled-verification", generic)).text, generic);
});

test("what is taken apart is followed, and a default of more than a truth is no truth", async () => {
  const text = (body: string): string => `#[derive(Clone)]
pub struct Tls {
    pub verify: bool,
}
impl Default for Tls {
    fn default() -> Self {
        Self { verify: false }
    }
}
pub struct Settings {
    pub tls: Option<Tls>,
}
${body}
    reqwest::Client::builder().danger_accept_invalid_certs(!verify).build()
}
`;
  const whole = text("pub fn client(tls: Tls) -> reqwest::Result<reqwest::Client> {\n    let Tls { verify } = tls;");
  assert.equal(changes(whole, (await first("disabled-verification", whole)).text), "-Self { verify: false }\n+Self { verify: true }");
  const optional = text(
    "pub fn client(settings: &Settings) -> reqwest::Result<reqwest::Client> {\n    let verify = settings.tls.clone().unwrap_or_default().verify;",
  );
  assert.doesNotMatch((await first("disabled-verification", optional)).text, /unwrap_or\(true\)/);
});

test("what comments and logs say of a default stays", async () => {
  const text = (value: string): string => `pub struct Settings {
    pub verify: bool,
}
impl Default for Settings {
    fn default() -> Self {
        // Off until every server has a certificate.
        Self { verify: ${value} }
    }
}
pub fn client(settings: &Settings) -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder();
    if !settings.verify {
        eprintln!("certificates are not verified");
        builder = builder.danger_accept_invalid_certs(true);
    }
    builder.build()
}
`;
  assert.equal((await first("disabled-verification", text("false"))).text, text("true"));
});

test("the rest of a match is changed where nothing is set leads there, and not where a default leads to a check", async () => {
  const text = (mode: string, full: string, others = ""): string => `pub struct Settings {
    pub mode: String,
}
impl Default for Settings {
    fn default() -> Self {
        Self { mode: "full".to_owned() }
    }
}
pub fn client(settings: &Settings) -> reqwest::Result<reqwest::Client> {
    let accept = match ${mode} {
        ${full} => false,
${others}        _ => true,
    };
    reqwest::Client::builder().danger_accept_invalid_certs(accept).build()
}
fn loudly() -> bool {
    println!("certificates are verified");
    false
}
`;
  const unset = text('std::env::var("MODE").as_deref()', 'Ok("full")', '        Ok("loud") => loudly(),\n');
  assert.equal(changes(unset, (await first("disabled-verification", unset)).text), "-_ => true,\n+_ => false,");
  // With both arms alike the variable would be read in vain.
  const alike = text('std::env::var("MODE").as_deref()', 'Ok("full")');
  assert.equal((await first("disabled-verification", alike)).text, alike);
  const set = text("settings.mode.as_str()", '"full"');
  assert.equal((await first("disabled-verification", set)).text, set);
});
