/** What lies in the workspace for a revocation list, a request or a key: who signed it, what was issued for it, whose it is. */
import type { CertificateRequest, PrivateKey, RevocationList } from "../../pki/index.ts";
import { placed } from "../../rules/files/chain.ts";
import { certificatesOf, nameOf, type PlacedCertificate } from "../../rules/files/context.ts";
import type { OutlookInput, OutlookLine } from "./outlook-lines.ts";

interface Found extends PlacedCertificate {
  /** The other file that it lies in. */
  readonly shown?: string;
}

export function companions({ file, section, context }: OutlookInput): readonly OutlookLine[] {
  const { parsed } = section;
  const { neighbours } = context;
  const found = (fits: (certificate: Found["certificate"]) => boolean, others: ReturnType<typeof neighbours.named>): readonly Found[] => [
    ...certificatesOf(file).filter(({ certificate }) => fits(certificate)),
    ...others.map((it) => ({ ...placed(it), shown: it.shown })),
  ];
  const withKey = (pin: string | undefined): readonly Found[] =>
    pin === undefined ? [] : found((it) => it.key.pin === pin, neighbours.withKey(pin));
  switch (parsed?.kind) {
    case "revocation-list":
      return ofList(
        parsed,
        found((it) => it.subject.text === parsed.issuer.text, neighbours.named(parsed.issuer.text)),
        context,
      );
    case "request":
      return ofRequest(parsed, withKey(parsed.key.pin), context);
    case "private-key":
    case "public-key":
      return ofKey(parsed, withKey(parsed.pin));
    default:
      return [];
  }
}

function ofList(list: RevocationList, issuers: readonly Found[], { neighbours }: OutlookInput["context"]): readonly OutlookLine[] {
  const checks = issuers.map((it) => neighbours.signature(list, it.certificate.key));
  const signer = issuers[checks.indexOf("valid")];
  const value =
    signer !== undefined
      ? shownOf(signer)
      : issuers.length === 0
        ? "no certificate of its issuer lies in the workspace"
        : checks.every((it) => it === "invalid")
          ? "none of the certificates of its issuer's name in the workspace"
          : "cannot tell";
  return [{ label: "signed by", value }];
}

function ofRequest(request: CertificateRequest, issued: readonly Found[], { neighbours }: OutlookInput["context"]): readonly OutlookLine[] {
  const check = neighbours.signature(request, request.key);
  const words = { valid: "made by its key", invalid: "not made by its key", "cannot tell": "cannot tell" } as const;
  return [{ label: "proof", value: words[check] }, ...line("issued", issued)];
}

const ofKey = (key: Pick<PrivateKey, "pin">, certificates: readonly Found[]): readonly OutlookLine[] =>
  key.pin === undefined ? [] : line("certificate", certificates, "none in the workspace has this key");

const line = (label: string, found: readonly Found[], none = ""): readonly OutlookLine[] =>
  found.length === 0 && none === ""
    ? []
    : [{ label, value: found.length === 0 ? none : found.slice(0, MOST_SHOWN).map(shownOf).join(", ") }];
const MOST_SHOWN = 8;

const shownOf = ({ certificate, shown }: Found): string => `${nameOf(certificate)} (${shown ?? "in this file"})`.replaceAll("`", "");
