/** The first fix of a rule's findings in a program of one file, and what it changes. */
import assert from "node:assert/strict";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { memoryHost } from "../harness/memory-host.ts";

const FILE = "/w/src/main.rs";
const MANIFEST = `[package]
name = "a"
version = "0.1.0"
edition = "2021"

[dependencies]
reqwest = { version = "0.12.15", features = ["native-tls"] }
openssl = "0.10.70"
native-tls = "0.2.14"
rustls = "0.23.20"
rustls-pemfile = "2.2.0"
toml = "0.8.20"
serde = { version = "1.0.200", features = ["derive"] }
clap = { version = "4.5.0", features = ["derive"] }
`;

/** The first fix of the first finding of that rule which has one: its title, and the text after it. */
export async function first(
  rule: string,
  text: string,
): Promise<{
  readonly title: string;
  readonly text: string;
  readonly unfixed: string;
  readonly applicability: string | undefined;
  readonly preferred: boolean;
}> {
  const service = await createLintService(memoryHost({ [FILE]: text, "/w/Cargo.toml": MANIFEST }), { roots: ["/w"] });
  const found = (await service.lint(FILE)).findings.filter((it) => it.rule === rule);
  service.dispose();
  assert.ok(found.length > 0, `${rule} is found`);
  const [fix] = found.flatMap((it) => it.fixes);
  return {
    title: fix?.title ?? "",
    applicability: fix?.applicability,
    preferred: fix?.preferred === true,
    text: applyEdits(text, fix?.edits.find((it) => it.file === FILE)?.edits ?? []),
    unfixed: found.flatMap((it) => it.unfixed ?? []).join(),
  };
}

/** Lines that go and lines that come. */
export function changes(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const gone = old.filter((it) => !now.includes(it)).map((it) => `-${it.trim()}`);
  return [...gone, ...now.filter((it) => !old.includes(it)).map((it) => `+${it.trim()}`)].join("\n");
}
