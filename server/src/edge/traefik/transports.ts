/** Traefik's `serversTransport`s: how it verifies the services behind it, which it does unless it is told not to. */
import type { Reach } from "../../tls/facts.ts";
import type { EdgeStatement } from "../proxy.ts";
import { entries, get, items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import { added, replaced } from "../yaml/edits.ts";

/** Where a user may put the CA of the network's own. */
const OWN_ANCHORS = "/etc/traefik/upstream-ca.pem";

/** A map that says how it connects, in a file or in the `spec` of an object, which has its CA in a secret. */
export interface Transport {
  readonly file: string;
  readonly text: string;
  readonly value: YamlValue | undefined;
  readonly isObject: boolean;
}

export function transportStatements({ file, text, value: transport, isObject }: Transport, reach: Reach): readonly EdgeStatement[] {
  const skips = entries(transport).find((it) => it.key === "insecureSkipVerify");
  const at = skips?.value === undefined ? undefined : placeOf(skips.value);
  if (skips === undefined || at === undefined || textOf(skips.value) !== "true") return [];
  const roots = ["rootCAs", "rootCAsSecrets"].some((it) => items(get(transport, it)).length > 0);
  const isKnown = roots || reach === "public" || isObject;
  const ca = isKnown ? [] : added(text, transport, { rootCAs: [OWN_ANCHORS] }, "insecureSkipVerify");
  const title = isKnown ? "Verify the upstream's certificate" : `Verify the upstream's certificate against \`${OWN_ANCHORS}\``;
  const edits = [...replaced(skips.value, "false"), ...ca];
  return [
    {
      file,
      span: { start: skips.keySpan.start, end: at.end },
      fact: { kind: "server-verification", enabled: false, reach },
      role: "client",
      call: "traefik.insecureSkipVerify",
      written: "insecureSkipVerify",
      betterments: [{ gives: { kind: "server-verification", enabled: true }, title, edits }],
    },
  ];
}
