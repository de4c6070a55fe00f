/** The command that mends a change, as it can be typed where the gate was started. Pure. */
import type { ChangeKind } from '../domain/baseline.js';
import type { Place } from '../domain/claim.js';

export interface RestoreFrom {
  /** The commit compared with, short. */
  commit: string;
  /** Its files, relative to the project's root, and those of them that are no more. */
  files: ReadonlySet<string>;
  gone: readonly string[];
  /** The project's root as seen from where the program was started; empty where it is the same folder. */
  root: string;
}

const quote = (path: string): string =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replace(/'/g, `'\\''`)}'`;

/** What may stand in any file of the module's folder: its module, a configuration, the manifest. */
const FOLDER_WIDE: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  ...(['states-fewer', 'model-lost', 'control-lost', 'property-lost', 'claim-lost', 'smoke-lost'] as const),
]);

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export function mendOf(kind: ChangeKind, place: Place, from: RestoreFrom): string {
  const { commit } = from;
  if (kind === 'assumption-unowned')
    return `add "owner" in ${place.path}:${place.line}, then workbench gate --base ${commit}`;
  if (kind === 'function-unmodelled')
    return `write // @claim Module!Claim above it in ${place.path}:${place.line}, then workbench coverage`;
  // Why a claim stands lower is what verify shows; no one file has it.
  if (kind === 'rung-lower' || kind === 'score-lower') return 'workbench verify';
  const git = from.root === '' ? 'git' : `git -C ${quote(from.root)}`;
  if (kind === 'code-without-spec' || kind === 'spec-without-code')
    return `${git} diff ${commit} -- ${quote(place.path)}`;
  const folder = folderOf(place.path);
  if (FOLDER_WIDE.has(kind) && [...from.files].some((path) => path.startsWith(`${folder}/`)))
    return `${git} restore --source=${commit} --patch -- ${quote(folder)}`;
  if (from.files.has(place.path)) return `${git} restore --source=${commit} --patch -- ${quote(place.path)}`;
  return mendNew(place.path, from, git);
}

/** A file that the commit has not: one that was moved is held against what it was, any other has to go. */
function mendNew(path: string, { commit, gone, root }: RestoreFrom, git: string): string {
  const old = gone.find((other) => nameOf(other) === nameOf(path));
  if (old === undefined) return `rm ${quote(root === '' ? path : `${root}/${path}`)}`;
  return `${git} diff ${quote(`${commit}:./${old}`)} ${quote(path)}`;
}
