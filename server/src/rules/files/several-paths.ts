/** An authority that has several certificates, so that more than one path leads up from what it issued. */
import { timeText } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { chainOf, isAuthority, isIssuer, placed, subjectOf } from "./chain.ts";
import { issuerNameOf, nameOf, type PlacedCertificate } from "./context.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";

export const severalPaths: FileRule = {
  id: "several-paths",
  judges: "file",
  summary: "several certification paths lead up from a certificate and expire at different times",
  severity: "info",
  since: "0.1.0",
  cwe: [298],
  sources: [
    { title: "RFC 4158: certification path building", url: "https://www.rfc-editor.org/rfc/rfc4158" },
    {
      title: "Let's Encrypt: the expiration of an old root, 2021",
      url: "https://letsencrypt.org/docs/dst-root-ca-x3-expiration-september-2021/",
    },
  ],
  rationale: `A CA may have several certificates with one key: of its own and of another CA that vouched for it, or the former and the renewed
one. Clients take whichever leads to a root that they trust. That is how roots are replaced, and how chains break on the day on
which the older path ends, for those clients alone that knew no other.

Reported where both certificates lie in the file or in the workspace and are valid.`,
  examples: [{ bad: "cross-signed-issuer", good: "chain" }],
  judge(file, context) {
    const chain = chainOf(file, context);
    if (chain === undefined) return [];
    const holdings = holdingsOf(file);
    for (const child of chain.path) {
      const found = forked(child, holdings, context);
      if (found !== undefined) return [found];
    }
    return [];
  },
};

interface Way extends PlacedCertificate {
  /** The other file that it lies in. */
  readonly path?: string;
}

function forked(child: PlacedCertificate, own: Holdings, context: FileContext): FileVerdict | undefined {
  if (child.certificate.selfIssued) return undefined;
  const name = child.certificate.issuer.text;
  const others = (context.neighbours?.named(name) ?? []).map((it): Way => ({ ...placed(it), path: it.path }));
  const ways = new Map<string, Way>();
  for (const it of [...own.alike(subjectOf, name), ...others]) {
    const valid = endOf(it) >= context.policy.now && (it.certificate.notBefore.milliseconds ?? 0) <= context.policy.now;
    if (valid && isAuthority(it.certificate) && isIssuer(it, child, context) && !ways.has(it.certificate.fingerprint))
      ways.set(it.certificate.fingerprint, it);
  }
  const [first, ...later] = [...ways.values()].sort((a, b) => endOf(a) - endOf(b));
  const last = later.at(-1);
  if (first === undefined || last === undefined || endOf(first) === endOf(last)) return undefined;
  return {
    span: child.section.boundary,
    message: `issuer of ${nameOf(child.certificate)} has ${ways.size} certificates that expire at different times`,
    help: "serve the certificate whose root all clients trust, and test the other before that expires",
    notes: [
      `the one ${byWhom(first)} expires on ${timeText(first.certificate.notAfter)}, the one ${byWhom(last)} on ${timeText(last.certificate.notAfter)}`,
    ],
    related: [...ways.values()].flatMap(({ path, section, certificate }) =>
      path === undefined ? [] : [{ file: path, span: section.boundary, message: `${nameOf(certificate)} is also here` }],
    ),
  };
}

const endOf = ({ certificate }: PlacedCertificate): number => certificate.notAfter.milliseconds ?? Number.POSITIVE_INFINITY;

const byWhom = ({ certificate }: PlacedCertificate): string =>
  certificate.selfIssued ? "that is self-signed" : `issued by ${issuerNameOf(certificate)}`;
