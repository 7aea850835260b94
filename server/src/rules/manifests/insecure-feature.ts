/** A feature of a crate that takes protection away, or lets others take it away. */
import type { SettingRule } from "../rule.ts";

export const insecureFeature: SettingRule<"crate-feature"> = {
  id: "insecure-feature",
  judges: "settings",
  file: "Cargo.toml",
  observes: "crate-feature",
  summary: "a Cargo feature weakens TLS, or allows disabling it at run time",
  severity: "warning",
  since: "0.1.0",
  cwe: [295, 489],
  sources: [
    { title: "The Cargo Book: Feature unification", url: "https://doc.rust-lang.org/cargo/reference/features.html#feature-unification" },
    { title: "redis: Cargo features", url: "https://docs.rs/redis/latest/redis/#features" },
    { title: "CWE-489: Active Debug Code", url: "https://cwe.mitre.org/data/definitions/489.html" },
  ],
  rationale: `Some crates put dangerous code behind a feature. Features are unified: if one package of the build enables it, it is enabled for
all.

Fine for dev-dependencies, which are hints, and behind a feature of the package that is off by default.

A feature that weakens TLS by itself is a warning. One that only permits it, so that code or a URL decides at run time, is
information: that code is judged where it is.`,
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
    const remedies = [{ want: { kind: "crate-feature" } }] as const;
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
