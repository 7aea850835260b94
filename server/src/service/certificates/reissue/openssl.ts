/** A plan in the words of the program `openssl`: 1.1.1, 3 and LibreSSL understand them. */
import type { IssuedName } from "./names.ts";
import type { IssuePlan, NewKey } from "./plan.ts";
import { type Made, quoted, script } from "./shell.ts";

export function opensslScript(plan: IssuePlan): string {
  const { files, newKey, signer, days } = plan;
  const key = newKey === undefined ? quoted(files.ownKey.path) : '"$work/new.key"';
  const empty = plan.subject.length === 0 ? " -subj /" : "";
  const issued = signer === "issuer";
  const steps = [
    `cat > "$work/profile.cnf" <<'PROFILE'`,
    ...profile(plan),
    "PROFILE",
    ...(newKey === undefined ? [] : [`openssl genpkey ${algorithm(newKey)} -out "$work/new.key"`]),
    ...(issued
      ? [
          `openssl req -new -config "$work/profile.cnf" -key ${key}${empty} -out "$work/new.csr"`,
          `openssl x509 -req -in "$work/new.csr" -CA ${quoted(files.issuer.path)} -CAkey ${quoted(files.issuerKey.path)} \\`,
          `    -set_serial "0x01$(openssl rand -hex 15)" -days ${days} -extfile "$work/profile.cnf" -extensions certificate -out "$work/new.pem"`,
        ]
      : [
          `openssl req -new -x509 -config "$work/profile.cnf" -key ${key}${empty} \\`,
          `    -set_serial "0x01$(openssl rand -hex 15)" -days ${days} -extensions certificate -out "$work/new.pem"`,
        ]),
  ];
  const made: readonly Made[] = [
    ...(newKey === undefined ? [] : [{ from: "new.key", to: `${files.stem}.key`, secret: true }]),
    ...(issued ? [{ from: "new.csr", to: `${files.stem}.csr`, secret: false }] : []),
    { from: "new.pem", to: `${files.stem}.pem`, secret: false },
  ];
  const reads = [...(newKey === undefined ? [files.ownKey] : []), ...(issued ? [files.issuer, files.issuerKey] : [])];
  return script(plan, reads, steps, made);
}

const algorithm = (key: NewKey): string =>
  key.type === "RSA" ? `-algorithm RSA -pkeyopt rsa_keygen_bits:${key.bits}` : `-algorithm EC -pkeyopt ec_paramgen_curve:${key.curve}`;

function profile({ subject, names, purposes, pathLength, extensions, authority, signer }: IssuePlan): readonly string[] {
  const alternatives = names.length === 0 ? [] : [`subjectAltName = ${subject.length === 0 ? "critical, " : ""}@names`];
  const uses = [
    authority
      ? `basicConstraints = critical, CA:TRUE${pathLength === undefined ? "" : `, pathlen:${pathLength}`}`
      : "basicConstraints = critical, CA:FALSE",
    `keyUsage = critical, ${authority ? "keyCertSign, cRLSign" : "digitalSignature"}`,
    ...(purposes.length === 0 ? [] : [`extendedKeyUsage = ${purposes.join(", ")}`]),
    ...alternatives,
  ];
  return [
    "[req]",
    "prompt = no",
    "utf8 = yes",
    "string_mask = utf8only",
    "default_md = sha256",
    "distinguished_name = subject",
    ...(signer === "issuer" ? ["req_extensions = request"] : []),
    "[subject]",
    ...subject.map(({ type, value }, index) => `${index}.${type} = ${verbatim(value)}`),
    ...(signer === "issuer" ? ["[request]", ...uses] : []),
    "[certificate]",
    ...uses,
    "subjectKeyIdentifier = hash",
    ...(signer === "issuer" ? ["authorityKeyIdentifier = keyid"] : []),
    ...extensions.map(({ oid, critical, value }) => `${oid} = ${critical ? "critical, " : ""}DER:${hex(value)}`),
    ...(names.length === 0 ? [] : ["[names]", ...names.map((it, index) => `${KINDS[it.kind]}.${index + 1} = ${verbatim(it.value)}`)]),
  ];
}

const KINDS: Readonly<Record<IssuedName["kind"], string>> = { DNS: "DNS", IP: "IP", URI: "URI", email: "email" };

/** Between quotes OpenSSL replaces no variables and cuts no comments; a backslash takes the next character as it is. */
const verbatim = (value: string): string => `"${value.replace(/["\\]/g, "\\$&")}"`;

const hex = (value: Uint8Array): string => Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join(":");
