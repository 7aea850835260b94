/** The judgement of a user's own verifier in words and severity, the same for both ends of a connection. */
import type { ObservationOf, Role } from "../tls/facts.ts";
import type { Remedy, Severity, Verdict } from "./rule.ts";

export interface Stakes {
  readonly peer: Role;
  /** What acceptance lets an attacker do. */
  readonly attack: string;
  readonly advice: string;
  readonly remedy: Remedy["want"];
}

/** Forgiving the host name only is `disabled-hostname-verification`'s; pinning, delegating and refusing are fine. */
export function judgeVerifier(observation: ObservationOf<"verifier">, { peer, attack, advice, remedy }: Stakes): Verdict | undefined {
  const { judgement, name, installed, made, rawKeys, lookedUpBy } = observation.fact;
  const spoken = (severity: Severity, message: string, other?: string): Verdict => ({
    severity: installed ? severity : lower(severity),
    message: installed ? message : `${message}; ${made ? "one is made, and what becomes of it is not known" : "nothing here installs it"}`,
    advice: other ?? advice,
    remedies: [
      { want: remedy, applicability: "review" },
      { want: { kind: "verifier", judgement: "delegates" }, applicability: "review" },
    ],
  });
  // The handshake's signature proves the key; a server may take keys first and look them up afterwards, a client may not.
  if (rawKeys === true && peer === "client" && (judgement === "accepts-anything" || judgement === "compares-other"))
    return {
      severity: "info",
      message: `\`${name}\` accepts any raw public key: the handshake proves only that the client holds it`,
      advice: "look the key up before anything is done for the connection, and refuse keys that nobody knows",
    };
  if (lookedUpBy !== undefined && peer === "client" && (judgement === "accepts-anything" || judgement === "compares-claims"))
    return {
      severity: "info",
      message: `\`${name}\` accepts any client certificate, and \`${lookedUpBy}\` looks it up after the handshake`,
      advice: "see that nothing is done for a connection before that, and that nobody gets past it",
    };
  switch (judgement) {
    case "accepts-anything":
      return spoken("error", `\`${name}\` accepts any ${peer} certificate: ${attack}`);
    case "drops-error":
      return spoken(
        "error",
        `\`${name}\` asks for a verdict and accepts the ${peer} although it is an error: ${attack}`,
        "return the error",
      );
    case "drops-time-error":
      return spoken(
        "warning",
        `\`${name}\` accepts expired ${peer} certificates: a key that was stolen or retired long ago still works`,
        "return the error, and renew the certificate",
      );
    case "compares-other":
      return spoken("warning", `\`${name}\` accepts the ${peer} without a look at its certificate: ${attack}`);
    case "compares-claims":
      return spoken(
        "error",
        `\`${name}\` compares only what anybody can write into a certificate, or send beside it, and nobody vouches for it: ${attack}`,
        "verify the chain first, then compare; or compare the whole certificate, or its key",
      );
    case "unknown":
      return installed
        ? {
            severity: "hint",
            message: `cannot tell whether \`${name}\` verifies the ${peer}'s certificate`,
            advice: "verify by hand that every path to acceptance checks the certificate",
          }
        : undefined;
    case "delegates":
    case "drops-name-error":
    case "pins":
    case "rejects":
      return undefined;
  }
}

const lower = (severity: Severity): Severity => (severity === "error" ? "warning" : "info");
