/** What a change touches: files by what they are to the workbench, and the claims that rest on them. Pure. */
import { BASELINE_FILE, type Baseline } from '../domain/baseline.js';
import type { Head } from './head.js';

export interface Touched {
  path: string;
  what: 'spec' | 'configuration' | 'manifest' | 'native' | 'tools' | 'baseline';
  /** Functions of a covered file whose code differs from the base's. */
  functions: string[];
  claims: string[];
}

/** Files that matter among those that differ; what is neither spec nor code nor tool is left out. */
export function findTouched(
  changed: readonly string[],
  head: Head,
  base: Baseline | undefined,
  project: { manifests: ReadonlyMap<string, string>; nativeRoot: string | undefined },
): Touched[] {
  const claimsOf = (modules: readonly { name: string; claims: { name: string }[] }[]): string[] =>
    [...new Set(modules.flatMap((m) => m.claims.map((c) => `${m.name}!${c.name}`)))].sort();
  return changed.flatMap((path): Touched[] => {
    const make = (what: Touched['what'], claims: string[], functions: string[] = []): Touched[] => [
      { path, what, functions, claims },
    ];
    if (path === BASELINE_FILE) return make('baseline', []);
    if (path === 'workbench.json') return make('tools', claimsOf(head.modules));
    const owners = head.modules.filter((m) =>
      (head.files.closures.get(m.path) ?? []).some((file) => file.path === path),
    );
    if (owners.length > 0) return make('spec', claimsOf(owners));
    const before = base?.modules ?? [];
    if (path.endsWith('.tla')) return make('spec', claimsOf(before.filter((m) => m.path === path)));
    const configured = [...head.modules, ...before].filter((m) => m.models.some((x) => x.path === path));
    if (configured.length > 0) return make('configuration', claimsOf(configured));
    const manifest = head.modules.filter((m) => project.manifests.get(m.path) === path);
    if (manifest.length > 0) return make('manifest', claimsOf(manifest));
    return touchNative(path, head, base, project.nativeRoot, make);
  });
}

function touchNative(
  path: string,
  head: Head,
  base: Baseline | undefined,
  root: string | undefined,
  make: (what: Touched['what'], claims: string[], functions?: string[]) => Touched[],
): Touched[] {
  const is = (head.native?.functions ?? []).filter((f) => f.path === path);
  const was = (base?.native?.functions ?? []).filter((f) => f.path === path);
  if (is.length + was.length > 0) {
    const edited = [
      ...is.filter((f) => !was.some((w) => w.name === f.name && w.code === f.code)),
      ...was.filter((f) => !is.some((w) => w.name === f.name)),
    ];
    const claims = [...new Set(edited.flatMap((f) => f.claims))].sort();
    return make('native', claims, [...new Set(edited.map((f) => f.name))].sort());
  }
  const isNative =
    head.files.native.some((f) => f.path === path) || (root !== undefined && path.startsWith(`${root}/`));
  if (!isNative) return [];
  // A header, a build file or a test may change any function that is built.
  const claims = (head.native?.functions ?? []).flatMap((f) => f.claims);
  return make('native', [...new Set(claims)].sort());
}
