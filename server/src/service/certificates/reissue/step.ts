/** A plan in the words of `step`, which takes what a certificate says from a template. */
import type { IssuedName } from "./names.ts";
import type { IssuePlan, NewKey } from "./plan.ts";
import { type Made, quoted, script } from "./shell.ts";

/** Undefined: `step` takes no template for a certificate that signs itself. */
export function stepScript(plan: IssuePlan): string | undefined {
  const { files, newKey, signer, days } = plan;
  if (signer === "itself") return undefined;
  const key = newKey === undefined ? `--key ${quoted(files.ownKey.path)}` : algorithm(newKey);
  const target = newKey === undefined ? "" : ' "$work/new.key"';
  const steps = [
    `cat > "$work/profile.tpl" <<'PROFILE'`,
    template(plan),
    "PROFILE",
    `step certificate create reissued "$work/new.pem"${target} --template "$work/profile.tpl" ${key} \\`,
    `    --ca ${quoted(files.issuer.path)} --ca-key ${quoted(files.issuerKey.path)} --not-after ${days * 24}h --no-password --insecure`,
  ];
  const made: readonly Made[] = [
    ...(newKey === undefined ? [] : [{ from: "new.key", to: `${files.stem}.key`, secret: true }]),
    { from: "new.pem", to: `${files.stem}.pem`, secret: false },
  ];
  return script(plan, [...(newKey === undefined ? [files.ownKey] : []), files.issuer, files.issuerKey], steps, made);
}

const algorithm = (key: NewKey): string => (key.type === "RSA" ? `--kty RSA --size ${key.bits}` : `--kty EC --curve ${key.curve}`);

/** JSON within a template of Go: without braces that would begin a piece of program. */
function template({ subject, names, purposes, pathLength, extensions, authority }: IssuePlan): string {
  const value = {
    subject: { extraNames: subject.map(({ type, value: text }) => ({ type: ATTRIBUTES[type], value: text })) },
    ...(names.length === 0 ? {} : { sans: names.map((it) => ({ type: KINDS[it.kind], value: it.value })) }),
    keyUsage: authority ? ["certSign", "crlSign"] : ["digitalSignature"],
    ...(purposes.length === 0 ? {} : { extKeyUsage: purposes }),
    basicConstraints: { isCA: authority, maxPathLen: authority ? (pathLength ?? -1) : 0 },
    ...(extensions.length === 0
      ? {}
      : { extensions: extensions.map(({ oid, critical, value: der }) => ({ id: oid, critical, value: base64(der) })) }),
  };
  return JSON.stringify(value, undefined, 2).replace(/"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/g, (text) =>
    text.replaceAll("{", "\\u007b").replaceAll("}", "\\u007d"),
  );
}

const base64 = (der: Uint8Array): string => btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(""));

const KINDS: Readonly<Record<IssuedName["kind"], string>> = { DNS: "dns", IP: "ip", URI: "uri", email: "email" };
const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: "2.5.4.3",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  C: "2.5.4.6",
  serialNumber: "2.5.4.5",
  DC: "0.9.2342.19200300.100.1.25",
  UID: "0.9.2342.19200300.100.1.1",
};
