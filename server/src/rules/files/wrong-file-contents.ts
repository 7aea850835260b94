/** A file that does not hold what the program reads from it. */
import type { CertificateFile, PrivateKey, Section } from "../../pki/index.ts";
import type { Loader } from "../../tls/facts.ts";
import type { FileRule, FileVerdict } from "../rule.ts";

export const wrongFileContents: FileRule = {
  id: "wrong-file-contents",
  judges: "file",
  summary: "a file does not contain what the program reads from it",
  severity: "error",
  since: "0.1.0",
  cwe: [392],
  sources: [
    { title: "rustls-pki-types: PEM reader", url: "https://docs.rs/rustls-pki-types/latest/rustls_pki_types/pem/index.html" },
    { title: "rustls-pemfile: functions", url: "https://docs.rs/rustls-pemfile/latest/rustls_pemfile/#functions" },
    { title: "RFC 7468: textual encodings of PKIX structures", url: "https://www.rfc-editor.org/rfc/rfc7468" },
  ],
  rationale: `Readers of PEM files pick out what they know and pass over the rest: a reader of PKCS#8 keys finds nothing in a file with a
PKCS#1 key, a reader of certificates nothing in a key file, a reader of PEM nothing in a DER file. No error comes of it, but an
empty list, and with it an index out of bounds, a server without a certificate, or an empty trust store.

Judged where the code was seen to read the file, and only when none of the readers of a file finds what it looks for: reading
the same file for one format after the other is how a program accepts them all.`,
  byHand: "which file was intended is unknown",
  examples: [{ bad: "pkcs1-key-for-pkcs8", good: "pkcs8-key-for-pkcs8" }],
  judge(file, { usedAs }) {
    if (file.format === "unknown" || file.sections.length === 0) return [];
    const wanted = (["certificates", "private-key", "crls"] as const).filter((it) => usedAs.some(({ reads }) => kindOf(reads) === it));
    return wanted.flatMap((kind) =>
      judge(
        file,
        kind,
        usedAs.filter(({ reads }) => kindOf(reads) === kind),
      ),
    );
  },
};

const kindOf = (reads: Loader["reads"]): Loader["reads"] => (reads === "first-certificate" ? "certificates" : reads);

const SECTIONS = { certificates: "certificate", "private-key": "private-key", crls: "revocation-list" } as const;
const NOUNS = { certificates: "certificate", "private-key": "private key", crls: "revocation list" } as const;

function judge(file: CertificateFile, kind: keyof typeof SECTIONS, loaders: readonly Loader[]): readonly FileVerdict[] {
  const fitting = file.sections.filter((it) => it.kind === SECTIONS[kind]);
  const [first] = file.sections;
  const [loader] = loaders;
  if (first === undefined || loader === undefined) return [];
  const span = first.boundary;
  if (first.kind === "key-store") return loaders.some((it) => /pkcs12|from_der$/i.test(it.call)) ? [] : [keyStore(span, kind, loader)];
  if (fitting.length === 0) {
    // Sections that cannot be told apart are not judged.
    if (file.sections.some((it) => it.kind === "other")) return [];
    return [
      {
        span,
        message: `\`${loader.call}\` finds no ${NOUNS[kind]} in this file: the list stays empty, without an error`,
        help: `name the file that holds the ${NOUNS[kind]}`,
      },
    ];
  }
  if (fitting.every((it) => it.container !== undefined)) {
    const container = fitting[0]?.container ?? "PKCS#7";
    return [
      {
        span,
        message: `\`${loader.call}\` does not read ${container}: it finds nothing in this file, without an error`,
        help:
          container === "PKCS#7"
            ? "extract the certificates: `openssl pkcs7 -print_certs -in chain.p7b -out chain.pem`"
            : "extract its contents: `openssl pkcs12 -in store.p12 -out store.pem`",
      },
    ];
  }
  const pem = loaders.filter(readsPem);
  if (file.format === "der" && pem.length === loaders.length && pem[0] !== undefined) {
    return [
      {
        span,
        message: `\`${pem[0].call}\` reads PEM, but this file is DER: it finds nothing, without an error`,
        help: "convert it with `openssl x509 -inform der -in old.der -out new.pem`, or read it as DER",
      },
    ];
  }
  const der = loaders.filter(readsDer);
  if (file.format === "pem" && der.length === loaders.length && der[0] !== undefined) {
    const name = kind === "private-key" ? "pkey" : kind === "crls" ? "crl" : "x509";
    return [
      {
        span,
        message: `\`${der[0].call}\` reads DER, but this file is PEM: the result is not a ${NOUNS[kind]}`,
        help: `read it as PEM, or convert it with \`openssl ${name} -in old.pem -outform der -out new.der\``,
      },
    ];
  }
  return kind === "private-key" ? formats(fitting, loaders) : [];
}

const keyStore = (span: FileVerdict["span"], kind: keyof typeof SECTIONS, { call }: Loader): FileVerdict => ({
  span,
  message: `\`${call}\` does not read PKCS#12: it finds no ${NOUNS[kind]} in this file`,
  help: `extract what the program reads: \`openssl pkcs12 -in store.p12 ${kind === "private-key" ? "-nocerts -out store.key" : "-nokeys -out store.pem"}\`, or read it as PKCS#12`,
});

/** Names of functions that say so themselves. */
const readsPem = ({ call }: Loader): boolean => /(?:^|::)(?:certs|crls|private_key|\w+_private_keys|from_pem\w*|pem_\w+)$/.test(call);

const readsDer = ({ call }: Loader): boolean =>
  /^rustls::Certificate$|::(?:from_der|private_key_from_der)$|::(?:CertificateDer|CertificateRevocationListDer|Private\w*KeyDer)::(?:from|from_slice|try_from)$/.test(
    call,
  );

/** Readers of one format, by their names; undefined: of all, or unknown. */
function formatOf({ call }: Loader): PrivateKey["encoding"] | undefined {
  if (/::pkcs8_private_keys$|::PrivatePkcs8KeyDer::|::Identity::from_pkcs8(?:_pem)?$/.test(call)) return "PKCS#8";
  if (/::rsa_private_keys$|::PrivatePkcs1KeyDer::/.test(call)) return "PKCS#1";
  return /::ec_private_keys$|::PrivateSec1KeyDer::/.test(call) ? "SEC 1" : undefined;
}

function formats(sections: readonly Section[], loaders: readonly Loader[]): readonly FileVerdict[] {
  const wanted = new Set(loaders.map(formatOf));
  const keys = sections.flatMap((section) => (section.parsed?.kind === "private-key" ? [{ section, key: section.parsed }] : []));
  const [first] = keys;
  const [loader] = loaders;
  // An encrypted key is reported for that.
  if (wanted.has(undefined) || first === undefined || loader === undefined || first.key.encrypted) return [];
  if (keys.some(({ key }) => wanted.has(key.encoding))) return [];
  return [
    {
      span: first.section.boundary,
      message: `key is ${first.key.encoding}, but \`${loader.call}\` reads only ${[...wanted].join(" and ")}: the list stays empty`,
      help: wanted.has("PKCS#8")
        ? "read the key in any format, or convert it with `openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key`"
        : "read the key in any format",
    },
  ];
}
