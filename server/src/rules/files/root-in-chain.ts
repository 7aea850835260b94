/** A root that is served along with the chain. */
import { certificateRole } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { chainOf } from "./chain.ts";
import { distinctOf, isTrust, nameOf } from "./context.ts";
import { removal } from "./repairs.ts";

export const rootInChain: FileRule = {
  id: "root-in-chain",
  judges: "file",
  summary: "the served chain includes its root",
  severity: "info",
  since: "0.1.0",
  cwe: [1041],
  sources: [{ title: "RFC 8446, 4.4.2 Certificate", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2" }],
  rationale: `Who trusts a root has it already, and who does not gains nothing from being sent it: the bytes are wasted in every handshake. It
does no harm otherwise, so this is information. Where the code also trusts the same file, the root belongs there.`,
  examples: [{ bad: "root-in-chain", good: "chain" }],
  judge(file, context) {
    if (context.usedAs.some((it) => isTrust(it.role))) return [];
    const certificates = distinctOf(file);
    const chain = chainOf(file, context);
    if (chain === undefined) return [];
    return certificates
      .filter(({ section, certificate }) => chain.connected.has(section) && certificateRole(certificate) === "root")
      .map(({ section, certificate }) => ({
        span: section.boundary,
        message: `root ${nameOf(certificate)} is sent in the chain, but peers that trust it already have it`,
        help: "remove it from the served chain; keep it in a separate file for verifiers",
        repairs: [{ title: "Remove root from chain", applicability: "review", edits: removal(file, [section]) }],
      }));
  },
};
