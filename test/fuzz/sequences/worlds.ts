/** What the folder of an editor holds at first: packages of fixtures, the certificates that they may read, settings. */
import { caseFile, caseNames, cases } from "../../certificates/cases.ts";
import { settingFixtures } from "../../harness/settings.ts";
import { workspaces } from "../../harness/workspaces.ts";
import { MANIFEST, READER } from "../../lsp/programs.ts";
import type { Dice } from "../dice.ts";
import { codeSeeds } from "../files/seeds.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Worlds {
  /** Below `/w`. */
  one(dice: Dice): Files;
  /** Texts that such files have. */
  readonly texts: readonly string[];
}

/** Many small steps through small files find more than few through large ones. */
const LARGEST = 6_000;

export async function worlds(): Promise<Worlds> {
  const code = codeSeeds().filter(({ bytes }) => bytes.length < LARGEST);
  const certificates: { readonly name: string; readonly content: string | Uint8Array }[] = [];
  for (const name of caseNames) {
    const bytes = await caseFile(name);
    if (bytes.length > LARGEST) continue;
    const isText = bytes[0] !== 0x30;
    const ending = cases[name]?.path?.split("/").at(-1) ?? (isText ? "a.pem" : "a.der");
    certificates.push({ name: ending, content: isText ? new TextDecoder().decode(bytes) : bytes });
  }
  const settings = settingFixtures();
  const together = workspaces();
  const decoded = code.map(({ bytes }) => new TextDecoder().decode(bytes));
  const texts = [
    ...decoded,
    ...certificates.flatMap(({ content }) => (typeof content === "string" ? [content] : [])),
    ...settings.map((it) => it.text),
  ];

  function one(dice: Dice): Files {
    const seed = dice.one(code);
    const files: Record<string, string | Uint8Array> = {
      "/w/Cargo.toml": seed.beside?.["/w/Cargo.toml"] ?? MANIFEST,
      [seed.path]: new TextDecoder().decode(seed.bytes),
      "/w/src/reader.rs": READER,
      "/w/certs/ca.pem": textOf(dice.one(certificates).content),
    };
    for (let more = dice.below(4); more > 0; more--) {
      const { name, content } = dice.one(certificates);
      files[`/w/certs/${dice.below(3)}/${name}`] = content;
    }
    if (dice.below(3) === 0) for (const [path, text] of Object.entries(dice.one(settings).project)) files[`/w/s/${path}`] = text;
    if (dice.below(3) === 0) files["/w/tlslint.toml"] = dice.one(['mtls = "required"\n', '[rules]\nweak-key = "off"\n', "profile = 7\n"]);
    if (dice.below(4) === 0) for (const [path, { text }] of dice.one(together).files) files[`/w/t/${path}`] = text;
    return files;
  }
  return { one, texts };
}

const textOf = (content: string | Uint8Array): string => (typeof content === "string" ? content : "");
