/** Files of settings from text to findings: read, judge, suppress. */

import { satisfies } from "../base/version.ts";
import { tomlTokens } from "../cargo/index.ts";
import { type NeededFeature, rocketMtls, rumqttdVerify } from "../models/manifests/index.ts";
import { mentionsKey } from "../pki/keys/mentions.ts";
import { isTestData, isTestPackage, nameOf, relativePath, textOf } from "../project/index.ts";
import {
  askedFeatures,
  type Circumstance,
  environmentSettings,
  isRumqttd,
  manifestSettings,
  namesAskedFor,
  readEnvironment,
  rocketSettings,
  rumqttdSettings,
  type Setting,
  tomlSettings,
} from "../settings/index.ts";
import type { Finding } from "./api.ts";
import { purposeGuards } from "./purpose.ts";
import { ruleIds } from "./rule-names.ts";
import { reachesIn } from "./settings-reach.ts";
import { parseSuppression, type Suppression, suppress } from "./suppressions.ts";
import type { Workspace } from "./workspace.ts";

type Kind = "settings" | "environment" | "manifest";

export async function lintSettings(
  workspace: Workspace,
  file: string,
  kind: "settings" | "environment",
  text: string,
): Promise<readonly Finding[]> {
  const crates = await workspace.packages.cratesAround(file);
  const guards = await purposeGuards(workspace, file);
  const input = { file, guards, drivers: new Set(crates.keys()) };
  const settings =
    kind === "environment"
      ? environmentSettings(text, input)
      : [...tomlSettings(text, input), ...(await serverSettings(workspace, text, input))];
  return judgedSettings(workspace, file, kind, text, settings);
}

/** The settings of servers that have a file of their own. */
async function serverSettings(workspace: Workspace, text: string, input: Circumstance): Promise<readonly Setting[]> {
  const { file } = input;
  if (nameOf(file) === "Rocket.toml") return rocketSettings(text, { ...input, ...(await missing(workspace, file, rocketMtls)) });
  return isRumqttd(text) ? rumqttdSettings(text, { ...input, ...(await missing(workspace, file, rumqttdVerify)) }) : [];
}

/** Told where a manifest around uses the package, and none that could ask for the feature does. */
async function missing(
  { packages, files }: Workspace,
  file: string,
  { package: name, feature, versions }: NeededFeature,
): Promise<{ readonly needs?: string }> {
  const owner = await packages.packageOf(file);
  const used = owner?.facts.versions.get(name) ?? [];
  if (used.length > 0 && !used.some((it) => satisfies(it, versions))) return {};
  const paths = owner ? [owner.manifestPath, `${owner.workspaceFolder}/Cargo.toml`] : [];
  const asked = await Promise.all(paths.map(async (it) => askedFeatures(textOf(await files.readKept(it))?.text ?? "", name)));
  const isUsed = asked.some((it) => it !== undefined);
  return isUsed && !asked.some((it) => it?.has(feature)) ? { needs: `the feature \`${feature}\` of \`${name}\`` } : {};
}

/** What a manifest asks for. Whether it is valid is another question: half a line of typing must not hide the rest. */
export async function lintManifest(workspace: Workspace, file: string, text: string): Promise<readonly Finding[]> {
  const { packages } = workspace;
  const locked = await packages.lockedAround(file);
  const owner = await packages.packageOf(file);
  const isTest = isTestPackage(owner?.facts.name ?? "") || isTestData(relativePath(packages.top(file), file) ?? file);
  const settings = manifestSettings(text, {
    file,
    guards: isTest ? [{ kind: "test" }] : [],
    crates: locked ?? new Map(),
    locked: locked !== undefined,
    defaultFeatures: owner?.facts.defaultFeatures ?? new Set(),
    named: await workspace.rust.namedBelow(file, namesAskedFor(text)),
  });
  return judgedSettings(workspace, file, "manifest", text, settings);
}

async function judgedSettings(
  workspace: Workspace,
  file: string,
  kind: Kind,
  text: string,
  settings: readonly Setting[],
): Promise<readonly Finding[]> {
  const configuration = await workspace.configurations.of(file);
  const { rules: levels } = configuration.settings;
  const now = workspace.host.now();
  const findings: Finding[] = [];
  // Most say nothing: the rules are loaded for those that do.
  if (settings.length > 0) {
    const { settingFindings } = await import("./setting-findings.ts");
    findings.push(...settingFindings({ file, settings, configuration, now }));
  }
  if (mentionsKey(text)) {
    const { embeddedKeyFindings } = await import("./embedded-keys.ts");
    const guards = await purposeGuards(workspace, file);
    findings.push(...embeddedKeyFindings(file, text, { configuration, now, guards: () => guards }));
  }
  return suppress(findings, suppressionsIn(kind, text), {
    file,
    now,
    knownRules: ruleIds,
    offRules: new Set([...levels].flatMap(([id, level]) => (level === "off" ? [id] : []))),
    reach: reachesIn(kind, text),
    complete: true,
  });
}

function suppressionsIn(kind: Kind, text: string): readonly Suppression[] {
  if (!text.includes("tlslint")) return [];
  const { comments } = kind === "environment" ? readEnvironment(text) : tomlTokens(text);
  return comments.flatMap((it) => parseSuppression(text.slice(it.start, it.end), it.start) ?? []);
}
