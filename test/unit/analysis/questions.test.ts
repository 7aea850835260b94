/** Conditions are told in the words in which the program asks for them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { conditions } from "../../harness/said.ts";

const HEAD = `use reqwest::{Client, ClientBuilder, Result};
pub enum Mode { Open, Closed, Shut }
pub struct Options { pub legacy: bool, pub level: u8, pub mode: Mode, pub proxy: Option<String> }
`;
const LAX = "builder = builder.danger_accept_invalid_certs(true);";

/** What is said of statements between the making of a builder and its use. */
const under = (statements: string): Promise<readonly string[]> =>
  conditions(`${HEAD}pub fn client(options: &Options) -> Result<Client> {
    let mut builder = Client::builder();
    ${statements}
    builder.build()
}
`);

test("what several branches decide is told as a whole, whichever of its ways it is", async () => {
  const both = "options.legacy && options.level > 3";
  assert.deepEqual(await under(`if ${both} { ${LAX} }`), [`if \`${both}\` @ ${both}`]);
  assert.deepEqual(await under(`if ${both} {} else { ${LAX} }`), [`unless \`${both}\` @ ${both}`]);
  const either = "options.legacy || options.level > 3";
  assert.deepEqual(await under(`if ${either} { ${LAX} }`), [`if \`${either}\` @ ${either}`]);
});

test("what a part of it decides is told of that part", async () => {
  const text = `if options.legacy && options.level > 3 { return Client::builder().build(); }
    if options.legacy { ${LAX} }`;
  const [only] = await under(text);
  assert.ok(only?.includes("if `options.legacy`"), only);
});

test("of arms the pattern is told, of the last one, too", async () => {
  const arms = (first: string, second: string, last: string): string =>
    `match options.mode { Mode::Open => { ${first} } Mode::Closed => { ${second} } Mode::Shut => { ${last} } }`;
  const said = (arm: string): readonly string[] => [`if \`let Mode::${arm} = options.mode\` @ Mode::${arm}`];
  assert.deepEqual(await under(arms(LAX, "", "")), said("Open"));
  assert.deepEqual(await under(arms("", LAX, "")), said("Closed"));
  assert.deepEqual(await under(arms("", "", LAX)), said("Shut"));
});

test("an argument is asked as it is written, and where it stands", async () => {
  const given = (argument: string): Promise<readonly string[]> => under(`builder = builder.danger_accept_invalid_certs(${argument});`);
  for (const argument of ["!options.legacy", "options.level != 3", "options.proxy.as_ref().map_or(true, |it| it.is_empty())"])
    assert.deepEqual(await given(argument), [`if \`${argument}\``]);
});

test("where a callee asks is told", async () => {
  const text = `${HEAD}fn lax(builder: ClientBuilder, old: bool) -> ClientBuilder {
    if old { builder.danger_accept_invalid_certs(true) } else { builder }
}
pub fn client(options: &Options) -> Result<Client> {
    lax(Client::builder(), options.legacy).build()
}
`;
  assert.deepEqual(await conditions(text), ["if `options.legacy` @ old"]);
});

test("of what cannot be resolved the words are told, of the side that leads there", async () => {
  const text = (sides: string): string => `${HEAD}use std::sync::{LazyLock, RwLock};
static SETTINGS: LazyLock<RwLock<Options>> = LazyLock::new(|| RwLock::new(Options { legacy: false, level: 1, mode: Mode::Open, proxy: None }));
pub fn load(options: Options) {
    *SETTINGS.write().unwrap() = options;
}
pub fn client() -> Result<Client> {
    let settings = SETTINGS.read().unwrap();
    let mut builder = Client::builder();
    if !settings.legacy ${sides}
    builder.build()
}
`;
  assert.deepEqual(await conditions(text(`{ ${LAX} }`)), ["unless `settings.legacy` @ settings.legacy"]);
  assert.deepEqual(await conditions(text(`{} else { ${LAX} }`)), ["if `settings.legacy` @ settings.legacy"]);
});
