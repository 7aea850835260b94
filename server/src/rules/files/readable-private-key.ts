/** A private key that every user of the machine can read. */
import type { FileRule } from "../rule.ts";
import { isOpenKey } from "./context.ts";

/** POSIX permission bits: read or write, for others and for the group. */
const OTHERS = 0o006;
const GROUP = 0o060;
const OWNER_ONLY = 0o600;

export const readablePrivateKey: FileRule = {
  id: "readable-private-key",
  judges: "file",
  onlyIfReachable: true,
  summary: "a private key file is readable by other users",
  // A checkout is readable for everybody whatever the server's copy is.
  severity: "info",
  since: "0.1.0",
  cwe: [732],
  sources: [
    {
      title: "OWASP: key management cheat sheet, storage",
      url: "https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html#storage",
    },
    { title: "CWE-732: incorrect permission assignment for critical resource", url: "https://cwe.mitre.org/data/definitions/732.html" },
  ],
  rationale: `Every process of the machine can be the server when it can read the server's key. A key file belongs to the user that the
service runs as, with mode 600. Access for a group is a usual way to let a service in, and information.

Known only where the host tells the permissions of files: on the command line and in a desktop editor, not on Windows. A key
that is committed to git is reported for that alone.`,
  examples: [{ bad: "key-for-everybody", good: "key-for-its-owner" }],
  judge(file, { keeping }) {
    const { mode, committed } = keeping ?? {};
    if (mode === undefined || committed === true || (mode & (OTHERS | GROUP)) === 0) return [];
    const [first] = file.sections.filter(isOpenKey);
    if (first === undefined) return [];
    const open = (mode & OTHERS) !== 0;
    const whom = open ? "every user" : "the group of the file";
    const action = (mode & (open ? 0o002 : 0o020)) !== 0 ? "read and replaced" : "read";
    return [
      {
        span: first.boundary,
        message: `unencrypted private key can be ${action} by ${whom} (mode ${(mode & 0o777).toString(8)})`,
        help: "make it readable only by the user that the service runs as: `chmod 600`",
        // A service that runs as another user than the file's would not start.
        repairs: [{ title: "Restrict permissions: `chmod 600`", applicability: "review", mode: OWNER_ONLY }],
      },
    ];
  },
};
