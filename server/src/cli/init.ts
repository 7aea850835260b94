/** `tlslint init`: writes a `tlslint.toml` that changes nothing yet, with comments that say what was found and what could be set. */
import type { LintService, Severity } from "../service/api.ts";
import { rulePages } from "../service/rule-pages.ts";
import type { World } from "./world.ts";

const NAME = "tlslint.toml";

export async function init(service: LintService, world: World): Promise<number> {
  if (world.exists(NAME)) {
    world.error(`tlslint: ${NAME} already exists; \`tlslint check --print-config Cargo.toml\` prints the settings that apply`);
    return 2;
  }
  const found = await lookAround(service, world);
  const refused = world.writeOutput(NAME, configurationText(found), world.rootsOf(["."]));
  if (refused !== undefined) {
    world.error(`tlslint: ${NAME} could not be written: ${refused}`);
    return 2;
  }
  world.print(`wrote ${NAME}; all settings are commented out\n`);
  return 0;
}

interface Found {
  readonly rules: ReadonlyMap<string, { readonly severity: Severity; readonly count: number }>;
  readonly authorities: readonly string[];
  readonly servers: readonly string[];
  readonly files: number;
}

async function lookAround(service: LintService, world: World): Promise<Found> {
  const rules = new Map<string, { readonly severity: Severity; readonly count: number }>();
  const authorities = new Set<string>();
  const servers = new Set<string>();
  const { files } = await service.files(world.resolve("."));
  for (const file of files) {
    for (const { rule, severity } of (await service.lint(file)).findings)
      rules.set(rule, { severity, count: (rules.get(rule)?.count ?? 0) + 1 });
    for (const { kind } of (await service.expiries(file)).expiries) {
      if (kind === "root certificate") authorities.add(world.relative(file));
      if (kind === "leaf certificate") servers.add(world.relative(file));
    }
  }
  return { rules, authorities: [...authorities], servers: [...servers], files: files.length };
}

/** Whatever a file is called, it stays within its line and its string. */
const quoted = (text: string): string => JSON.stringify(text);

function configurationText({ rules, authorities, servers, files }: Found): string {
  const summaries = new Map(rulePages().map(({ id, summary }) => [id, summary]));
  const ordered = [...rules].toSorted(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  return `${[
    `# Settings of tlslint for this folder and below, written after a look at ${files} files. All keys: docs/configuration.md of tlslint.`,
    "",
    '# Whether servers must require client certificates: "auto" looks for signs of it in the code.',
    '# mtls = "auto" # "required", "off"',
    "",
    "# How certificates are judged: as issued by a private CA, or by the rules for public CAs.",
    '# profile = "private-mtls" # "public-web"',
    "",
    "# The CA that issues client certificates, as a path that fixes write into code.",
    ...(authorities.length > 0 ? authorities.slice(0, 5) : ["certs/client-ca.pem"]).map((it) => `# client-ca = ${quoted(it)}`),
    "",
    "# Files and folders to exclude, as in .gitignore.",
    '# exclude = ["vendor/"]',
    "",
    '# The severity of rules, or "off".',
    "[rules]",
    ...(ordered.length === 0 ? ['# no-client-auth = "error"'] : []),
    ...ordered.map(
      ([id, { severity, count }]) =>
        `# ${id} = ${quoted(severity)} # found ${count === 1 ? "once" : `${count} times`}: ${summaries.get(id) ?? ""}`,
    ),
    "",
    "# Hostnames that clients connect to, for each server certificate.",
    "[hosts]",
    ...(servers.length > 0 ? servers.slice(0, 5) : ["certs/server.pem"]).map((it) => `# ${quoted(it)} = ["api.example.org"]`),
  ].join("\n")}\n`;
}
