/** A folder of certificates that are really signed, for the measurement of whole folders. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alternativeNames, bytes, CLIENT, dns, keyUsage, pem, purposes, SERVER } from "../test/certificates/build.ts";
import { AUTHORITY, elliptic, issue } from "../test/oracle/issue.ts";

const AUTHORITIES = 20;
const PER_FOLDER = 500;

/** One certificate a file in `folder`, and all of them in `bundle`; each has a key and a number of its own. */
export function makeFolder(folder: string, bundle: string, count: number): readonly string[] {
  const paths: string[] = [];
  const texts: string[] = [];
  const write = (path: string, der: Uint8Array): void => {
    const text = pem("CERTIFICATE", der);
    writeFileSync(join(folder, path), text);
    paths.push(join(folder, path));
    texts.push(text);
  };
  mkdirSync(folder, { recursive: true });
  const authorities = Array.from({ length: AUTHORITIES }, (_, number) => {
    const key = elliptic("P-256");
    const name = `CA ${number}`;
    write(
      `ca-${number}.pem`,
      issue({ spec: { issuer: name, subject: name, serial: bytes(1, number), extensions: AUTHORITY }, key, issuer: key }),
    );
    return { key, name };
  });
  for (let number = 0; number < count; number++) {
    const inner = `d${Math.floor(number / PER_FOLDER)}`;
    if (number % PER_FOLDER === 0) mkdirSync(join(folder, inner));
    const authority = authorities[number % AUTHORITIES];
    if (authority === undefined) break;
    const host = `host${number}.example.test`;
    const extensions = [keyUsage("1"), purposes(SERVER, CLIENT), alternativeNames(dns(host))];
    const serial = bytes(2, number >> 16, (number >> 8) & 255, number & 255);
    write(
      `${inner}/c${number}.pem`,
      issue({ spec: { issuer: authority.name, subject: host, serial, extensions }, key: elliptic("P-256"), issuer: authority.key }),
    );
  }
  writeFileSync(bundle, texts.join(""));
  return paths;
}
