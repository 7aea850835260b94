/** Certificates that cases ask to be issued again, made by running the commands that are offered, in a folder of their own. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Certificate, type CertificateFile, readCertificateFile } from "../../server/src/pki/index.ts";
import { fileRules } from "../../server/src/rules/files/index.ts";
import type { FileContext, FileRule } from "../../server/src/rules/rule.ts";
import { Reissues } from "../../server/src/service/certificates/reissue/index.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../server/src/tls/policy.ts";
import { caseFile, cases } from "./cases.ts";

export interface ToReissue {
  readonly name: string;
  readonly rule: FileRule;
  readonly context: FileContext;
  readonly before: CertificateFile;
  readonly openssl: string;
  readonly step: string | undefined;
}

const policy = { minimumVersion: MINIMUM_VERSION, mtls: "auto", expiringDays: EXPIRING_DAYS, now: Date.UTC(2026, 0, 1) } as const;

/** Of every rule that asks for another certificate, each case that it fires in; the same command once. */
export async function allToReissue(): Promise<readonly ToReissue[]> {
  const found = new Map<string, ToReissue>();
  for (const [name, { path, usedAs = [], profile = "private-mtls" }] of Object.entries(cases)) {
    const before = readCertificateFile(await caseFile(name));
    const context = { policy: { ...policy, profile }, usedAs, path: path ?? "/w/case.pem" };
    const reissues = new Reissues(before, context);
    for (const rule of fileRules) {
      if (rule.issuedAgain === undefined) continue;
      for (const { span } of rule.judge(before, context)) {
        const reissue = reissues.at(span, rule.issuedAgain);
        if (reissue === undefined) continue;
        found.set(`${rule.id} ${reissue.openssl}`, { name, rule, context, before, openssl: reissue.openssl, step: reissue.step });
      }
    }
  }
  return [...found.values()];
}

export function shell(cwd: string, script: string): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync("sh", ["-c", script], { cwd, encoding: "utf8" });
  return { status, stderr };
}

/** The authority and the keys that a command does not find in the workspace. */
export function prepare(cwd: string, script: string, openssl = "openssl"): void {
  const keys = [...script.matchAll(/^test -r (\S+\.key)/gm)].map(([, it]) => it);
  const make = keys.map((it) => `${openssl} ecparam -name prime256v1 -genkey -noout -out ${it}`);
  const authority = `${openssl} req -x509 -new -key ca.key -days 7300 -subj "/CN=Authority" -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign -out ca.pem`;
  const { status, stderr } = shell(cwd, ["set -e", ...make, ...(keys.includes("ca.key") ? [authority] : [])].join("\n"));
  assert.equal(status, 0, stderr);
}

export interface Issued {
  readonly file: CertificateFile;
  readonly der: Uint8Array;
  readonly certificate: Certificate;
  readonly roots: readonly Uint8Array[];
}

/** What a command has made. */
export function issuedIn(cwd: string, script: string): Issued {
  const [, made = ""] = /> (\S+-new\.pem)$/m.exec(script) ?? [];
  const file = readCertificateFile(readFileSync(join(cwd, made)));
  const [section] = file.sections;
  assert.ok(section?.parsed?.kind === "certificate" && section.der !== undefined, made);
  const roots = section.parsed.selfIssued ? [section.der] : certificatesIn(join(cwd, "ca.pem"));
  return { file, der: section.der, certificate: section.parsed, roots };
}

const certificatesIn = (path: string): readonly Uint8Array[] =>
  readCertificateFile(readFileSync(path)).sections.flatMap(({ der }) => der ?? []);
