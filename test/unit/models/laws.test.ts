/** What every model has to keep, whatever crate it is of: paths that lead somewhere, words that can be spelled back, ranges that parse. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { areDisjoint, parseRange, type Range } from "../../../server/src/base/version.ts";
import { HEADER_TRIGGERS } from "../../../server/src/models/identity-headers.ts";
import { models } from "../../../server/src/models/index.ts";
import type { CallModel, CanonicalPath, CrateModel, Recipe } from "../../../server/src/models/model.ts";
import { seeds } from "../../../server/src/models/seeds.ts";
import { VERSIONS } from "../../../server/src/tls/facts.ts";

const crates = new Set(models.map((it) => it.crate));
const types = new Set<CanonicalPath>(models.flatMap((it) => Object.keys(it.types)));
const values = new Set<CanonicalPath>(models.flatMap((it) => Object.keys(it.values ?? {})));
const traits = new Set<CanonicalPath>(models.flatMap((it) => it.verifierTraits ?? []).map((it) => it.path));
const calls = new Set<CanonicalPath>(models.flatMap((it) => it.calls).map((it) => it.path));

const each = <T>(list: (model: CrateModel) => readonly T[]): readonly { readonly model: CrateModel; readonly it: T }[] =>
  models.flatMap((model) => list(model).map((it) => ({ model, it })));
const recipesOf = (model: CrateModel): readonly Recipe[] => model.recipes ?? [];
const none = (wrong: readonly unknown[]) => assert.deepEqual(wrong, []);

test("models stand in the order of their crates, each crate once beside the imaginary", () => {
  assert.deepEqual(
    models.map((it) => it.crate),
    models.map((it) => it.crate).sort(),
  );
  const real = models.filter((it) => it.versions !== "").map((it) => it.crate);
  assert.equal(new Set(real).size, real.length);
});

test("a crate's name in code is its package's name with underscores", () => {
  none(models.filter((it) => it.crate !== it.package.replaceAll("-", "_")).map((it) => it.crate));
});

test("ranges parse", () => {
  const ranges = models.flatMap((model) => [
    model.versions,
    ...model.calls.map((it) => it.versions),
    ...(model.verifierTraits ?? []).map((it) => it.versions),
    ...Object.values(model.refusals ?? {}).map((it) => it.versions),
    ...recipesOf(model).flatMap((it) => [it.versions, it.manifest?.versions, ...(it.requires ?? []).map((one) => one.versions)]),
    ...Object.values(model.types).flatMap((it) => (it.defaults ?? []).map((one) => one.versions)),
  ]);
  none(ranges.filter((it) => it !== undefined && parseRange(it) === undefined));
});

test("a range within a model lies within the model's", () => {
  const outside = models.flatMap((model) =>
    [...model.calls, ...(model.verifierTraits ?? []), ...recipesOf(model)]
      .flatMap((it) => (it.versions === undefined ? [] : [it.versions]))
      .filter((range) => model.versions !== "" && areDisjoint(ranged(range), ranged(model.versions)))
      .map((range) => `${model.crate}: ${range}`),
  );
  none(outside);
});

test("calls with one path hold for disjoint ranges", () => {
  const overlaps = models.flatMap((model) =>
    model.calls.flatMap((call, index) =>
      model.calls
        .slice(index + 1)
        .filter((other) => other.path === call.path && !areDisjoint(ranged(call.versions), ranged(other.versions)))
        .filter((other) => call.feature?.name !== other.feature?.name || call.feature?.on === other.feature?.on)
        .map((other) => other.path),
    ),
  );
  none(overlaps);
});

test("a method's type is modelled, a function's crate is", () => {
  // Of what a call gives alone more is told, whatever it is made on.
  const given = new Set(each((model) => model.calls).flatMap(({ it }) => (it.givesPrivateKey || it.beside ? [it.path] : [])));
  none([...calls].filter((path) => !types.has(ownerOf(path)) && !isFunction(path) && !given.has(path)));
});

test("what calls return, take part in and deref to is modelled", () => {
  const made = each((model) => model.calls).flatMap(({ it: { returns } }) =>
    typeof returns !== "object"
      ? []
      : "new" in returns
        ? [returns.new]
        : "becomes" in returns
          ? [returns.becomes]
          : "view" in returns
            ? [returns.view]
            : [],
  );
  const derefs = models.flatMap((model) => Object.values(model.types).flatMap((it) => it.derefs ?? []));
  const objects = models.flatMap((model) => Object.values(model.values ?? {}).flatMap((it) => (it.kind === "object" ? [it.type] : [])));
  none([...made, ...derefs, ...objects].filter((path) => !types.has(path)));
});

test("an alias points to a crate, type or module that a model knows", () => {
  const known = [...types, ...traits, ...values, ...calls];
  const lost = each((model) => Object.entries(model.aliases ?? {})).filter(
    ({ it: [, target] }) =>
      !crates.has(target) && !known.some((path) => path === target || path.startsWith(`${target}::`)) && !NAMED_ONLY.has(target),
  );
  none(lost.map(({ it }) => it));
});

/** Re-exported, and needed to resolve chains that begin with it, but saying nothing. */
const NAMED_ONLY: ReadonlySet<string> = new Set(["openssl::ssl::SslMethod"]);

test("an alias is nobody's canonical path, and its own target", () => {
  none(each((model) => Object.keys(model.aliases ?? {})).filter(({ it }) => types.has(it) || calls.has(it)));
});

test("words of versions are versions", () => {
  const words = models
    .flatMap((model) => Object.values(model.values ?? {}))
    .flatMap((it) => (it.kind === "word" && it.of === "minimum-version" ? [it.word] : []));
  none(words.filter((word) => !VERSIONS.some((it) => it === word)));
});

test("flags that cases ask for are flags that values have", () => {
  const bits = new Set(models.flatMap((model) => Object.values(model.values ?? {})).flatMap((it) => (it.kind === "flags" ? it.bits : [])));
  const asked = each((model) => model.calls).flatMap(({ it }) =>
    (it.effects ?? []).flatMap((effect) =>
      effect.kind === "flags" ? effect.cases.flatMap((one) => [...(one.has ?? []), ...(one.lacks ?? [])]) : [],
    ),
  );
  none(asked.filter((it) => !bits.has(it)));
});

const methods = new Set(
  models.flatMap((it) => it.verifierTraits ?? []).flatMap((it) => it.methods.map((one) => `${it.path}::${one.name}`)),
);

test("a recipe starts at a modelled call, value or method of a verifier", () => {
  none(
    each(recipesOf)
      .filter(({ it }) => !calls.has(it.at) && !values.has(it.at) && !methods.has(it.at))
      .map(({ it }) => it.at),
  );
});

test("a recipe stays within the versions of its call", () => {
  const wrong = each(recipesOf).filter(({ model, it }) => {
    const own = model.calls.filter((call) => call.path === it.at);
    return own.length > 0 && own.every((call) => areDisjoint(ranged(call.versions), ranged(it.versions)));
  });
  none(wrong.map(({ it }) => `${it.at} ${it.versions}`));
});

test("two recipes for one place, fact and version differ in what they require", () => {
  // Holes that only a neighbour's object or a method's receiver fills are a requirement, too.
  const needs = (it: Recipe) =>
    textsOf(it).flatMap((text) => text.match(/\{(?:bound|receiver|verifier|roots|own|spare|lists|handled|sound)\b[^{}]*/g) ?? []);
  const key = (it: Recipe) => JSON.stringify([it.at, it.gives, it.role, it.bound, it.requires, it.manifest, needs(it)]);
  const twice = models.flatMap((model) =>
    recipesOf(model).filter((it, index, all) =>
      all.slice(index + 1).some((other) => key(it) === key(other) && !areDisjoint(ranged(it.versions), ranged(other.versions))),
    ),
  );
  none(twice.map((it) => it.at));
});

const HOLES =
  /^(?:path:[\w:]+|try:(?:<[\w:]+>)?[^{}<>]+|(?:argument|handled|sound):\d|parameter:\d(?:=\w+)?|fresh:\w+|(?:lacks|has):[a-z-]+|ca|server-ca|crl|chain|key|receiver|bound|verifier|roots(?::shared)?|lists(?::loaded)?|(?:own|spare):[\w:]+)$/;

test("holes are of the kinds that can be filled, and braces are balanced", () => {
  const texts = each(recipesOf).flatMap(({ it }) => textsOf(it));
  const holes = texts.flatMap((text) => [...text.matchAll(/\{([^{}\s][^{}\n]*)\}/g)].map((match) => match[1] ?? ""));
  assert.ok(holes.length > 50);
  none(holes.filter((it) => !HOLES.test(it)));
  none(texts.filter((text) => text.split("{").length !== text.split("}").length));
});

test("a name that is only used was made in the same recipe", () => {
  const wrong = each(recipesOf).flatMap(({ it }) => {
    const all = textsOf(it).join("\n");
    const used = new Set([...all.matchAll(/\{fresh:(\w+)\}/g)].map((match) => match[1] ?? ""));
    return [...used]
      .filter((name) => !new RegExp(`let (?:mut |\\([^)]*)?\\{fresh:${name}\\}`).test(all))
      .map((name) => `${it.at}: ${name}`);
  });
  none(wrong);
});

test("titles say what is done, in sentence case, with no full stop", () => {
  none(
    each(recipesOf)
      .map(({ it }) => it.title)
      .filter((title) => !/^[A-Z][a-z].*[^.]$/.test(title)),
  );
});

test("messages for errors can stand between quotes", () => {
  const messages = each(recipesOf).flatMap(({ it }) =>
    textsOf(it).flatMap((text) => [...text.matchAll(/\{try:([^}]*)\}/g)].map((match) => match[1] ?? "")),
  );
  none(messages.filter((it) => /["\\]/.test(it)));
});

test("seeds are names, and hold each crate", () => {
  const names = seeds.map((it) => it.name);
  none(names.filter((it) => !/^[A-Za-z_]\w*$/.test(it)));
  // Headers are written with hyphens.
  none(HEADER_TRIGGERS.filter((it) => !/^[A-Za-z]+(?:-[A-Za-z]*)+$/.test(it)));
  const isSeed = (crate: string): boolean => seeds.some(({ name, of }) => name === crate && of === "crate");
  for (const { crate, ...model } of models) assert.equal(isSeed(crate), !("beside" in model), crate);
  for (const name of [
    "with_no_client_auth",
    "HttpServer",
    "set_verify",
    "danger_accept_invalid_certs",
    "ServerCertVerifier",
    "client_auth_native_tls",
  ])
    assert.ok(names.includes(name), name);
  for (const common of ["new", "from", "build", "connect", "from_iter", "into_owned", "Client"]) assert.ok(!names.includes(common), common);
});

function textsOf(recipe: Recipe): readonly string[] {
  return [...("with" in recipe.edit ? [recipe.edit.with] : []), recipe.before, recipe.after].filter((it) => it !== undefined);
}

function ranged(range: string | undefined): Range {
  return parseRange(range ?? "") ?? [];
}

const ownerOf = (path: CanonicalPath): CanonicalPath => path.replace(/(?:::|\.)\w+$/, "");

/** `rustls_pemfile::certs`, `actix_tls::connect::openssl::f`, and tuple structs named as the function they are. */
function isFunction(path: CallModel["path"]): boolean {
  const parts = path.split("::");
  const owner = parts.at(-2) ?? "";
  return !path.includes("<") && /^[a-z_0-9]+$/.test(owner) && crates.has(parts[0] ?? "");
}

test("who says that servers have private authorities says where that is written", () => {
  const citing = models.filter((it) => it.privateAuthority !== undefined);
  assert.ok(citing.length > 10);
  none(citing.filter((it) => !/^[\w-]+ \d+\.\d+\.\d+, [\w./-]+\.\w+: /.test(it.privateAuthority ?? "")).map((it) => it.crate));
});
