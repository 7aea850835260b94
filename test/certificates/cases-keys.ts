/** Cases of private keys: whose they are, who can read them, and where they lie. */
import { alternativeNames, dns, pem, privateKey, purposes, SERVER, text } from "./build.ts";
import type { Case } from "./cases.ts";
import { once } from "./cases-chain.ts";
import { encryptedKey } from "./cases-usage.ts";
import { endEntity, issue } from "./examples.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const KEY_LINE = "-----BEGIN PRIVATE KEY-----";
const hosts = [purposes(SERVER), alternativeNames(dns("service.example"))];

const identities = once(async () => {
  const root = await issue("Key Root", undefined, [NOW - DAY, NOW + 900 * DAY], []);
  return { one: await endEntity("one.example", root, NOW, hosts), two: await endEntity("two.example", root, NOW, hosts) };
});
type Identities = Awaited<ReturnType<typeof identities>>;
const of = (make: (all: Identities) => string) => async () => text(make(await identities()));
const open = (): Uint8Array => text(pem("PRIVATE KEY", privateKey()));
const encrypted = (): Uint8Array => text(pem("ENCRYPTED PRIVATE KEY", encryptedKey));

export const keyCases = {
  "foreign-key": {
    about: "the key of another certificate in the same file",
    make: of(({ one, two }) => one.pem + two.key),
    path: "/w/server.pem",
    expect: [{ rule: "key-mismatch", severity: "error", covers: KEY_LINE, says: /does not belong to `one.example`/ }],
  },
  "own-key": { about: "certificate and key that belong together", make: of(({ one }) => one.pem + one.key), path: "/w/server.pem" },
  "foreign-key-of-the-same-name": {
    about: "`server.key` beside `server-cert.pem`, whose it is not; the right one is found",
    make: of(({ two }) => two.key),
    path: "/w/server.key",
    beside: async () => {
      const { one, two } = await identities();
      return { "/w/server-cert.pem": one.pem, "/w/other.pem": two.pem };
    },
    expect: [{ rule: "key-mismatch", severity: "warning", covers: KEY_LINE, says: /`one.example` in `server-cert.pem`/ }],
  },
  "own-key-of-the-same-name": {
    about: "`server.key` beside `server.pem`, whose it is",
    make: of(({ one }) => one.key),
    path: "/w/server.key",
    beside: async () => ({ "/w/server.pem": (await identities()).one.pem }),
  },
  "key-among-others": {
    about: "another name, another pair",
    make: of(({ two }) => two.key),
    path: "/w/client.key",
    beside: async () => ({ "/w/server.pem": (await identities()).one.pem }),
  },
  "key-without-a-name": {
    about: "`key.pem` and `cert.pem` say nothing of each other",
    make: of(({ two }) => two.key),
    path: "/w/key.pem",
    beside: async () => ({ "/w/cert.pem": (await identities()).one.pem }),
  },
  "key-in-git": {
    about: "an open key that git has",
    make: open,
    keeping: { committed: true, mode: 0o644 },
    expect: [{ rule: "committed-private-key", severity: "error", covers: KEY_LINE }],
  },
  "encrypted-key-in-git": { about: "an encrypted key that git has", make: encrypted, keeping: { committed: true, mode: 0o644 } },
  "key-for-everybody": {
    about: "mode 644",
    make: open,
    keeping: { mode: 0o644 },
    expect: [{ rule: "readable-private-key", severity: "warning", covers: KEY_LINE, says: /every user .*mode 644/ }],
  },
  "key-for-the-group": {
    about: "mode 640",
    make: open,
    keeping: { mode: 0o640 },
    expect: [{ rule: "readable-private-key", severity: "info", covers: KEY_LINE, says: /the group .*mode 640/ }],
  },
  "key-for-its-owner": { about: "mode 600", make: open, keeping: { mode: 0o600 } },
  "key-that-the-owner-may-run": { about: "mode 700: odd, but nobody else's", make: open, keeping: { mode: 0o700 } },
  "encrypted-key-for-everybody": { about: "encrypted: mode 644 gives nothing away", make: encrypted, keeping: { mode: 0o644 } },
} satisfies Readonly<Record<string, Case>>;
