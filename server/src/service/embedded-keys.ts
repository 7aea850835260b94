/** Private keys within code, settings and other text: the rule for exposed keys over what `pki/` finds there. */
import type { Span } from "../base/span.ts";
import { embeddedKeys, mentionsKey } from "../pki/index.ts";
import { exposedPrivateKey } from "../rules/files/exposed-private-key.ts";
import type { Guard } from "../tls/facts.ts";
import type { Finding } from "./api.ts";
import { fileFindings } from "./certificates/file-findings.ts";
import { type Configuration, policyOf } from "./configuration/layers.ts";
import { purposeGuards } from "./purpose.ts";
import { ruleIds } from "./rule-names.ts";
import { parseSuppression, type Suppression, suppress } from "./suppressions.ts";
import type { Workspace } from "./workspace.ts";

interface Around {
  readonly configuration: Configuration;
  readonly now: number;
  /** Of the place of a key. */
  guards(offset: number): readonly Guard[];
}

export function embeddedKeyFindings(file: string, text: string, { configuration, now, guards }: Around): readonly Finding[] {
  if (!mentionsKey(text)) return [];
  const context = { policy: policyOf(configuration, now), usedAs: [], path: file, embedded: true } as const;
  return embeddedKeys(text).flatMap((section) => {
    const read = { format: "pem", text, sections: [section], problems: [], loadings: [] } as const;
    return fileFindings(file, read, [exposedPrivateKey], context, [], configuration.settings.rules, guards(section.span.start));
  });
}

/** A text of which nothing else is known. */
export async function lintText(workspace: Workspace, file: string, text: string): Promise<readonly Finding[]> {
  const configuration = await workspace.configurations.of(file);
  const now = workspace.host.now();
  const purpose = await purposeGuards(workspace, file);
  const findings = embeddedKeyFindings(file, text, { configuration, now, guards: () => purpose });
  const starts = findings.map((it) => it.place.span.start);
  return suppress(findings, suppressionsIn(text), {
    file,
    now,
    knownRules: ruleIds,
    offRules: new Set([...configuration.settings.rules].flatMap(([id, level]) => (level === "off" ? [id] : []))),
    reach: (one) => throughKeyBelow(one.span, starts),
    complete: true,
  });
}

const suppressionsIn = (text: string): readonly Suppression[] =>
  text.includes("tlslint") ? [...text.matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }) => parseSuppression(line, index) ?? []) : [];

const throughKeyBelow = ({ end }: Span, starts: readonly number[]): Span | undefined => {
  const below = starts.find((it) => it >= end);
  return below === undefined ? undefined : { start: end, end: below + 1 };
};
