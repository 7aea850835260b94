/** Private keys in Secrets of manifests, whose values are base64: the rule for exposed keys over what they decode to. */
import { span } from "../../base/span.ts";
import { secretValues } from "../../edge/index.ts";
import { embeddedKeys, mentionsKey } from "../../pki/index.ts";
import { readBase64 } from "../../pki/pem/base64.ts";
import { exposedPrivateKey } from "../../rules/files/exposed-private-key.ts";
import type { Guard } from "../../tls/facts.ts";
import type { Finding } from "../api.ts";
import { fileFindings } from "../certificates/file-findings.ts";
import { type Configuration, policyOf } from "../configuration/layers.ts";

interface Around {
  readonly configuration: Configuration;
  readonly now: number;
  readonly guards: readonly Guard[];
}

export function secretKeyFindings(file: string, text: string, { configuration, now, guards }: Around): readonly Finding[] {
  const context = { policy: policyOf(configuration, now), usedAs: [], path: file, embedded: true } as const;
  return secretValues(text).flatMap(({ value, span: at }) => {
    const decoded = new TextDecoder("latin1").decode(readBase64(value, span(0, value.length)).bytes);
    if (!mentionsKey(decoded)) return [];
    return embeddedKeys(decoded).flatMap((section) => {
      const shown = { ...section, span: at, boundary: at, textSpan: () => at };
      const read = { format: "pem", text, sections: [shown], problems: [], loadings: [] } as const;
      return fileFindings(file, read, [exposedPrivateKey], context, [], configuration.settings.rules, guards);
    });
  });
}
