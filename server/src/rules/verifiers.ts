/** The judgement of a user's own verifier in words and severity, the same for both ends of a connection. */
import type { ObservationOf, Role } from "../tls/facts.ts";
import type { Remedy, Severity, Verdict } from "./rule.ts";

export interface Stakes {
  readonly peer: Role;
  /** What acceptance lets an attacker do. */
  readonly attack: string;
  readonly help: string;
  readonly remedy: Remedy["want"];
}

/** Forgiving the host name only is `disabled-hostname-verification`'s; pinning, delegating and refusing are fine. */
export function judgeVerifier(observation: ObservationOf<"verifier">, { peer, attack, help, remedy }: Stakes): Verdict | undefined {
  const { judgement, name, installed, made, rawKeys, lookedUpBy } = observation.fact;
  const who = name === ANONYMOUS ? "this closure" : `\`${name}\``;
  const unseen = made ? "it is constructed here, but no code that installs it was found" : "no code that installs it was found";
  const spoken = (severity: Severity, message: string, other?: string, why?: string): Verdict => ({
    severity: installed ? severity : lower(severity),
    message,
    help: other ?? help,
    notes: [...(why === undefined ? [] : [why]), ...(installed ? [] : [unseen])],
    remedies: [{ want: remedy }, { want: { kind: "verifier", judgement: "delegates" } }],
  });
  // The handshake's signature proves the key; a server may take keys first and look them up afterwards, a client may not.
  if (rawKeys === true && peer === "client" && (judgement === "accepts-anything" || judgement === "compares-other"))
    return {
      severity: "info",
      message: `${who} accepts any raw public key`,
      help: "look the key up before serving the connection, and reject unknown keys",
      notes: ["the handshake only proves that the client holds the private key"],
    };
  if (lookedUpBy !== undefined && peer === "client" && (judgement === "accepts-anything" || judgement === "compares-claims"))
    return {
      severity: "info",
      message: `${who} accepts any client certificate; \`${lookedUpBy}\` looks it up after the handshake`,
      help: "make sure that no connection is served before that check or without it",
    };
  switch (judgement) {
    case "accepts-anything":
      return spoken("error", `${who} accepts any ${peer} certificate: ${attack}`);
    case "drops-error":
      return spoken("error", `${who} ignores the verification error: ${attack}`, "return the error");
    case "drops-time-error":
      return spoken(
        "warning",
        `${who} accepts expired ${peer} certificates: a stolen or retired key keeps working`,
        "return the error, and renew the certificate",
      );
    case "compares-other":
      return spoken("warning", `${who} accepts the ${peer} without checking its certificate`, undefined, attack);
    case "compares-claims":
      return spoken(
        "error",
        `${who} compares only fields that an attacker can copy into a certificate`,
        "verify the chain first, then compare; or compare the whole certificate or its public key",
        `the chain is not verified: ${attack}`,
      );
    case "unknown":
      return installed
        ? {
            severity: "hint",
            message: `cannot tell whether ${name === UNNAMED ? "this verifier" : who} verifies the ${peer} certificate`,
            help: "check by hand that every accepting path verifies the certificate",
          }
        : undefined;
    case "delegates":
    case "drops-name-error":
    case "pins":
    case "rejects":
      return undefined;
  }
}

/** How analysis calls a callback without a name, and a verifier of which nothing is seen. */
const ANONYMOUS = "closure";
const UNNAMED = "verifier";

const lower = (severity: Severity): Severity => (severity === "error" ? "warning" : "info");
