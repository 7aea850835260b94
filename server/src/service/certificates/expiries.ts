/** When certificates and revocation lists end: no more is read of a file than that takes. */
import { type Certificate, certificateRole, type RevocationList, readCertificateFile, type Section } from "../../pki/index.ts";
import type { Expiry, FileExpiries } from "../api.ts";
import { gapsOf } from "./file-gaps.ts";

export function expiriesIn(file: string, bytes: Uint8Array): FileExpiries {
  const read = readCertificateFile(bytes);
  const expiries = read.sections.flatMap((section) => {
    const { parsed } = section;
    if (parsed?.kind === "certificate") return ofCertificate(file, section, parsed);
    return parsed?.kind === "revocation-list" ? ofList(file, section, parsed) : [];
  });
  return { expiries, gaps: gapsOf(file, read) };
}

function ofCertificate(file: string, { span }: Section, certificate: Certificate): readonly Expiry[] {
  const { notAfter, subject, issuer, serial, fingerprint } = certificate;
  if (notAfter.milliseconds === undefined) return [];
  return [
    {
      file,
      span,
      kind: `${certificateRole(certificate)} certificate`,
      subject: subject.text,
      issuer: issuer.text,
      serial: serial.hex,
      fingerprint,
      end: notAfter.milliseconds,
    },
  ];
}

function ofList(file: string, { span }: Section, { issuer, nextUpdate, fingerprint }: RevocationList): readonly Expiry[] {
  if (nextUpdate?.milliseconds === undefined) return [];
  return [{ file, span, kind: "revocation list", subject: issuer.text, issuer: issuer.text, fingerprint, end: nextUpdate.milliseconds }];
}
