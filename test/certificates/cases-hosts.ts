/** Cases of hosts that clients call a server by, and whether its certificate is for them. */
import { alternativeNames, basicConstraints, certificatePem, dns, ip, keyUsage, purposes, SERVER, text } from "./build.ts";
import type { Case, Expectation } from "./cases.ts";
import { loader } from "./cases-usage.ts";

const host = alternativeNames(dns("service.example"));
const leaf = (...extensions: readonly Uint8Array[]): Uint8Array =>
  text(certificatePem({ extensions: [basicConstraints(false), keyUsage("1"), ...extensions] }));
const note = (rule: string, severity: Expectation["severity"], covers: Expectation["covers"], says?: RegExp): readonly Expectation[] => [
  { rule, severity, covers, ...(says !== undefined && { says }) },
];

export const hostCases = {
  "host-that-is-covered": {
    about: "clients call it by its names",
    make: () => leaf(purposes(SERVER), alternativeNames(dns("service.example"), ip(10, 0, 0, 1))),
    hosts: ["SERVICE.example", "service.example", "10.0.0.1"],
  },
  "host-right-below-a-wildcard": {
    about: "a wildcard stands for one label",
    make: () => leaf(purposes(SERVER), alternativeNames(dns("*.pool.example.org"))),
    hosts: ["one.pool.example.org"],
    expect: note("wildcard-name", "hint", dns("*.pool.example.org")),
  },
  "host-that-is-not-covered": {
    about: "by another one",
    make: () => leaf(purposes(SERVER), host),
    hosts: ["service.example", "services.example"],
    expect: note("uncovered-host", "error", host, /`service\.example` does not cover `services\.example`, which clients connect to/),
  },
  "host-two-labels-below-a-wildcard": {
    about: "and not for two",
    make: () => leaf(purposes(SERVER), alternativeNames(dns("*.pool.example.org"))),
    hosts: ["a.b.pool.example.org"],
    expect: [
      { rule: "uncovered-host", severity: "error", covers: alternativeNames(dns("*.pool.example.org")) },
      { rule: "wildcard-name", severity: "hint", covers: dns("*.pool.example.org") },
    ],
  },
  "address-that-is-not-covered": {
    about: "an address, and names only",
    make: () => leaf(purposes(SERVER), host),
    hosts: ["10.0.0.1"],
    expect: note("uncovered-host", "error", host, /`10.0.0.1`/),
  },
  "host-by-the-common-name": {
    about: "OpenSSL takes the common name where no DNS name is, rustls does not",
    make: () => leaf(purposes(SERVER), alternativeNames(ip(10, 0, 0, 1))),
    hosts: ["service.example"],
    expect: note(
      "uncovered-host",
      "error",
      alternativeNames(ip(10, 0, 0, 1)),
      /`service\.example` does not cover `service\.example`, which clients connect to/,
    ),
  },
  "host-by-the-common-name-for-openssl": {
    about: "the same where OpenSSL alone reads it",
    make: () => leaf(purposes(SERVER), alternativeNames(ip(10, 0, 0, 1))),
    usedAs: [loader("own-chain", "openssl")],
    hosts: ["service.example"],
  },
  "host-of-a-partial-wildcard": {
    about: "no client of Rust's crates takes a star within a label",
    make: () => leaf(purposes(SERVER), alternativeNames(dns("w*.pool.example.org"))),
    usedAs: [loader("own-chain", "openssl")],
    hosts: ["web.pool.example.org"],
    expect: [
      { rule: "uncovered-host", severity: "error", covers: alternativeNames(dns("w*.pool.example.org")), says: /hostname mismatch/ },
      { rule: "unusable-name", severity: "warning", covers: dns("w*.pool.example.org") },
    ],
  },
} satisfies Readonly<Record<string, Case>>;
