/** What analysis says of one file of a crate that may use any modelled client, in short: severity, rule, and the text that is marked. */
import assert from "node:assert/strict";
import { createLintService } from "../../server/src/service/index.ts";
import { memoryHost } from "./memory-host.ts";

const DEPENDENCIES = ["reqwest", "rustls", "openssl", "native-tls", "clap", "serde", "toml"];
const MANIFEST = `[package]
name = "app"
version = "0.1.0"
edition = "2021"

[dependencies]
${DEPENDENCIES.map((it) => `${it} = "*"`).join("\n")}
`;

/** `severity rule: the text that is marked, on line N`. */
export async function said(text: string): Promise<readonly string[]> {
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/main.rs": text });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/main.rs");
  service.dispose();
  assert.deepEqual(
    host.lines.filter(({ level }) => level === "error"),
    [],
  );
  return findings.map(({ severity, rule, place: { span } }) => {
    const line = text.slice(0, span.start).split("\n").length;
    return `${line} ${severity} ${rule}: ${text.slice(span.start, span.end)}`;
  });
}
