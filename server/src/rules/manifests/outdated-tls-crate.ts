/** A crate that does TLS, in a version whose faults are known. */
import type { SettingRule } from "../rule.ts";

export const outdatedTlsCrate: SettingRule<"crate-version"> = {
  id: "outdated-tls-crate",
  judges: "settings",
  file: "Cargo.toml",
  observes: "crate-version",
  summary: "a TLS crate has known vulnerabilities in this version",
  severity: "warning",
  since: "0.1.0",
  cwe: [1104, 1395],
  sources: [
    { title: "RustSec Advisory Database", url: "https://rustsec.org/advisories/" },
    { title: "RUSTSEC-2024-0336", url: "https://rustsec.org/advisories/RUSTSEC-2024-0336.html" },
    { title: "CWE-1395: Dependency on Vulnerable Third-Party Component", url: "https://cwe.mitre.org/data/definitions/1395.html" },
  ],
  rationale: `A verifier with a vulnerability accepts what no configuration can reject. The finding stands at the requirement, for the version
in \`Cargo.lock\`; without a lock file, only if no version that satisfies the requirement is fixed.

Fine for dev-dependencies, which are hints. A fault of functions whose names the code does not have is information: only other crates
may call them. Only direct TLS dependencies are checked (\`cargo audit\` reports the others), against advisories about verification,
memory safety and handshake availability. An unmaintained crate is information.`,
  byHand: "a newer release may need changes in code: `cargo update` or a new requirement, and a look at its change log",
  examples: [
    {
      bad: `[package]
name = "shop"
version = "0.1.0"

[dependencies]
rustls = "0.20"
`,
      good: `[package]
name = "shop"
version = "0.1.0"

[dependencies]
rustls = "0.23.18"
`,
    },
  ],

  judge({ fact }) {
    const { faults, package: name, version, corrected, admitted, successor, via } = fact;
    const [first, ...others] = faults;
    const notes = [
      ...(others.length === 0 ? [] : [`also ${others.map(({ id }) => id).join(", ")}`]),
      ...(first.unnamed === undefined ? [] : [`no code here names ${first.unnamed.map((it) => `\`${it}\``).join(", ")}, which lead there`]),
      ...(via === undefined ? [] : [`enabled by feature \`${via.feature}\` of \`${via.package}\``]),
    ];
    const help =
      corrected === undefined
        ? `move to ${successor ?? "a maintained version or crate"}`
        : admitted
          ? `run \`cargo update -p ${name}@${version}\` for ${corrected} or later; requiring that keeps older ones out`
          : `move to ${corrected} or later${successor === undefined ? "" : `, or to ${successor}`}`;
    return {
      severity: first.gravity === "unmaintained" || first.unnamed !== undefined ? "info" : "warning",
      message: `\`${name}\` ${version}: ${first.what} (${first.id})`,
      help,
      notes,
      remedies: [{ want: { kind: "crate-version" } }],
    };
  },
};
