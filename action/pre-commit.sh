#!/bin/sh
# Entry of the hooks in .pre-commit-hooks.yaml. Contract: prepares the checkout of the workbench that it stands in, once,
# then runs the given command in the repository that is committed to. What is merely open (exit 4) stops no commit.
set -eu
program=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# Nothing of git's own variables may reach the set-up, which stands in another repository.
# shellcheck disable=SC2046 # a list of names
unset $(git rev-parse --local-env-vars)
sh "$program/setup.sh" >&2
code=0
node "$program/dist/cli.js" "$@" || code=$?
[ "$code" -ne 4 ] || { echo 'workbench: something is open, and nothing is shown to be wrong' >&2; exit 0; }
exit "$code"
