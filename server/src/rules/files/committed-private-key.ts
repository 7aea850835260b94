/** An unencrypted private key in the git repository. */
import { publishedPin, type Section } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { isOpenKey } from "./context.ts";

export const committedPrivateKey: FileRule = {
  id: "committed-private-key",
  judges: "file",
  onlyIfReachable: true,
  summary: "an unencrypted private key is committed to git",
  severity: "error",
  since: "0.1.0",
  cwe: [312, 798],
  sources: [
    {
      title: "OWASP: key management cheat sheet, storage",
      url: "https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html#storage",
    },
    {
      title: "GitHub: removing sensitive data from a repository",
      url: "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",
    },
  ],
  rationale: `An attacker who can read the repository, now or later, impersonates the server or client. Deleting the file does not help:
history keeps it. Replace the key.

The index of the repository around the workspace is read, no process is started; a file that is only in the folder and ignored
by git is not reported. Keys in folders of test data are hints: they protect nothing as long as their CA is not trusted. So are keys that only
tests load, keys beside code that no code, settings or deployment of the workspace names, and keys of which all certificates in the workspace are for this machine or for reserved domains (\`localhost\`,
\`127.0.0.1\`, \`example.com\`, \`.test\`), unless other code loads them. A key that is published anyway is one fault, which \`recoverable-key\` reports.`,
  byHand: "the key stays in the history: it has to be replaced and its certificate revoked, which no edit does",
  examples: [{ bad: "key-in-git", good: "server-key" }],
  judge(file, { keeping }) {
    if (keeping?.committed !== true) return [];
    const [first] = file.sections.filter((it) => isOpenKey(it) && !isPublished(it));
    if (first === undefined) return [];
    return [
      {
        span: first.boundary,
        message: "unencrypted private key is committed to git",
        help: "replace the key and its certificate, run `git rm --cached` on the file and add it to `.gitignore`",
        ...(keeping.named === false && { severity: "hint" as const }),
        ...(keeping.places !== undefined && { related: keeping.places }),
        notes: [
          "everyone with access to the repository, or to its history, has the key",
          ...(keeping.named === false ? ["no code, settings or deployment of the workspace names this file"] : []),
        ],
      },
    ];
  },
};

/** Everybody has it already, whatever is done with this repository: that is what `recoverable-key` says. */
const isPublished = ({ parsed }: Section): boolean => parsed?.kind === "private-key" && publishedPin(parsed.pin) !== undefined;
