/** Certificate files and key stores that the editor tests open: made anew for each run. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { basicConstraints, certificate, time } from "../certificates/build.ts";
import { exampleFiles } from "../certificates/examples.ts";
import { STEERING } from "../harness/hidden.ts";

const DAY = 86_400_000;
export const PASSWORD = "open sesame 4711";

const derOf = (pem: string): Uint8Array =>
  Buffer.from(/-----BEGIN CERTIFICATE-----([^-]+)/.exec(pem)?.[1]?.replace(/\s/g, "") ?? "", "base64");

const named = (name: string, left: number): Uint8Array => {
  const day = (offset: number) => time(new Date(Date.now() + offset * DAY).toISOString());
  const whole = { issuer: name, subject: name, notBefore: day(-9), notAfter: day(left), extensions: [basicConstraints(true)] };
  return certificate(whole);
};

export async function makeCertificates(parent: string): Promise<string> {
  const folder = mkdtempSync(join(parent, "certificates-"));
  const files = await exampleFiles(Date.now());
  const text = (name: string): string => new TextDecoder().decode(files.get(name));
  const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, "certs"));
  put("certs/server.der", derOf(text("server-chain.pem")));
  put("certs/chain.pem", text("server-chain.pem"));
  put("certs/roots.pem", text("ca-bundle.pem"));
  put("certs/binary.crt", named("Binary in a CRT", 400));
  put("certs/text.crt", text("client-ca.pem"));
  put("certs/expired.der", named("Expired Root", -2));
  put("certs/hostile.der", named(`<img src=x onerror=alert(1)>${STEERING.join("")}`, 90));
  const file = (name: string): string => join(folder, name);
  put("key.pem", text("client.key"));
  put("client.pem", text("client.pem"));
  const export12 = ["pkcs12", "-export", "-inkey", file("key.pem"), "-in", file("client.pem"), "-out", file("certs/client.p12")];
  execFileSync("openssl", [...export12, "-passout", `pass:${PASSWORD}`], { stdio: "ignore" });
  for (const name of ["key.pem", "client.pem"]) rmSync(file(name));
  return folder;
}
