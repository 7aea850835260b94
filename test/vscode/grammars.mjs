/** The grammars, by the tokenizer of VS Code: which words get which scopes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const host = join(root, "tools/vscode-host");
const require = createRequire(join(host, "package.json"));
const RUST = join(host, "node_modules/code-server/lib/vscode/extensions/rust/syntaxes/rust.tmLanguage.json");

const DANGER = "markup.deleted.danger.rust";
const REVIEW = "markup.changed.review.rust";

/** Code, the word in it, and the scope that it has or (undefined) that no scope of ours is on it. */
const CODE = [
  ["Client::builder().danger_accept_invalid_certs(true)", "danger_accept_invalid_certs", DANGER],
  ["Client::builder().danger_accept_invalid_certs(insecure)", "danger_accept_invalid_certs", DANGER],
  ["Client::builder().danger_accept_invalid_certs(false)", "danger_accept_invalid_certs", undefined],
  ["Client::builder().danger_accept_invalid_certs( false )", "danger_accept_invalid_certs", undefined],
  ["Client::builder().tls_danger_accept_invalid_hostnames(true)", "tls_danger_accept_invalid_hostnames", DANGER],
  ["configuration.set_verify_hostname(false);", "set_verify_hostname", DANGER],
  ["configuration.set_verify_hostname(true);", "set_verify_hostname", undefined],
  ["builder.set_verify(SslVerifyMode::NONE);", "NONE", DANGER],
  ["builder.set_verify(SslVerifyMode::PEER);", "PEER", undefined],
  ["builder.client_auth_mode(ClientAuthMode::Optional);", "Optional", DANGER],
  ["let none = Some(Level::NONE);", "NONE", undefined],
  ["builder.set_verify_callback(mode, |_, _| true);", "set_verify_callback", REVIEW],
  ["config.dangerous().set_certificate_verifier(verifier);", "dangerous", REVIEW],
  ["config.dangerous().set_certificate_verifier(verifier);", "set_certificate_verifier", REVIEW],
  ["let dangerous = 1;", "dangerous", undefined],
  ["ServerConfig::builder().with_no_client_auth()", "with_no_client_auth", REVIEW],
  ["builder.allow_unauthenticated().build()", "allow_unauthenticated", REVIEW],
  ["NoClientAuth::new()", "NoClientAuth", REVIEW],
  ["// .danger_accept_invalid_certs(true)", "danger_accept_invalid_certs", undefined],
  ['let text = "danger_accept_invalid_certs(true)";', "danger_accept_invalid_certs", undefined],
];

const PEM = `subject=CN = test
# tlslint: allow(expired-certificate): kept for the archive
-----BEGIN CERTIFICATE-----
TUlJQg==
not base64 at all!
-----END CERTIFICATE-----
-----BEGIN EC PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
TUlJQg==
-----END CERTIFICATE-----
-----END EC PRIVATE KEY-----
-----END X509 CRL-----
`;
const SECTIONS = [
  [0, "subject", "comment.line.explanation.pem"],
  [1, "allow", "keyword.control.allow.pem"],
  [1, "expired-certificate", "entity.name.function.rule.pem"],
  [2, "BEGIN", "keyword.control.begin.pem"],
  [2, "CERTIFICATE", "entity.name.section.pem"],
  [3, "TUlJQg", "string.unquoted.base64.pem"],
  [3, "==", "punctuation.definition.padding.pem"],
  [4, "all!", "invalid.illegal.not-base64.pem"],
  [5, "END", "keyword.control.end.pem"],
  [6, "EC PRIVATE KEY", "entity.name.section.private-key.pem"],
  [7, "Proc-Type", "variable.other.header.pem"],
  [9, "CERTIFICATE", "invalid.illegal.mismatched-label.pem"],
  [11, "-----END", "invalid.illegal.boundary.pem"],
];

const SETTINGS = `# who must show a certificate
mtls = "required" # always
[rules]
"no-client-auth" = 'error'
expiring-days = 30`;
const SETTING_WORDS = [
  [0, "who", "comment.line.number-sign.toml"],
  [1, "mtls", "variable.other.key.toml"],
  [1, "required", "string.quoted.double.toml"],
  [1, "always", "comment.line.number-sign.toml"],
  [2, "rules", "entity.name.section.toml"],
  [3, "no-client-auth", "variable.other.key.toml"],
  [3, "error", "string.quoted.single.toml"],
  [4, "30", "constant.numeric.toml"],
];

export async function checkGrammars() {
  const registry = await makeRegistry();
  const rust = await registry.loadGrammar("source.rust");
  for (const [code, word, scope] of CODE) {
    const scopes = scopesAt(tokenize(rust, `fn f() {\n${code}\n}`)[1], code, word);
    const ours = scopes.filter((it) => it === DANGER || it === REVIEW);
    assert.deepEqual(ours, scope ? [scope] : [], `${word} in ${code}: ${scopes.join(" ")}`);
  }
  checkWords(await registry.loadGrammar("source.pem"), PEM, SECTIONS);
  checkWords(await registry.loadGrammar("source.toml.tlslint"), SETTINGS, SETTING_WORDS);
}

function checkWords(grammar, text, words) {
  const lines = tokenize(grammar, text);
  for (const [line, word, scope] of words) {
    const scopes = scopesAt(lines[line], text.split("\n")[line], word);
    assert.ok(
      scopes.some((it) => it.split(" ").includes(scope)),
      `${word} in line ${line}: ${scopes.join(" ")}`,
    );
  }
}

async function makeRegistry() {
  const { Registry, parseRawGrammar } = require("vscode-textmate");
  const oniguruma = require("vscode-oniguruma");
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
  const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const files = new Map(contributes.grammars.map(({ scopeName, path }) => [scopeName, join(root, path)]));
  files.set("source.rust", RUST);
  const injections = contributes.grammars.filter(({ injectTo }) => injectTo?.includes("source.rust")).map(({ scopeName }) => scopeName);
  return new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = files.get(scope);
      return file ? parseRawGrammar(readFileSync(file, "utf8"), file) : null;
    },
    getInjections: (scope) => (scope === "source.rust" ? injections : undefined),
  });
}

function tokenize(grammar, text) {
  let stack = null;
  return text.split("\n").map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens;
  });
}

function scopesAt(tokens, line, word) {
  const at = line.indexOf(word);
  assert.ok(at >= 0, `${word} is not in ${line}`);
  return tokens.find(({ startIndex, endIndex }) => startIndex <= at && at < endIndex)?.scopes ?? [];
}
