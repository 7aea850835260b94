/** Private keys that a program writes to files which other users can read. */
import type { CodeRule } from "./rule.ts";

export const worldReadablePrivateKey: CodeRule<"private-key-file"> = {
  id: "world-readable-private-key",
  judges: "code",
  observes: "private-key-file",
  summary: "a private key is written to a file that every local user can read",
  severity: "warning",
  since: "0.1.0",
  cwe: [276, 732],
  sources: [
    {
      title: "Rust: std::os::unix::fs::OpenOptionsExt::mode",
      url: "https://doc.rust-lang.org/std/os/unix/fs/trait.OpenOptionsExt.html#tymethod.mode",
    },
    { title: "open(2): the mode argument", url: "https://man7.org/linux/man-pages/man2/open.2.html" },
    { title: "CWE-276: Incorrect Default Permissions", url: "https://cwe.mitre.org/data/definitions/276.html" },
  ],
  rationale: `\`std::fs::write\` and \`File::create\` ask for mode 0666, and the usual umask 022 leaves 0644: every account of the machine, and
every service that is broken into, reads the key and impersonates its owner. Of a CA's key it issues certificates for any name.
A stricter umask or folder is outside of the program, and gone on the next machine.

\`OpenOptions\` with \`mode(0o600)\` creates the file so that nobody else ever opens it. \`set_permissions\` after the write leaves a
moment in which others can, and is not reported; nor is a key in a folder that is closed to others, in a temporary folder of the
\`tempfile\` crate, in a program that sets its umask, or one that is encrypted with a passphrase.

Fine where the file lies on a volume that nobody else mounts; suppress the finding and name it.`,
  examples: [
    {
      bad: `use std::io;
use std::path::Path;

use rcgen::KeyPair;

pub fn store(key: &KeyPair, path: &Path) -> io::Result<()> {
    std::fs::write(path, key.serialize_pem())
}
`,
      good: `use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rcgen::KeyPair;

pub fn store(key: &KeyPair, path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(key.serialize_pem().as_bytes())
}
`,
    },
  ],

  judge: ({ fact: { call, permissions } }) => ({
    message: `\`${call}\` makes a private key readable by every local user`,
    help: "create the file with `OpenOptions` and `mode(0o600)`",
    remedies: [{ want: { kind: "private-key-file" } }],
    notes: [
      permissions === undefined
        ? "a new file gets mode 0644 under the usual umask 022"
        : `mode 0${permissions.toString(8)} lets others read the file`,
    ],
  }),
};
