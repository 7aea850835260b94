/** Facts by which a library does not compare the name of the peer. */
import type { Fact, FactOf } from "../tls/facts.ts";

export const isNameless = (fact: Fact): fact is FactOf<"hostname-verification"> | FactOf<"verifier"> =>
  fact.kind === "hostname-verification" ? !fact.enabled : fact.kind === "verifier" && fact.judgement === "drops-name-error";
