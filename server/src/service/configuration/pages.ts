/** What follows from the table of settings: the JSON schema, the page, the block of the extension's manifest. Compared by a test. */
import { ownRules } from "../own-rules.ts";
import { isSettingKey, LEVELS, type RuleName, SETTING_KEYS, SETTINGS, type SettingKey } from "./settings.ts";

type Json = Readonly<Record<string, unknown>>;

/** Settings that only editors have. */
const EDITOR_SETTINGS: Readonly<Record<string, Json>> = {
  "inlay-hints": {
    type: "string",
    enum: ["off", "problems", "always"],
    default: "problems",
    markdownDescription: "Inlay hints beside paths that name certificate files: when the file ends, and how many problems it has.",
    scope: "window",
  },
  "trace.server": {
    enum: ["off", "messages", "verbose"],
    default: "off",
    description: "Log the messages between the editor and the language server.",
    scope: "window",
  },
};

export function configurationSchema(rules: readonly RuleName[]): Json {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "tlslint.toml",
    description: "Configuration of tlslint. The same keys stand in [package.metadata.tlslint] and [workspace.metadata.tlslint].",
    type: "object",
    properties: Object.fromEntries(
      entries(rules).map(({ key, sentence, preset, schema }) => [key, { ...schema, default: preset, description: sentence }]),
    ),
    additionalProperties: false,
  };
}

/** As the settings editor lists them; each setting stands in one group. */
const GROUPS: Readonly<Record<string, readonly SettingKey[]>> = {
  Policy: ["mtls", "profile", "minimum-version", "expiring-days", "hosts"],
  Rules: ["rules"],
  Files: ["exclude", "acknowledged", "weak-key-lists"],
  Fixes: ["client-ca", "server-ca", "crl"],
};

export function contributedConfiguration(rules: readonly RuleName[]): readonly Json[] {
  const own = new Map(
    entries(rules).map(({ key, sentence, preset, schema }) => [
      key,
      // What may name files outside of the workspace must not come from the workspace's own settings.
      { ...typed(schema), default: preset, markdownDescription: sentence, scope: key === "weak-key-lists" ? "machine" : "resource" },
    ]),
  );
  const editor = Object.entries(EDITOR_SETTINGS).map(([key, it]) => [`tlslint.${key}`, it]);
  return [
    ...Object.entries(GROUPS).map(([title, keys], at) => ({
      title,
      order: at + 1,
      properties: Object.fromEntries(keys.map((key, place) => [`tlslint.${key}`, { order: place + 1, ...own.get(key) }])),
    })),
    { title: "Editor", order: Object.keys(GROUPS).length + 1, properties: Object.fromEntries(editor) },
  ];
}

export function configurationPage(rules: readonly RuleName[]): string {
  const rows = entries(rules).map(
    ({ key, sentence, preset, schema }) => `| \`${key}\` | ${valuesOf(schema)} | ${shown(preset)} | ${sentence} |`,
  );
  return `<!-- Generated from server/src/service/configuration/settings.ts: change it there and run the tests with UPDATE=1. -->
# Configuration

tlslint needs no configuration. What can be set stands in one of these places; the later one wins, key by key:

1. the editor's settings, as \`tlslint.<key>\`
2. \`[workspace.metadata.tlslint]\` in the workspace's \`Cargo.toml\`
3. \`[package.metadata.tlslint]\` in the package's \`Cargo.toml\`
4. \`tlslint.toml\`: the nearest one in the file's folder or above it

One is for editors alone: \`tlslint.inlay-hints\` (\`"off"\`, \`"problems"\`, \`"always"\`; \`"problems"\` unless set) says beside which paths that
name certificate files stands when they end, and how many problems they have.

\`tlslint check --config FILE\` reads that file instead of 2 to 4. An unknown key, rule or value is a finding at its place.
The server completes and explains them; a TOML server can check them, too, with the schema \`server/schema/tlslint.schema.json\`.

| key | values | default | |
|---|---|---|---|
${rows.join("\n")}

\`\`\`toml
# tlslint.toml
mtls = "required"
client-ca = "certs/client-ca.pem"
exclude = ["vendor/"]

[rules]
no-client-auth = "error"
expiring-certificate = "off"
\`\`\`

## Severities

\`error\`: verification is off in code that runs. \`warning\`: a reviewer would ask for a change. \`info\`: worth knowing.
\`hint\`: test code, examples of a program, and code that somebody has to ask for. A rule's severity in \`rules\` is where it starts: code that holds
only under a condition stays below it, and the message says so.

| code that holds | severity |
|---|---|
| always, or by default | the rule's |
| under a condition that cannot be decided | one step lower, and the message says "may" |
| in \`examples/\` of a library that is not \`publish = false\` | \`warning\` at most; \`hint\` instead of \`info\` |
| in tests, in other examples, under \`debug_assertions\` | \`hint\` |
| only with a feature named for insecurity or tests, off by default | \`hint\` |
| with another feature, whether it is on by default or not | the rule's |
| only without a feature that is on by default | one step lower |
| only when somebody opts in (\`if insecure\`) | \`hint\` |
| on some platforms | the rule's |
| if a path is what it looks like (imports are missing) | the rule's, at most \`warning\` |

## Suppressions

A comment says which finding is right as it is, and why:

\`\`\`rust
// tlslint: allow(no-client-auth): the load balancer in front checks client certificates
let config = builder.with_no_client_auth();
\`\`\`

It holds for its own line when code stands before it, else for the item or statement below it, and for everything inside.
\`tlslint: allow-file(rule): reason\` holds for the whole file. Several rules are separated by commas. \`until 2027-01-31\`, anywhere
after the rules, ends it after that day; \`until\` is reserved for a date.

In a PEM file the same words stand on a line of their own, and hold for the section below:

\`\`\`text
tlslint: allow(expired-certificate): kept for the tests of expiry until 2027-01-31
-----BEGIN CERTIFICATE-----
\`\`\`

A suppression without a reason, after its date, with \`until\` and no date, or of a rule that does not exist suppresses nothing and is
reported as \`bad-suppression\`; one that suppresses nothing is reported as \`unused-suppression\`.

## What was not analysed

A file that was asked for and could not be analysed is listed as "not analysed", and \`tlslint check\` ends with 2, whatever it found.
What nothing here can see (generated code, other platforms, binaries that hold no certificate, what PKCS#12 has encrypted) is listed as
"out of reach", and ends \`check\` with 2 only with \`--strict\`. Either can be acknowledged; it then stays in the list, with the reason, and ends nothing with 2:

\`\`\`toml
[acknowledged]
"src/bindings.rs" = "generated, 9 MB, and no TLS in it"
\`\`\`

\`tlslint expiry\` ends with 2 for each of them that may hold certificates and is not acknowledged, and tells of it in any case.

## Findings about the configuration itself

${ownRules.map(({ id, summary, severity }) => `- \`${id}\` (${severity}): ${summary}`).join("\n")}
`;
}

interface Entry {
  readonly key: string;
  readonly sentence: string;
  /** As JSON has it. */
  readonly preset: unknown;
  readonly schema: Json;
}

const entries = (rules: readonly RuleName[]): readonly Entry[] =>
  SETTING_KEYS.filter(isSettingKey).map((key) => {
    const { sentence, default: preset, schema } = SETTINGS[key];
    return { key, sentence, preset: preset instanceof Map ? Object.fromEntries(preset) : preset, schema: schema(rules) };
  });

/** The settings editor shows a list of choices only where it knows that they are strings. */
function typed(schema: Json): Json {
  if ("enum" in schema) return { type: "string", ...schema };
  const { properties } = schema;
  if (typeof properties !== "object" || properties === null) return schema;
  // A table, where it knows that of each row.
  return { ...schema, properties: Object.fromEntries(Object.entries(properties).map(([key, it]) => [key, { type: "string", ...it }])) };
}

function valuesOf(schema: Json): string {
  const choices: unknown = schema["enum"];
  if (Array.isArray(choices)) return choices.map((it) => `\`"${String(it)}"\``).join(" ");
  switch (schema["type"]) {
    case "object":
      if (schema["additionalProperties"] !== false) return "a table of files";
      return `a table: rule id = ${LEVELS.map((it) => `\`"${it}"\``).join(" ")}`;
    case "array":
      return "an array of strings";
    case "integer":
      return `a number from ${String(schema["minimum"])} to ${String(schema["maximum"])}`;
    default:
      return "a string";
  }
}

const shown = (preset: unknown): string => (preset === "" ? "" : `\`${JSON.stringify(preset)}\``);
