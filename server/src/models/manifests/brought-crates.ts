/**
 * Which release line of a crate comes with which versions of another: what a manifest says by what it depends on, where no lock file tells.
 * As the registry's index has it, recorded in test/unit/models/brought-crates.json, with which a test compares each row.
 * A pair is here where models or verdicts tell the lines of what is brought apart.
 */
import type { VersionRange } from "../model.ts";

export interface BroughtCrate {
  readonly package: string;
  readonly brings: string;
  /** By ranges of the package's versions, oldest first, the line of what it brings: `["0.24", "0.21"]`. */
  readonly lines: readonly (readonly [versions: VersionRange, line: string])[];
  /** Code can name it through the package: `tokio_rustls::rustls`. */
  readonly reexported?: true;
  /** It comes with one of these features of the package alone; `default` stands for those that are on unless a manifest says otherwise. */
  readonly features?: readonly string[];
}

const TOKIO_RUSTLS_OF_ACTIX = { package: "actix-tls", brings: "tokio-rustls", reexported: true } as const;
const featuresOfActix = {
  "0.23": ["rustls", "rustls-0_20", "rustls-0_20-native-roots", "rustls-0_20-webpki-roots"],
  "0.24": ["rustls-0_21", "rustls-0_21-native-roots", "rustls-0_21-webpki-roots"],
  "0.25": ["rustls-0_22", "rustls-0_22-native-roots", "rustls-0_22-webpki-roots"],
  "0.26": ["rustls-0_23", "rustls-0_23-native-roots", "rustls-0_23-webpki-roots"],
} as const;

export const broughtCrates: readonly BroughtCrate[] = [
  { ...TOKIO_RUSTLS_OF_ACTIX, lines: [["3", "0.23"]], features: featuresOfActix["0.23"] },
  { ...TOKIO_RUSTLS_OF_ACTIX, lines: [[">=3.1, <4", "0.24"]], features: featuresOfActix["0.24"] },
  { ...TOKIO_RUSTLS_OF_ACTIX, lines: [[">=3.2, <4", "0.25"]], features: featuresOfActix["0.25"] },
  { ...TOKIO_RUSTLS_OF_ACTIX, lines: [[">=3.4, <4", "0.26"]], features: featuresOfActix["0.26"] },
  {
    package: "async-rustls",
    brings: "rustls",
    reexported: true,
    lines: [
      ["0.1", "0.18"],
      ["0.2", "0.19"],
      ["0.3", "0.20"],
      ["0.4", "0.21"],
    ],
  },
  {
    package: "async-tls",
    brings: "rustls",
    lines: [
      [">=0.5, <0.7", "0.16"],
      ["0.7", "0.17"],
      [">=0.8, <0.11", "0.18"],
      ["0.11", "0.19"],
      ["0.12", "0.20"],
      ["0.13", "0.21"],
    ],
  },
  {
    package: "axum-server",
    brings: "rustls",
    lines: [
      [">=0.1, <0.3", "0.19"],
      [">=0.3, <0.5", "0.20"],
      [">=0.5, <0.7", "0.21"],
      [">=0.7, <0.10", "0.23"],
    ],
    features: ["rustls", "tls-rustls", "tls-rustls-encrypted-keys", "tls-rustls-no-provider", "tls-rustls-ring"],
  },
  {
    package: "bb8-redis",
    brings: "redis",
    reexported: true,
    lines: [
      ["0.9", "0.20"],
      [">=0.10, <0.12", "0.21"],
      ["0.12", "0.22"],
      ["0.13", "0.23"],
      ["0.14", "0.24"],
      ["0.15", "0.25"],
      ["0.16", "0.26"],
      [">=0.17, <0.20", "0.27"],
      ["0.20", "0.28"],
      ["0.21", "0.29"],
      ["0.22", "0.30"],
      ["0.23", "0.31"],
      ["0.24", "0.32"],
      ["0.26", "1"],
    ],
  },
  {
    package: "deadpool-redis",
    brings: "redis",
    reexported: true,
    lines: [
      ["0.8", "0.20"],
      [">=0.9, <0.11", "0.21"],
      ["0.11", "0.22"],
      [">=0.12, <0.14", "0.23"],
      ["0.14", "0.24"],
      ["0.15", "0.25"],
      [">=0.16, <0.18", "0.26"],
      ["0.18", "0.27"],
      ["0.19", "0.28"],
      ["0.20", "0.29"],
      ["0.21", "0.31"],
      ["0.22", "0.32"],
      ["0.23", "1"],
    ],
  },
  {
    package: "fred",
    brings: "rustls",
    reexported: true,
    lines: [
      [">=6, <6.1", "0.20"],
      [">=6.1, <8", "0.21"],
      ["8", "0.22"],
      [">=9, <11", "0.23"],
    ],
    features: ["enable-rustls", "enable-rustls-ring", "rustls"],
  },
  {
    package: "futures-rustls",
    brings: "rustls",
    reexported: true,
    lines: [
      ["0.21", "0.19"],
      ["0.22", "0.20"],
      ["0.24", "0.21"],
      ["0.25", "0.22"],
      ["0.26", "0.23"],
    ],
  },
  {
    package: "hyper-rustls",
    brings: "rustls",
    lines: [
      [">=0.17, <0.20", "0.16"],
      ["0.20", "0.17"],
      ["0.21", "0.18"],
      ["0.22", "0.19"],
      ["0.23", "0.20"],
      ["0.24", "0.21"],
      [">=0.25, <0.27", "0.22"],
      ["0.27", "0.23"],
    ],
  },
  {
    package: "quinn",
    brings: "rustls",
    reexported: true,
    lines: [
      ["0.6", "0.17"],
      ["0.7", "0.19"],
      [">=0.8, <0.10", "0.20"],
      ["0.10", "0.21"],
      ["0.11", "0.23"],
    ],
    features: ["default", "rustls", "rustls-aws-lc-rs", "rustls-aws-lc-rs-fips", "rustls-ring", "tls-rustls"],
  },
  {
    package: "reqwest",
    brings: "rustls",
    lines: [
      [">=0.9.20, <0.10.3", "0.16"],
      [">=0.10.3, <0.10.7", "0.17"],
      [">=0.10.7, <0.11", "0.18"],
      [">=0.11, <0.11.7", "0.19"],
      [">=0.11.7, <0.11.18", "0.20"],
      [">=0.11.18, <0.12", "0.21"],
      [">=0.12, <0.12.5", "0.22"],
      [">=0.12.5, <0.13", "0.23"],
    ],
    features: [
      "http3",
      "rustls-tls",
      "rustls-tls-manual-roots",
      "rustls-tls-manual-roots-no-provider",
      "rustls-tls-native-roots",
      "rustls-tls-native-roots-no-provider",
      "rustls-tls-no-provider",
      "rustls-tls-webpki-roots",
      "rustls-tls-webpki-roots-no-provider",
    ],
  },
  {
    package: "reqwest",
    brings: "rustls",
    lines: [["0.13", "0.23"]],
    features: ["default", "default-tls", "http3", "rustls", "rustls-no-provider"],
  },
  {
    package: "rumqttc",
    brings: "tokio-rustls",
    reexported: true,
    lines: [
      [">=0.4, <0.11", "0.22"],
      ["0.11", "0.23"],
    ],
  },
  {
    package: "rumqttc",
    brings: "tokio-rustls",
    reexported: true,
    lines: [
      [">=0.12, <0.22", "0.23"],
      [">=0.22, <0.24", "0.24"],
      ["0.24", "0.25"],
      ["0.25", "0.26"],
    ],
    features: ["default", "use-rustls", "use-rustls-no-provider"],
  },
  {
    package: "rustls",
    brings: "rustls-webpki",
    lines: [
      [">=0.21, <0.21.3", "0.100"],
      [">=0.21.3, <0.22", "0.101"],
      [">=0.22, <0.23.24", "0.102"],
      [">=0.23.24, <0.24", "0.103"],
    ],
  },
  {
    package: "rustls-acme",
    brings: "futures-rustls",
    reexported: true,
    lines: [
      [">=0.5, <0.7", "0.22"],
      ["0.7", "0.24"],
      [">=0.8, <0.10", "0.25"],
      [">=0.10, <0.16", "0.26"],
    ],
  },
  {
    package: "sea-orm",
    brings: "sqlx",
    reexported: true,
    lines: [
      [">=0.9, <0.12", "0.6"],
      [">=0.12, <1.1", "0.7"],
      [">=1.1, <2", "0.8"],
      ["2", "0.9"],
    ],
    features: ["sqlx-all", "sqlx-mysql", "sqlx-postgres", "sqlx-sqlite"],
  },
  {
    package: "suppaftp",
    brings: "rustls",
    reexported: true,
    lines: [
      [">=4.5, <5.2.1", "0.20"],
      [">=5.2.1, <6.0.2", "0.21"],
      [">=6.0.2, <13", "0.23"],
    ],
    features: ["rustls", "rustls-aws-lc-rs", "rustls-ring"],
  },
  {
    package: "tide-rustls",
    brings: "rustls",
    reexported: true,
    lines: [
      [">=0.1, <0.1.5", "0.18"],
      [">=0.1.5, <0.4", "0.19"],
    ],
  },
  {
    package: "tokio-rustls",
    brings: "rustls",
    reexported: true,
    lines: [
      [">=0.10, <0.13", "0.16"],
      ["0.13", "0.17"],
      ["0.14", "0.18"],
      ["0.15", "0.19"],
      ["0.20", "0.18"],
      [">=0.21, <0.23", "0.19"],
      ["0.23", "0.20"],
      ["0.24", "0.21"],
      ["0.25", "0.22"],
      ["0.26", "0.23"],
    ],
  },
  {
    package: "tokio-rustls-acme",
    brings: "tokio-rustls",
    reexported: true,
    lines: [
      [">=0.1, <0.4", "0.24"],
      [">=0.4, <0.10", "0.26"],
    ],
  },
  {
    package: "tonic",
    brings: "tokio-rustls",
    lines: [
      ["0.1", "0.12"],
      ["0.2", "0.13"],
      ["0.3", "0.14"],
      [">=0.4, <0.7", "0.22"],
      [">=0.7, <0.9.1", "0.23"],
      [">=0.9.1, <0.11", "0.24"],
      ["0.11", "0.25"],
      [">=0.12, <0.15", "0.26"],
    ],
    features: ["tls", "tls-aws-lc", "tls-native-roots", "tls-ring", "tls-roots", "tls-webpki-roots"],
  },
  {
    package: "ureq",
    brings: "rustls",
    reexported: true,
    lines: [
      [">=2, <2.3", "0.19"],
      [">=2.3, <2.7", "0.20"],
      [">=2.7, <2.9.2", "0.21"],
      [">=2.9.2, <2.10", "0.22"],
      [">=2.10, <3", "0.23"],
    ],
    features: ["default", "rustls", "tls"],
  },
  {
    package: "ureq",
    brings: "rustls",
    lines: [["3", "0.23"]],
    features: ["default", "rustls", "rustls-no-provider"],
  },
];
