/** What becomes of each section of a PEM file with each stack, and how to say it. */
import { type CertificateFile, type Loaded, NO_REASON, type Section, type Stack } from "../../pki/index.ts";

export const STACKS = ["rustls", "OpenSSL"] as const;

/** `lost`: without a word · `refused`: with an error that ends the loading · `behind`: after such an error. */
export interface Fate {
  readonly fate: "loaded" | "lost" | "refused" | "behind";
  /** Completes the sentence that starts with the stack's name. */
  readonly words: string;
}
export type Fates = Readonly<Record<Stack, Fate>>;

/** In the words about OpenSSL, which come second, the section is "it". */
export function fatesIn(file: CertificateFile): (section: Section) => Fates {
  const rustls = indexOf(file, "rustls");
  const openssl = indexOf(file, "OpenSSL");
  return (section) => ({ rustls: ofRustls(section, rustls), OpenSSL: ofOpenssl(section, openssl) });
}

interface Index {
  readonly byBegin: ReadonlyMap<number, Loaded>;
  /** What a section that ran into the next ends as: the first behind it that did not. */
  readonly mergedInto: ReadonlyMap<number, Loaded>;
  /** Where the section starts whose error ended the loading. */
  readonly refusal: number | undefined;
}

function indexOf(file: CertificateFile, stack: Stack): Index {
  const sections = file.loadings.find((it) => it.stack === stack)?.sections ?? [];
  const mergedInto = new Map<number, Loaded>();
  let next: Loaded | undefined;
  for (const it of sections.toReversed()) {
    if (it.outcome !== "merged") next = it;
    else if (next !== undefined) mergedInto.set(it.begin, next);
  }
  const refusal = sections.find((it) => it.outcome === "refused")?.begin;
  return { byBegin: new Map(sections.map((it) => [it.begin, it])), mergedInto, refusal };
}

function ofRustls(section: Section, { byBegin, mergedInto }: Index): Fate {
  const noun = NOUNS[section.kind] ?? "section";
  const found = byBegin.get(section.boundary.start);
  switch (found?.outcome) {
    case "loaded":
      return { fate: "loaded", words: `loads the ${noun}` };
    case "refused":
      return { fate: "refused", words: `rejects the ${noun} (\`${found.error}\`)` };
    case "merged": {
      const end = mergedInto.get(found.begin);
      if (end?.outcome !== "refused") return { fate: "lost", words: `merges the ${noun} with the next section` };
      return { fate: "refused", words: `rejects the ${noun} together with the next section (\`${end.error}\`)` };
    }
    default:
      return { fate: "lost", words: `skips the ${noun} without an error` };
  }
}

const NOUNS: Partial<Record<Section["kind"], string>> = {
  certificate: "certificate",
  "revocation-list": "CRL",
  "private-key": "private key",
};

function ofOpenssl(section: Section, { byBegin, refusal }: Index): Fate {
  const found = byBegin.get(section.boundary.start);
  if (found?.outcome === "loaded") return { fate: "loaded", words: "loads it" };
  if (found?.outcome === "refused") {
    const why = found.error === NO_REASON ? "without a reason" : `(\`${found.error}\`)`;
    return { fate: "refused", words: `rejects it ${why}` };
  }
  if (found !== undefined) return { fate: "lost", words: "does not recognise it" };
  if (refusal !== undefined && refusal < section.boundary.start) return { fate: "behind", words: "rejects the file before it" };
  return { fate: "lost", words: "does not see it" };
}
