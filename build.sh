#!/bin/sh
# Makes dist/ from src/: what the compiler emits, and what it leaves alone. Contract: the one place that knows what dist/
# consists of; built aside and put in place whole, so that a program that is running never loads half of it; a build
# that fails leaves dist/ as it was. Arguments are the compiler's.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"

mkdir -p .setup
new=.setup/dist.$$
old=.setup/old.$$
trap 'rm -rf "$new"' EXIT

node node_modules/typescript/bin/tsc -p tsconfig.build.json --outDir "$new" "$@"
mkdir -p "$new/grammars"
cp node_modules/@tlaplus/tree-sitter-tlaplus/tree-sitter-tlaplus.wasm node_modules/tree-sitter-cpp/tree-sitter-cpp.wasm "$new/grammars/"
[ ! -f src/report/html/page.css ] || cp src/report/html/page.css "$new/report/html/"
chmod 755 "$new/cli.js"
[ ! -e dist ] || mv dist "$old"
mv "$new" dist
rm -rf "$old"
