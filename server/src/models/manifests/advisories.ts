/**
 * Advisories of the RustSec database (https://rustsec.org/advisories/) about crates that do TLS: those that touch verification, memory,
 * availability of a handshake, or say that a crate is given up. `cargo audit` knows all of them. What the database says of versions, and
 * of which state it is, is recorded in test/unit/models/advisories.json, with which a test compares each.
 */
import type { CrateAdvisories } from "./model.ts";

export const advisories: readonly CrateAdvisories[] = [
  {
    package: "async-nats",
    advisories: [
      {
        id: "RUSTSEC-2023-0027",
        patched: [">=0.29.0"],
        gravity: "verification",
        what: "the certificate is compared with a hostname that the server sends",
      },
    ],
  },
  {
    package: "aws-lc-fips-sys",
    advisories: [
      {
        id: "RUSTSEC-2026-0042",
        patched: [">=0.13.13"],
        unaffected: ["<0.13.0"],
        gravity: "verification",
        what: "revoked certificates are accepted with partitioned CRLs",
      },
    ],
  },
  {
    package: "aws-lc-sys",
    advisories: [
      {
        id: "RUSTSEC-2026-0044",
        patched: [">=0.39.0"],
        unaffected: ["<0.32.0"],
        gravity: "verification",
        what: "wildcard common names bypass name constraints",
      },
      {
        id: "RUSTSEC-2026-0048",
        patched: [">=0.39.0"],
        unaffected: ["<0.15.0"],
        gravity: "verification",
        what: "revoked certificates are accepted with partitioned CRLs",
      },
    ],
  },
  {
    package: "lettre",
    advisories: [
      {
        id: "RUSTSEC-2026-0141",
        patched: [">=0.11.22"],
        unaffected: ["<0.10.1"],
        gravity: "verification",
        what: "the hostname is not verified with BoringSSL",
        feature: "boring-tls",
      },
    ],
  },
  {
    package: "nats",
    advisories: [
      {
        id: "RUSTSEC-2023-0029",
        patched: [">=0.24.1"],
        unaffected: ["<0.9.0"],
        gravity: "verification",
        what: "the certificate is compared with a hostname that the server sends",
      },
    ],
  },
  {
    package: "openssl",
    advisories: [
      { id: "RUSTSEC-2016-0001", patched: [">=0.9.0"], gravity: "verification", what: "its defaults verify no certificates" },
      {
        id: "RUSTSEC-2023-0044",
        patched: [">=0.10.55"],
        gravity: "memory",
        what: "out-of-bounds read for an empty hostname",
        names: ["set_host", "SslConnector", "ConnectConfiguration"],
      },
      {
        id: "RUSTSEC-2023-0022",
        patched: [">=0.10.48"],
        gravity: "memory",
        what: "data race on certificate names",
        names: ["X509NameBuilder", "X509Name"],
      },
      {
        id: "RUSTSEC-2023-0023",
        patched: [">=0.10.48"],
        gravity: "memory",
        what: "SAN entries can make it read files",
        names: ["SubjectAlternativeName", "ExtendedKeyUsage"],
      },
      {
        id: "RUSTSEC-2023-0024",
        patched: [">=0.10.48"],
        gravity: "availability",
        what: "null dereference on an invalid extension",
        names: ["X509Extension"],
      },
      {
        id: "RUSTSEC-2023-0072",
        patched: [">=0.10.60"],
        gravity: "memory",
        what: "use after free of objects in a certificate store",
        names: ["objects"],
      },
      {
        id: "RUSTSEC-2024-0357",
        patched: [">=0.10.66"],
        gravity: "memory",
        what: "undefined behaviour for an empty buffer",
        // `MemBio` is private; of what calls it (0.10.45) only these two may have nothing to read.
        names: ["MemBio", "Pkcs7", "CmsContentInfo"],
      },
      {
        id: "RUSTSEC-2025-0004",
        patched: [">=0.10.70"],
        gravity: "memory",
        what: "use after free of the selected ALPN protocol",
        names: ["select_next_proto"],
      },
      {
        id: "RUSTSEC-2025-0022",
        patched: [">=0.10.72"],
        unaffected: ["<0.10.39"],
        gravity: "memory",
        what: "use after free when fetching a cipher or digest",
        names: ["fetch"],
      },
    ],
  },
  {
    package: "openssl-src",
    advisories: [
      {
        id: "RUSTSEC-2021-0056",
        patched: [">=111.15"],
        unaffected: ["<111.11"],
        gravity: "verification",
        what: "the strict check of CA certificates can be bypassed",
      },
      {
        id: "RUSTSEC-2021-0129",
        patched: [">=300.0.4"],
        unaffected: ["<300.0.0"],
        gravity: "availability",
        what: "an error inside of the verification can make a client wait for ever",
      },
      {
        id: "RUSTSEC-2021-0055",
        patched: [">=111.15"],
        gravity: "availability",
        what: "a crafted renegotiation crashes servers",
      },
      {
        id: "RUSTSEC-2022-0014",
        patched: [">=111.18, <300.0", ">=300.0.5"],
        gravity: "availability",
        what: "a crafted certificate makes parsing loop for ever",
      },
      {
        id: "RUSTSEC-2022-0065",
        patched: [">=300.0.11"],
        unaffected: ["<300.0.0"],
        gravity: "memory",
        what: "buffer overflow by the length of an e-mail address in a certificate",
      },
      {
        id: "RUSTSEC-2023-0008",
        patched: [">=300.0.12"],
        unaffected: ["<300.0.0"],
        gravity: "memory",
        what: "out-of-bounds read for name constraints",
      },
      {
        id: "RUSTSEC-2022-0064",
        patched: [">=300.0.11"],
        unaffected: ["<300.0.0"],
        gravity: "memory",
        what: "buffer overflow by an e-mail address in a certificate",
      },
      {
        id: "RUSTSEC-2023-0006",
        patched: [">=111.25, <300.0", ">=300.0.12"],
        gravity: "memory",
        what: "type confusion on an address in a CRL",
      },
    ],
  },
  {
    package: "ring",
    advisories: [
      {
        id: "RUSTSEC-2025-0009",
        patched: [">=0.17.12"],
        gravity: "availability",
        what: "crafted QUIC packets may cause a panic",
        // The AES functions that it names, too, panic at 64 GB in one piece, which TLS never has, as it says.
        names: ["HeaderProtectionKey"],
      },
      {
        id: "RUSTSEC-2025-0010",
        patched: [],
        unaffected: [">=0.17"],
        gravity: "unmaintained",
        what: "versions before 0.17 are unmaintained",
      },
    ],
  },
  {
    package: "rustls",
    advisories: [
      {
        id: "RUSTSEC-2024-0336",
        patched: [">=0.23.5", ">=0.22.4, <0.23.0", ">=0.21.11, <0.22.0"],
        gravity: "availability",
        what: "infinite loop in `complete_io` on an alert during the handshake",
        names: ["complete_io", "Stream", "StreamOwned"],
      },
      {
        id: "RUSTSEC-2024-0399",
        patched: [">=0.23.18"],
        unaffected: [">=0.23, <0.23.13", "<0.23"],
        gravity: "availability",
        what: "a fragmented ClientHello makes `Acceptor::accept` panic",
      },
    ],
  },
  {
    package: "rustls-pemfile",
    successor: "`rustls-pki-types`, whose `PemObject` reads PEM",
    advisories: [{ id: "RUSTSEC-2025-0134", patched: [], gravity: "unmaintained", what: "the crate is unmaintained" }],
  },
  {
    package: "rustls-webpki",
    advisories: [
      {
        id: "RUSTSEC-2026-0049",
        patched: [">=0.103.10"],
        unaffected: ["<0.102.0-alpha.0"],
        gravity: "verification",
        what: "only the first of several CRL distribution points is matched",
      },
      {
        id: "RUSTSEC-2026-0099",
        patched: [">=0.103.12, <0.104.0-alpha.1", ">=0.104.0-alpha.6"],
        gravity: "verification",
        what: "wildcard names bypass name constraints",
      },
      {
        id: "RUSTSEC-2026-0098",
        patched: [">=0.103.12, <0.104.0-alpha.1", ">=0.104.0-alpha.6"],
        gravity: "verification",
        what: "URI name constraints are ignored",
      },
      {
        id: "RUSTSEC-2026-0104",
        patched: [">=0.103.13, <0.104.0-alpha.1", ">=0.104.0-alpha.7"],
        gravity: "availability",
        what: "a crafted CRL can make it panic",
      },
      {
        id: "RUSTSEC-2023-0053",
        patched: [">=0.100.2, <0.101.0", ">=0.101.4"],
        gravity: "availability",
        what: "a crafted chain can take hours to verify",
      },
    ],
  },
  {
    package: "security-framework",
    advisories: [
      {
        id: "RUSTSEC-2017-0003",
        patched: [">=0.1.12"],
        gravity: "verification",
        what: "the hostname is not verified with custom roots",
      },
    ],
  },
  {
    package: "tokio-rustls",
    advisories: [
      {
        id: "RUSTSEC-2020-0019",
        patched: [">=0.12.3, <0.13.0", ">=0.13.1"],
        unaffected: ["<0.12"],
        gravity: "availability",
        what: "reads can allocate unbounded memory",
      },
    ],
  },
  {
    package: "tokio-tls",
    successor: "`tokio-native-tls`",
    advisories: [{ id: "RUSTSEC-2026-0053", patched: [], gravity: "unmaintained", what: "the crate is unmaintained" }],
  },
  {
    package: "webpki",
    successor: "`rustls-webpki`",
    advisories: [
      { id: "RUSTSEC-2023-0052", patched: [">=0.22.2"], gravity: "availability", what: "a crafted chain can take hours to verify" },
    ],
  },
];
