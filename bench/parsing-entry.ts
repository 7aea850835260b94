/** How fast Rust texts are lexed, scanned for items, and parsed with all bodies, in megabytes a second of CPU. */
import { createRustParser, type RustParser, scan } from "../server/src/rust/index.ts";
import { lex } from "../server/src/rust/syntax/lexer.ts";

const ROUNDS = 3;

const errorsOf = (parsed: ReturnType<RustParser["parse"]>): number => (parsed.ok ? parsed.value.errors.length : 0);

export function measure(texts: readonly string[]): readonly string[] {
  const megabytes = texts.reduce((sum, it) => sum + it.length, 0) / 1e6;
  const parser = createRustParser();
  // Errors are those of bodies, too.
  const steps: readonly (readonly [name: string, step: (text: string) => unknown])[] = [
    ["lexed", lex],
    ["scanned for items and names", scan],
    ["parsed with all bodies", (text) => errorsOf(parser.parse(text))],
  ];
  return steps.map(([name, step]) => {
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      const from = process.cpuUsage();
      for (const text of texts) step(text);
      const { user, system } = process.cpuUsage(from);
      least = Math.min(least, (user + system) / 1e6);
    }
    return `${texts.length} Rust files, ${megabytes.toFixed(1)} MB: ${name} at ${(megabytes / least).toFixed(0)} MB/s`;
  });
}
