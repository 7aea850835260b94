/** Findings in one file of a proxy's or a deployment's configuration, less what its comments suppress. */
import type { Span } from "../../base/span.ts";
import { commentsOf, mayBeYaml } from "../../edge/index.ts";
import { mentionsKey } from "../../pki/keys/mentions.ts";
import type { Setting } from "../../settings/index.ts";
import type { Observation } from "../../tls/facts.ts";
import type { Finding } from "../api.ts";
import { embeddedKeyFindings } from "../embedded-keys.ts";
import { purposeGuards } from "../purpose.ts";
import { ruleIds } from "../rule-names.ts";
import { settingFindings } from "../setting-findings.ts";
import { reachesIn } from "../settings-reach.ts";
import { parseSuppression, suppress } from "../suppressions.ts";
import type { Workspace } from "../workspace.ts";
import { secretKeyFindings } from "./secret-keys.ts";

interface EdgeInput {
  readonly file: string;
  readonly text: string;
  /** Those that stand in the file. */
  readonly settings: readonly Setting[];
}

export async function edgeFindings(workspace: Workspace, { file, text, settings }: EdgeInput): Promise<readonly Finding[]> {
  const configuration = await workspace.configurations.of(file);
  const now = workspace.host.now();
  const guards = await purposeGuards(workspace, file, "proxy");
  // A public server asks for no certificates; of each of them nobody wants to hear that, unless all are meant to ask.
  const told = configuration.settings.mtls === "required" ? settings : settings.filter(({ observation }) => !isPublic(observation));
  const findings = [
    ...settingFindings({ file, settings: told, configuration, now }),
    ...(mentionsKey(text) ? embeddedKeyFindings(file, text, { configuration, now, guards: () => guards }) : []),
    ...(mayBeYaml(file) ? secretKeyFindings(file, text, { configuration, now, guards }) : []),
  ];
  const comments: readonly Span[] = text.includes("tlslint") ? commentsOf(file, text) : [];
  return suppress(
    findings,
    comments.flatMap(({ start, end }) => parseSuppression(text.slice(start, end), start) ?? []),
    {
      file,
      now,
      knownRules: ruleIds,
      offRules: new Set([...configuration.settings.rules].flatMap(([id, level]) => (level === "off" ? [id] : []))),
      reach: reachesIn("environment", text),
      complete: true,
    },
  );
}

const isPublic = ({ fact, byDefault, endpoint }: Observation): boolean =>
  fact.kind === "client-authentication" &&
  fact.mode === "none" &&
  byDefault &&
  endpoint?.facts.every((it) => it.fact.kind !== "trust") === true;
