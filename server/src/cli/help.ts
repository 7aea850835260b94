/** What `tlslint help` prints. */

export const HELP = `tlslint finds TLS and mutual-TLS mistakes in Rust code and certificate files

usage: tlslint check [PATH…]       lint files and folders (the current one without a path)
       tlslint inspect FILE…       show what is in certificate and key files
       tlslint explain RULE        say why a rule matters
       tlslint rules               list the rules
       tlslint lsp --stdio         serve an editor

check:
  --format pretty|json|sarif       how to report (pretty)
  --output FILE                    write the report there
  --config FILE                    use this tlslint.toml and no other
  --now TIME                       judge validity as of TIME, such as 2026-01-01T00:00:00Z
  --fix                            apply the fixes that need no look
  --fix-review                     apply those that need one, too
  --diff                           print the fixes as a patch; change nothing
  --stdin --stdin-path PATH        lint standard input as if it stood at PATH
  --fail-on error|warning|info|hint   exit with 1 from this severity on (warning)

inspect, rules:
  --format pretty|json

exit status: 0 nothing found, 1 findings, 2 something was not analysed or the call is wrong
`;
