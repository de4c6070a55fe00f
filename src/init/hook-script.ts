/** The text of the git hook. Pure. Contract: plain sh; runs the hook that was there before, then the workbench; a tool that is missing stops git. */

export const HOOKS = ['pre-commit', 'pre-push'] as const;
export type HookName = (typeof HOOKS)[number];

/** By this line a hook is known as ours. */
export const MARK = '# Written by `workbench init --hook`.';

/** What a hook that was there before is called from then on. */
export const beforeName = (hook: HookName): string => `${hook}.before-workbench`;

/** Git's own setting that names the workbench where neither the project nor PATH has it. */
export const PROGRAM_KEY = 'workbench.program';

const quote = (text: string): string => `'${text.replace(/'/g, `'\\''`)}'`;

/**
 * @param folder the project's folder below the working tree; `''` is its top
 */
export function hookScript(hook: HookName, folder: string): string {
  const isPush = hook === 'pre-push';
  const place = folder === '' ? '"$top"' : `"$top"/${quote(folder)}`;
  const baseline = folder === '' ? 'runs/baseline.json' : `${folder}/runs/baseline.json`;
  return `#!/bin/sh
${MARK} It checks the working tree, not the index.
# To remove it: delete this file; if ${beforeName(hook)} is beside it, give that its old name back.
# Contract: runs the hook that was here before, then the workbench; when either fails, git stops. What is merely open
# (exit 4: not confirmed, not run to its end) is said and stops nothing here; CI says it again.
set -u
before=$(dirname -- "$0")/${beforeName(hook)}
if [ -f "$before" ] && [ -x "$before" ]; then "$before" "$@" || exit $?; fi

top=$(git rev-parse --show-toplevel) || exit 1
# Git sets these for itself; the workbench asks git about other folders and commits.
# shellcheck disable=SC2046 # a list of names
unset $(git rev-parse --local-env-vars)
cd -- ${place} || exit 1

if [ -x node_modules/.bin/workbench ]; then set -- node_modules/.bin/workbench
elif command -v workbench >/dev/null 2>&1; then set -- workbench
elif program=$(git config --get ${PROGRAM_KEY}) && [ -f "$program" ]; then set -- node "$program"
else
  echo 'workbench: the hook finds no workbench; install it, or: git config ${PROGRAM_KEY} <path of dist/cli.js>' >&2
  exit 3
fi

base=${isPush ? "$(git rev-parse --verify --quiet '@{upstream}') || base=HEAD" : 'HEAD'}
if git cat-file -e "$base":${quote(baseline)} 2>/dev/null; then set -- "$@" gate --base "$base"
else set -- "$@" check --quiet; fi
"$@" </dev/null
code=$?
case $code in
  0) exit 0 ;;
  4) echo 'workbench: something is open, and nothing is shown to be wrong; git goes on' >&2; exit 0 ;;
esac
echo "workbench: ${isPush ? 'not pushed' : 'no commit made'} (exit $code); git ${isPush ? 'push' : 'commit'} --no-verify goes past this hook" >&2
exit "$code"
`;
}
