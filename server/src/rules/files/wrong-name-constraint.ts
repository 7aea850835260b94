/** Name constraints that a stack cannot follow, or that a chain breaks. */
import { satisfies } from "../../base/version.ts";
import { type NameConstraints, nameConstraintsOf, rangeSpan, type Subtree, visible } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { chainOf, isAuthority } from "./chain.ts";
import { distinctOf, nameOf, type PlacedCertificate, stacksOf } from "./context.ts";
import { breaches, isCrookedMask } from "./name-constraints.ts";

export const wrongNameConstraint: FileRule = {
  id: "wrong-name-constraint",
  judges: "file",
  summary: "name constraints are violated, or not supported",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 4.2.1.10 Name constraints", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10" },
    { title: "RUSTSEC-2026-0098: URI name constraints", url: "https://rustsec.org/advisories/RUSTSEC-2026-0098.html" },
    {
      title: "rustls-webpki: Error::NameConstraintViolation",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.NameConstraintViolation",
    },
  ],
  rationale: `A CA can be limited to names. Both stacks reject a certificate of it that has another name (\`NameConstraintViolation\`,
\`permitted subtree violation\`). rustls follows constraints on DNS names and addresses only: one on directory names it takes for
broken by every certificate, one on URIs, since rustls-webpki 0.103.12, by every certificate with a URI, such as a SPIFFE
identity. The same chain works with OpenSSL and with rustls of last year.`,
  byHand: "constraints are signed: the CA must be reissued",
  examples: [{ bad: "name-outside-of-constraint", good: "name-within-constraint" }],
  judge(file, context) {
    const certificates = distinctOf(file);
    const chain = chainOf(file, context);
    return certificates.flatMap((it) => {
      const constraints = it.section.der && nameConstraintsOf(it.section.der, it.certificate);
      if (constraints === undefined || !isAuthority(it.certificate)) return [];
      const below = chain?.path.slice(0, Math.max(0, chain.path.indexOf(it))) ?? [];
      return [...ofItself(it, constraints, context), ...broken(it, constraints, below)];
    });
  },
};

/** RUSTSEC-2026-0098 was put right by refusing. */
const URI_CONSTRAINTS_SINCE = "0.103.12";

function ofItself(
  { section, certificate }: PlacedCertificate,
  { permitted, excluded }: NameConstraints,
  context: FileContext,
): readonly FileVerdict[] {
  const stacks = stacksOf(context);
  if (stacks.has("OpenSSL") && !stacks.has("rustls")) return [];
  const all: readonly Subtree[] = [...permitted, ...excluded];
  const severity = stacks.has("rustls") ? ("error" as const) : ("warning" as const);
  const crooked = all.find(isCrookedMask);
  if (crooked !== undefined) {
    return [
      {
        span: rangeSpan(section, crooked),
        message: "name constraint has an invalid address mask: rustls rejects its chains (`InvalidNetworkMaskConstraint`)",
        help: "reissue the CA certificate with a range such as `10.0.0.0/255.0.0.0`",
        severity,
      },
    ];
  }
  const directory = all.find((it) => it.kind === "directory");
  if (directory !== undefined) {
    return [
      {
        span: rangeSpan(section, directory),
        message: `${nameOf(certificate)} constrains directory names: rustls rejects every certificate below it`,
        help: "reissue it with constraints on DNS names and addresses only",
        severity,
      },
    ];
  }
  const email = all.find((it) => it.kind === "email");
  if (email !== undefined) {
    return [
      {
        span: rangeSpan(section, email),
        message: `${nameOf(certificate)} constrains e-mail addresses: rustls rejects certificates below it that have one`,
        help: "reissue it without this constraint if end entities have e-mail addresses",
        severity: stacks.has("rustls") ? "warning" : "info",
      },
    ];
  }
  const uri = all.find((it) => it.kind === "URI");
  if (uri === undefined) return [];
  const { webpki } = context;
  if (webpki !== undefined && !satisfies(webpki, `>=${URI_CONSTRAINTS_SINCE}`)) {
    return [
      {
        span: rangeSpan(section, uri),
        message: `${nameOf(certificate)} constrains URIs, which rustls-webpki ${webpki} ignores and ${URI_CONSTRAINTS_SINCE} rejects`,
        help: "reissue it without this constraint before updating the crate, and check identities in the program",
        severity: "warning",
      },
    ];
  }
  return [
    {
      span: rangeSpan(section, uri),
      message: `${nameOf(certificate)} constrains URIs: rustls rejects certificates below it that have one (SPIFFE)`,
      help: "reissue it without this constraint, and check identities in the program",
      severity,
    },
  ];
}

function broken(authority: PlacedCertificate, constraints: NameConstraints, below: readonly PlacedCertificate[]): readonly FileVerdict[] {
  const breachOf = breaches(constraints);
  return below.flatMap(({ section, certificate }): readonly FileVerdict[] => {
    for (const name of certificate.values.alternativeNames ?? []) {
      const breach = breachOf(name);
      if (breach === undefined) continue;
      const [state, word] = breach === "excluded" ? (["excluded", "excluded"] as const) : (["not permitted", "permitted"] as const);
      return [
        {
          span: rangeSpan(section, name),
          message: `\`${visible(name.value).replaceAll("`", "'")}\` is ${state} by the name constraints of ${nameOf(authority.certificate)}`,
          notes: [`rustls (\`NameConstraintViolation\`) and OpenSSL (\`${word} subtree violation\`) reject the chain`],
          help: "have it issued by a CA without this constraint, or for a permitted name",
          severity: "error",
        },
      ];
    }
    return [];
  });
}
