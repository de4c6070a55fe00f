#!/usr/bin/env bash
# The step of the composite action that runs the workbench. Contract: the exit code is the workbench's; outputs and the
# step summary are written whatever it is; nothing in an input is expanded or run.
set -uo pipefail

program=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
command=${WORKBENCH_COMMAND:-verify}
base=${WORKBENCH_BASE:-}
args=${WORKBENCH_ARGS:-}
folder=${GITHUB_WORKSPACE:-.}/${WORKBENCH_DIRECTORY:-.}
outputs=${GITHUB_OUTPUT:-/dev/null}
summary=${GITHUB_STEP_SUMMARY:-/dev/null}
report=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/workbench-report.XXXXXX") || exit 3
log=$(mktemp) || exit 3
trap 'rm -f "$log"' EXIT

# GitHub takes at most a megabyte for the summary of a step, and nothing of what is longer.
most_bytes=1000000

say_output() { printf '%s=%s\n' "$1" "$2" >>"$outputs"; }

verdict_of() {
  case $1 in
    0) echo 'as declared' ;;
    1) echo 'not as declared' ;;
    2) echo 'wrong input' ;;
    4) echo 'incomplete' ;;
    130) echo 'interrupted' ;;
    *) echo 'environment' ;;
  esac
}

finish() {
  say_output verdict "$(verdict_of "$1")"
  say_output exit-code "$1"
  say_output report "$report"
  say_output record "$(grep -aoE 'runs/[0-9]{8}T[0-9]{6}Z-[0-9a-f]+' "$log" | tail -n 1)"
  exit "$1"
}

refuse() {
  printf 'error USAGE: %s\nhint: %s\n' "$1" "$2" | tee -a "$log" >&2
  printf '%s\n' "$1" >>"$summary"
  finish 2
}

cd -- "$folder" || refuse "working-directory: $folder is no folder" 'check out the repository first'
echo "::add-matcher::$program/action/problem-matcher.json"

arguments=("$command")
case $command in
  verify | check) ;;
  gate)
    [ -n "$base" ] || refuse 'gate needs a base' 'name one: base: a branch, a tag or a commit'
    case $base in -*) refuse "base: $base is no commit" 'name a branch, a tag or a commit' ;; esac
    # A checkout of one commit has no base; whether the two have a common history is for the gate to say.
    git cat-file -e "$base^{commit}" 2>/dev/null || git fetch --quiet --no-tags origin "$base" || true
    arguments+=(--base "$base")
    ;;
  *) refuse "command: $command is none of verify, check, gate" 'correct the input' ;;
esac

# xargs splits and unquotes as a shell does, and expands nothing.
if [ -n "${args//[[:space:]]/}" ]; then
  words=$(mktemp) || exit 3
  printf '%s\n' "$args" | tr '\n' ' ' | xargs printf '%s\0' >"$words" ||
    refuse 'args: a quote is not closed' 'close it'
  while IFS= read -r -d '' word; do arguments+=("$word"); done <"$words"
  rm -f "$words"
fi

for target in html=report.html markdown=report.md junit=junit.xml sarif=results.sarif; do
  arguments+=(--report "${target%%=*}=$report/${target#*=}")
done

node "$program/dist/cli.js" "${arguments[@]}" 2>&1 | tee "$log"
code=${PIPESTATUS[0]}

if [ -s "$report/report.md" ] && [ "$(wc -c <"$report/report.md")" -le "$most_bytes" ]; then
  cat "$report/report.md" >>"$summary"
else
  {
    printf 'workbench %s: %s\n\n~~~~~~~~\n' "$command" "$(verdict_of "$code")"
    tail -n 100 "$log" | tail -c 60000
    printf '~~~~~~~~\n'
  } >>"$summary"
fi
finish "$code"
