#!/usr/bin/env bash
# One step of the GitHub Action: the report that is printed decides the status, and code scanning gets a file beside it.
set -uo pipefail

tlslint() {
  if [ -n "${TLSLINT_COMMAND:-}" ]; then
    "$TLSLINT_COMMAND" "$@"
  else
    npx --yes --ignore-scripts "tlslint@$TLSLINT_VERSION" "$@"
  fi
}

options=(--fail-on "$TLSLINT_FAIL_ON" --files-from -)
[ -n "$TLSLINT_BASELINE" ] && options+=(--baseline "$TLSLINT_BASELINE")

if [ -n "$TLSLINT_SARIF" ]; then
  tlslint check "${options[@]}" --format sarif --output "$TLSLINT_SARIF" <<<"$TLSLINT_PATHS"
  # Findings and gaps are told below; without a file there is nothing to upload.
  [ -f "$TLSLINT_SARIF" ] || exit 2
fi
tlslint check "${options[@]}" --format "$TLSLINT_FORMAT" <<<"$TLSLINT_PATHS"
