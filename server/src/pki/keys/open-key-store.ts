/**
 * PKCS#12 with its password: what lies inside, as sections at the encrypted bytes. The password is used and forgotten; of a key only
 * what `PrivateKey` tells is handed on.
 */

import { type ByteRange, sameBytes } from "../der/der.ts";
import { containedSection } from "../file.ts";
import type { CertificateFile, Section } from "../section.ts";
import { checkSum, checkSumLength, decrypt, deriveKey, isSound, MOST_MEMORY, MOST_ROUNDS, memoryOf, type Password } from "./derive.ts";
import { type KeyWork, keyWork } from "./keys.ts";
import { type Bag, type KeyStoreShell, readDecrypted, readShell } from "./pkcs12.ts";
import type { Derivation, Protection } from "./protection.ts";

export type Opened =
  | { readonly file: CertificateFile }
  /** Why it stays closed, and where the reason stands. */
  | { readonly refused: string; readonly place?: ByteRange };

interface Refusal {
  readonly refused: string;
  readonly place?: ByteRange;
}

const WRONG = "the password is wrong, or the file was changed after it was made";

/** `file`: as `readCertificateFile` read `bytes`. */
export async function openKeyStore(bytes: Uint8Array, file: CertificateFile, password: string, signal?: AbortSignal): Promise<Opened> {
  const [store] = file.sections;
  if (store?.parsed?.kind !== "key-store") return { refused: "it is no PKCS#12, so there is nothing that a password would open" };
  const shell = readShell(bytes);
  if ("message" in shell) return { refused: `${shell.message} (byte ${shell.offset})` };
  const limit = tooMuch(shell);
  if (limit !== undefined) return limit;
  const checked = await check(shell, password, signal);
  if ("refused" in checked) return checked;
  const sections: Section[] = [];
  const work = keyWork();
  for (const part of shell.parts) {
    if (part.kind === "other") return { refused: "a part of it is encrypted to a public key, and takes that key", place: part.place };
    const bags = part.kind === "plain" ? part.bags : await openPart(part, checked, signal);
    if ("refused" in bags) return bags;
    for (const bag of bags) {
      const section = await sectionOf(bag, store, checked, work, signal);
      if ("refused" in section) return section;
      // Only the integrity check proves a password: without it one wrong password in 256 has padding that looks right.
      if (bag.kind === "encrypted-key" && shell.check === undefined && section.error !== undefined)
        return { refused: `${WRONG}: ${section.error.message} (byte ${bag.content.place(0)})`, place: section.span };
      sections.push(section);
    }
  }
  const parsed = { ...store.parsed, contents: "open", hidesContents: false } as const;
  return { file: { ...file, sections: [{ ...store, parsed }, ...sections] } };
}

/** All derivations together, so that many small ones are bounded like one that is absurd. */
function tooMuch({ parts, check }: KeyStoreShell): Refusal | undefined {
  const derivations: Derivation[] = [];
  const add = ({ steps }: Protection): void => void (steps && derivations.push(steps.derivation));
  for (const part of parts) {
    if (part.kind === "encrypted") add(part.protection);
    if (part.kind === "plain") for (const bag of part.bags) if (bag.kind === "encrypted-key") add(bag.protection);
  }
  if (check?.steps) derivations.push(check.steps.derivation);
  const unsound = derivations.find((it) => !isSound(it));
  if (unsound !== undefined) return { refused: "the numbers of its scrypt are none that scrypt can have", place: unsound.rounds.place };
  const large = derivations.find((it) => memoryOf(it) > MOST_MEMORY);
  if (large !== undefined)
    return {
      refused: `opening it takes ${memoryOf(large)} bytes of memory (by the cost at byte ${large.rounds.place.start}), and more than ${MOST_MEMORY} are not taken`,
      place: large.rounds.place,
    };
  const most = derivations.reduce<Derivation | undefined>(
    (a, b) => (a === undefined || b.rounds.count > a.rounds.count ? b : a),
    undefined,
  );
  const total = derivations.reduce((sum, it) => sum + it.rounds.count, 0);
  if (most === undefined || total <= MOST_ROUNDS) return undefined;
  const { count, place } = most.rounds;
  return {
    refused: `opening it takes ${total} rounds of key derivation (${count} by the number at byte ${place.start}), and more than ${MOST_ROUNDS} are not run`,
    place,
  };
}

/** The form of the password that the check is right with; without a check, the usual form. */
async function check({ check, authenticated }: KeyStoreShell, text: string, signal: AbortSignal | undefined): Promise<Password | Refusal> {
  if (authenticated === undefined) return { refused: "it is signed instead of protected by a password" };
  if (check === undefined) return { text };
  if (check.steps === undefined)
    return { refused: `its integrity check, ${check.name}, is of a kind that is not supported`, place: check.rounds.place };
  const { derivation, hash } = check.steps;
  for (const password of text === "" ? [{ text }, { text, nothing: true } as const] : [{ text }]) {
    const key = await deriveKey(derivation, password, derivation.keyLength ?? checkSumLength(hash), "check", signal);
    if (sameBytes(await checkSum(hash, key, authenticated.bytes), check.digest)) return password;
  }
  return { refused: WRONG };
}

type Encrypted = Pick<Extract<Bag, { readonly kind: "encrypted-key" }>, "protection" | "content">;

async function plainOf(
  { protection, content }: Encrypted,
  password: Password,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | Refusal> {
  const place = { start: content.place(0), end: content.place(Math.max(0, content.bytes.length - 1)) + 1 };
  if (protection.steps === undefined) return { refused: `its encryption, ${protection.name}, is of a kind that is not supported`, place };
  const { derivation, cipher } = protection.steps;
  const key = await deriveKey(derivation, password, cipher.keyLength, "key", signal);
  const iv = cipher.iv ?? (cipher.name === "RC4" ? new Uint8Array(0) : await deriveKey(derivation, password, 8, "iv", signal));
  return (await decrypt(cipher, key, iv, content.bytes)) ?? { refused: WRONG, place };
}

async function openPart(part: Encrypted, password: Password, signal: AbortSignal | undefined): Promise<readonly Bag[] | Refusal> {
  const plain = await plainOf(part, password, signal);
  if ("refused" in plain) return plain;
  const bags = readDecrypted({ bytes: plain, place: part.content.place });
  if (!("message" in bags)) return bags;
  return { refused: `${WRONG}: ${bags.message} (byte ${bags.offset})`, place: { start: bags.offset, end: bags.offset + 1 } };
}

async function sectionOf(
  bag: Bag,
  store: Section,
  password: Password,
  work: KeyWork,
  signal: AbortSignal | undefined,
): Promise<Section | Refusal> {
  if (bag.kind !== "encrypted-key") return containedSection(bag.kind, bag.der, store.textSpan, bag.alias, work);
  const plain = await plainOf(bag, password, signal);
  if ("refused" in plain) return plain;
  const section = containedSection("private-key", { bytes: plain, place: bag.content.place }, store.textSpan, bag.alias, work);
  plain.fill(0);
  const { parsed } = section;
  // In the file it is encrypted, whatever we see now.
  return parsed?.kind === "private-key" ? { ...section, parsed: { ...parsed, encrypted: true, encryption: bag.protection.name } } : section;
}
