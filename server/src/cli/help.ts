/** What `tlslint help` prints. */

export const HELP = `tlslint finds TLS and mutual-TLS mistakes in Rust code and certificate files

usage: tlslint check [PATH…]       lint files and folders (the current one without a path)
       tlslint inspect FILE…       show what is in certificate and key files
       tlslint verify CHAIN        say whether a TLS stack accepts a leaf or chain, and why not
       tlslint reissue FILE        print the command that issues its certificate again
       tlslint explain RULE        say why a rule matters
       tlslint rules               list the rules
       tlslint lsp --stdio         serve an editor

check:
  --format FORMAT                  how to report: pretty, concise, json, json-lines, sarif, github, gitlab, junit,
                                   rdjson, azure, checkstyle, markdown (pretty)
  --output FILE                    write the report there
  --config FILE                    use this tlslint.toml and no other
  --now TIME                       judge validity as of TIME, such as 2026-01-01T00:00:00Z
  --fix                            apply the fixes that need no look
  --fix-review                     apply those that need one, too
  --diff                           print the fixes as a patch; change nothing
  --stdin --stdin-path PATH        lint standard input as if it stood at PATH
  --fail-on error|warning|info|hint   exit with 1 from this severity on (warning)
  --strict                         exit with 2 for what lies out of reach, too
  --allow-empty                    a folder in which nothing is linted is in order
  --trace                          say on standard error where the reading stopped before the end, and why

verify:
  --roots FILE                     the certificates that are trusted
  --intermediates FILE             certificates beside those that follow the leaf
  --crl FILE                       revocation lists; may be given more than once; without it revocation is not checked
  --crl-depth chain|leaf           check the whole path, or the leaf only (chain)
  --crl-unknown deny|allow         rustls: what no list speaks for (deny)
  --crl-expired ignore|refuse      rustls: lists past their next update (ignore)
  --crl-extended, --crl-deltas     OpenSSL: X509_V_FLAG_EXTENDED_CRL_SUPPORT, X509_V_FLAG_USE_DELTAS
  --as server|client               whose certificate it is
  --host NAME                      the name or address that a client asks for
  --stack STACK                    rustls-webpki@0.101 to @0.104, openssl@1.1.1, openssl@3, or a release (rustls-webpki@0.103)
  --now TIME                       verify as of TIME
  --format pretty|json             json is one line
  --limbo CASES.json               one line of JSON for each case of an x509-limbo file; goes with --stack

inspect:
  --password-stdin                 open PKCS#12 files with the first line of standard input; on a terminal it is asked for
  --now TIME                       count days from TIME

reissue:
  --tool openssl|step              which program the command is for (openssl)
  --now TIME                       count days from TIME

inspect, rules:
  --format pretty|json

exit status: 0 nothing found, 1 findings, 2 something was not analysed (whatever was found) or the call is wrong
`;
