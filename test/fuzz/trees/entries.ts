/** Trees as an attacker arranges them, as data: any entry may be left out. */
import type { Dice } from "../dice.ts";

/** `path`: below the root of the tree; a name in bytes is none that any text encoding has. */
export type Entry =
  | { readonly kind: "file"; readonly path: string; readonly content: Uint8Array; readonly mode?: number; readonly bytes?: true }
  | { readonly kind: "folder"; readonly path: string; readonly mode?: number }
  /** `outside/…` lies beside the tree, all else that begins with `/` where it says. */
  | { readonly kind: "link"; readonly path: string; readonly target: string }
  | { readonly kind: "pipe" | "socket" | "device"; readonly path: string }
  | { readonly kind: "sparse"; readonly path: string; readonly size: number }
  | { readonly kind: "many"; readonly path: string; readonly count: number }
  | { readonly kind: "deep"; readonly path: string; readonly depth: number };

/** Between 3 and 30. `contents`: what files hold. */
export function entriesOf(dice: Dice, contents: readonly Uint8Array[]): readonly Entry[] {
  return Array.from({ length: 3 + dice.below(28) }, () => entryOf(dice, contents));
}

function entryOf(dice: Dice, contents: readonly Uint8Array[]): Entry {
  const path = pathOf(dice);
  const way = dice.below(100);
  if (way < 45) return { kind: "file", path, content: dice.one(contents), ...modeOf(dice), ...(dice.below(20) === 0 && { bytes: true }) };
  if (way < 52) return { kind: "folder", path, ...modeOf(dice) };
  if (way < 82) return { kind: "link", path, target: dice.one(TARGETS) };
  if (way < 87) return { kind: "pipe", path };
  if (way < 89) return { kind: "socket", path };
  if (way < 91) return { kind: "device", path };
  if (way < 96) return { kind: "sparse", path, size: dice.one([0, 1 << 20, 65 << 20, 2 ** 33, 2 ** 42]) };
  if (way < 98) return { kind: "many", path, count: dice.one([10, 100, 400]) };
  return { kind: "deep", path, depth: dice.one([10, 63, 64, 65, 200]) };
}

const modeOf = (dice: Dice): { readonly mode?: number } => (dice.below(6) === 0 ? { mode: dice.one([0o000, 0o200, 0o444, 0o111]) } : {});

function pathOf(dice: Dice): string {
  const folders = Array.from({ length: dice.one([0, 0, 1, 1, 2, 4]) }, () => dice.one(FOLDERS));
  return [...folders, dice.one(NAMES)].join("/");
}

const FOLDERS = ["a", "A", "src", "certs", ".git", ".hidden", "target", "node_modules", "b\u202e", "c\u001b[31m", "d e", "möbius", "kept"];
const NAMES = [
  "a.pem",
  "A.PEM",
  "ca.crt",
  "server.key",
  "store.p12",
  "list.crl",
  "main.rs",
  "lib.rs",
  "Cargo.toml",
  "Cargo.lock",
  "tlslint.toml",
  "Rocket.toml",
  ".env",
  ".env.local",
  ".gitignore",
  ".git",
  "index",
  "CACHEDIR.TAG",
  "x",
  "folder",
  "::error::x.pem",
  "##[error]x.pem",
  "\u001b]0;x\u0007.pem",
  "line\nend.pem",
  "back\\slash.rs",
  "\u202egnp.pem",
  "e\u0301.pem",
  "\u00e9.pem",
  "-rf.pem",
  `${"l".repeat(240)}.pem`,
];

const TARGETS = [
  ".",
  "..",
  "../..",
  "/",
  "/etc",
  "/etc/passwd",
  "/dev/zero",
  "/dev/tty",
  "/proc/self/mem",
  "/proc/self/root/etc/passwd",
  "outside",
  "outside/secret.pem",
  "outside/main.rs",
  "outside/tlslint.toml",
  "outside/none",
  "a",
  "src",
  "certs/a.pem",
  "kept/.env",
  "kept",
  "none/none",
  "a.pem",
  "./a.pem",
  "x",
];
