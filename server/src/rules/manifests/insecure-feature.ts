/** A feature of a crate that takes protection away, or lets others take it away. */
import type { SettingRule } from "../rule.ts";

export const insecureFeature: SettingRule<"crate-feature"> = {
  id: "insecure-feature",
  judges: "settings",
  file: "Cargo.toml",
  observes: "crate-feature",
  summary: "a feature weakens TLS, or lets it be switched off at run time",
  severity: "warning",
  since: "0.1.0",
  cwe: [295, 489],
  sources: [
    { title: "The Cargo Book: Feature unification", url: "https://doc.rust-lang.org/cargo/reference/features.html#feature-unification" },
    { title: "redis: Cargo features", url: "https://docs.rs/redis/latest/redis/#features" },
    { title: "CWE-489: Active Debug Code", url: "https://cwe.mitre.org/data/definitions/489.html" },
  ],
  rationale: `Some crates keep their dangerous half behind a feature. Features are united: one package of the build that asks for
it has it switched on for all, also for those that never wanted it.

A feature that weakens by itself is a warning. One that only permits, so that code or an address decides at run time, is
information: what the code then does is judged where it stands.

It does not matter for dependencies of tests, which are hints; and behind a feature of the package's own that is off by default.`,
  byHand: "code may need the feature: what it is replaced by has to be chosen together with the code",
  examples: [
    {
      bad: `[package]
name = "shop"
version = "0.1.0"

[dependencies]
awc = { version = "3.5", features = ["dangerous-h2c"] }
`,
      good: `[package]
name = "shop"
version = "0.1.0"

[dependencies]
awc = { version = "3.5", features = ["openssl"] }
`,
    },
  ],

  judge({ fact, written }) {
    const remedies = [{ want: { kind: "crate-feature" }, applicability: "review" }] as const;
    return fact.effect === "weakens"
      ? {
          message: `feature \`${written}\` of \`${fact.package}\` ${fact.consequence}`,
          help: "remove the feature",
          remedies,
        }
      : {
          severity: "info",
          message: `feature \`${written}\` of \`${fact.package}\` ${fact.consequence}`,
          help: "remove the feature unless code needs it, and keep what it permits out of production",
          remedies,
        };
  },
};
