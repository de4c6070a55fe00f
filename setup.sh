#!/bin/sh
# Makes a checkout ready: system packages, npm packages, the build in dist/, the TLC jar with its launcher and archive.
# Contract: does only what is missing, says on standard error what it does, never calls sudo, can be interrupted and run
# twice at once. Exit: 0 go on (optional parts may be missing, each is named), 3 nothing can run.
# With --tests also what only the tests need: a browser.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"

stamps=.setup
clang=19

say() { printf 'setup: %s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- what the system must have -------------------------------------------------------------------------------------

has_gobjcxx() {
  have g++ || return 1
  # gcc answers with a bare name where the front end is not installed.
  case $(g++ -print-prog-name=cc1objplus 2>/dev/null) in /*) return 0 ;; *) return 1 ;; esac
}

has_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then [ -x "$JAVA_HOME/bin/javac" ]; return; fi
  have java && have javac
}

has_browser() {
  [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && return 0
  have chromium || have chromium-browser || have google-chrome ||
    { [ "$system" = Darwin ] && { [ -d /Applications/Chromium.app ] || [ -d '/Applications/Google Chrome.app' ]; }; }
}

# Names of the missing packages, Debian's or Homebrew's.
list_missing() {
  [ -z "$for_tests" ] || has_browser || echo chromium
  if [ "$system" = Darwin ]; then
    has_jdk || echo openjdk
    have mvn || echo maven
    [ -d "/opt/homebrew/opt/llvm@$clang" ] || [ -d "/usr/local/opt/llvm@$clang" ] || have "clang-$clang" || echo "llvm@$clang"
    [ -d "/opt/homebrew/opt/lld@$clang" ] || [ -d "/usr/local/opt/lld@$clang" ] || have "ld.lld-$clang" || echo "lld@$clang"
    have cmake || echo cmake
    have ninja || echo ninja
    return
  fi
  has_jdk || echo default-jdk-headless
  have mvn || echo maven
  # gobjc++ depends on gcc alone: on a fresh system it brings the front end, and no g++ to drive it.
  have g++ || echo g++
  has_gobjcxx || echo gobjc++
  have "clang-$clang" || echo "clang-$clang"
  have "ld.lld-$clang" || echo "lld-$clang"
  have "llvm-objdump-$clang" || echo "llvm-$clang"
  have cmake || echo cmake
  have ninja || echo ninja-build
}

apt() { DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 "$@" >&2; }

install_with_apt() {
  say "installing: $*"
  apt update || say "apt-get update failed; trying with the lists that are there"
  available=
  unavailable=
  for package in "$@"; do
    if apt-cache show "$package" >/dev/null 2>&1; then available="$available $package"; else unavailable="$unavailable $package"; fi
  done
  [ -z "$unavailable" ] || say "not offered by this system's package sources:$unavailable"
  # shellcheck disable=SC2086 # a list of package names
  if [ -n "$available" ] && ! apt install --no-install-recommends $available; then
    # One package that cannot be installed must not keep the others away.
    for package in $available; do
      apt install --no-install-recommends "$package" || say "apt-get could not install $package"
    done
  fi
}

# What could not be had is not tried again within a day: each verify would wait for apt-get otherwise.
provide_packages() {
  [ -n "$missing" ] || return 0
  if [ "$system" = Darwin ]; then
    say "missing, its checks are not run: run  brew install $missing"
    return 0
  fi
  # shellcheck disable=SC2086
  if ! have apt-get; then
    say "missing, what needs it is not run; install, by their names in Debian: $missing"
  elif [ "$(id -u)" -ne 0 ]; then
    say "missing, what needs it is not run: run  sudo apt-get install --no-install-recommends $missing"
  elif [ "$(cat "$stamps/missing" 2>/dev/null)" = "$missing" ] && [ -n "$(find "$stamps/missing" -mmin -1440)" ]; then
    say "still missing, what needs it is not run: $missing (tried within a day; remove $stamps/missing to try again)"
  else
    install_with_apt $missing
    missing=$(list_missing | tr '\n' ' ')
    missing=${missing% }
    [ -z "$missing" ] || say "still missing, what needs it is not run: $missing"
    write_stamp missing "$missing"
  fi
}

# --- stamps: what each step was made from, by content --------------------------------------------------------------

write_stamp() {
  printf '%s\n' "$2" >"$stamps/$1.$$.tmp"
  mv -f "$stamps/$1.$$.tmp" "$stamps/$1"
}

is_stamped() { [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$2" ]; }

key_of_packages() { cat package.json package-lock.json .npmrc | cksum; echo "$node_version"; }
key_of_build() { find src build.sh bundle.js package.json tsconfig.json tsconfig.build.json -type f -exec cksum {} + | LC_ALL=C sort | cksum; }
# A file's size and date stand for its content: reading a JVM would take longer than all the rest.
key_of_toolchain() {
  java=$(command -v java) || java=
  echo "$key_build ${JAVA_HOME:-} $java ${TLA2TOOLS_JAR:-} ${XDG_CACHE_HOME:-} ${HOME:-}"
  cksum launcher/*.java
  [ ! -f workbench.json ] || cksum workbench.json
  for file in "${JAVA_HOME:-}/bin/java" "$java" "${TLA2TOOLS_JAR:-}"; do [ ! -f "$file" ] || ls -lL "$file"; done
}

# The stamp's key is followed by the files that were made, all of which must still be there.
is_toolchain_ready() {
  [ -f "$stamps/toolchain" ] || return 1
  [ "$(sed '/^$/q' "$stamps/toolchain")" = "$1" ] || return 1
  sed '1,/^$/d' "$stamps/toolchain" | while IFS= read -r file; do [ -f "$file" ] || exit 1; done
}

# --- the steps -----------------------------------------------------------------------------------------------------

check_node() {
  if have node && have npm; then
    node_version=$(node --version)
    major=${node_version#v}
    [ "${major%%.*}" -lt 20 ] || return 0
    say "error: Node $node_version is too old; install Node 20 or newer"
  else
    say "error: node and npm are missing; install Node 20 or newer"
  fi
  exit 3
}

install_packages() {
  key=$(key_of_packages)
  if [ -d node_modules ] && is_stamped npm "$key"; then return 0; fi
  say 'npm ci'
  rm -f "$stamps/npm"
  npm ci --no-audit --no-fund --loglevel=error >&2 || { say 'error: npm ci failed'; exit 3; }
  write_stamp npm "$key"
}

build() {
  key_build=$(key_of_build)
  if [ -f dist/cli.js ] && is_stamped build "$key_build"; then return 0; fi
  say 'building dist/'
  rm -f "$stamps/build"
  # Types are not checked here: `npm test` does it, and it takes longer than all the rest of the set-up.
  sh build.sh --noCheck >&2 || { say 'error: the build failed'; exit 3; }
  write_stamp build "$key_build"
}

prepare_toolchain() {
  key=$(key_of_toolchain)
  if is_toolchain_ready "$key"; then return 0; fi
  say 'preparing the TLC jar, its launcher and its class archive'
  rm -f "$stamps/toolchain"
  # Without Java or the jar, verify itself says what is missing and with which exit code.
  files=$(node dist/cli.js doctor --prepare) || { say 'TLC cannot be started yet'; return 0; }
  write_stamp toolchain "$key

$files"
}

lock() {
  mkdir -p "$stamps"
  exec 9>"$stamps/lock"
  # The kernel drops the lock with the last process that holds it: nothing to clean up after a kill.
  if have flock; then
    flock -n 9 || { say 'waiting for another set-up'; flock 9; }
  elif have perl; then
    perl -e 'open my $f, ">&=", 9 or die; flock $f, 2 or die'
  fi
}

remove_leftovers() {
  for left in "$stamps"/dist.* "$stamps"/old.* "$stamps"/*.tmp; do [ ! -e "$left" ] || rm -rf "$left"; done
}

system=$(uname -s)
for_tests=
case ${1:-} in
  '') ;;
  --tests) for_tests=yes ;;
  *) say "error: $1 is not known; only --tests is"; exit 3 ;;
esac
check_node
missing=$(list_missing | tr '\n' ' ')
missing=${missing% }
key_build=$(key_of_build)
if [ -z "$missing" ] && [ -d node_modules ] && [ -f dist/cli.js ] && is_stamped build "$key_build" &&
  is_stamped npm "$(key_of_packages)" && is_toolchain_ready "$(key_of_toolchain)"; then
  exit 0
fi
lock
remove_leftovers
provide_packages
install_packages
build
prepare_toolchain
