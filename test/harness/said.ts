/** What analysis says of one file of a crate that may use any modelled client, in short: severity, rule, and the text that is marked. */
import assert from "node:assert/strict";
import type { Finding } from "../../server/src/service/api.ts";
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
export const said = (text: string): Promise<readonly string[]> =>
  shown(text, ({ severity, rule, place: { span } }) => {
    const line = text.slice(0, span.start).split("\n").length;
    return `${line} ${severity} ${rule}: ${text.slice(span.start, span.end)}`;
  });

/** Of each finding the message and its notes. */
export const told = (text: string): Promise<readonly string[]> => shown(text, ({ message, notes }) => [message, ...notes].join("; "));

/** The conditions that messages end with, and the texts of the places that are told besides. */
export const conditions = (text: string): Promise<readonly string[]> =>
  shown(text, ({ message, related }) => {
    const places = related.map(({ span }) => ` @ ${text.slice(span.start, span.end)}`);
    return `${/ \((.*)\)$/.exec(message)?.[1] ?? ""}${places.join("")}`;
  });

async function shown(text: string, show: (finding: Finding) => string): Promise<readonly string[]> {
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/main.rs": text });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/main.rs");
  service.dispose();
  assert.deepEqual(
    host.lines.filter(({ level }) => level === "error"),
    [],
  );
  return findings.map(show);
}
