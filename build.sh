#!/bin/sh
# Makes dist/ from src/; bundle.js knows what it consists of. Contract: built aside and put in place whole, so that a
# program that is running never loads half of it; a build that fails leaves dist/ as it was. --noCheck: whatever the types.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"

mkdir -p .setup
new=.setup/dist.$$
old=.setup/old.$$
trap 'rm -rf "$new"' EXIT

[ "${1:-}" = --noCheck ] || node node_modules/typescript/bin/tsc -p tsconfig.build.json --noEmit
node bundle.js "$new"
[ ! -e dist ] || mv dist "$old"
mv "$new" dist
rm -rf "$old"
