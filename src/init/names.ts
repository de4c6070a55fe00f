/** How the name of a configuration tells its module: Foo.cfg, Foo_small.cfg, MCFoo.cfg and the like. Pure. */

/** The name of the configuration merely ends as the module's does. */
export const WEAKEST = 7;

/** How closely a configuration's name is related to a module's: 0 is the same name, `WEAKEST` the loosest; undefined is not at all. */
export function relateNames(stem: string, module: string): number | undefined {
  const bareStem = withoutPrefix(stem);
  const bareModule = withoutPrefix(module);
  const ways = [
    stem === module,
    stem.toLowerCase() === module.toLowerCase(),
    beginsWith(stem, module),
    bareStem === module,
    beginsWith(bareStem, module),
    stem === bareModule,
    beginsWith(stem, bareModule),
    endsWith(stem, module),
  ];
  const rank = ways.indexOf(true);
  return rank === -1 ? undefined : rank;
}

/** `MC` for "model checking" is how many name the module that makes a spec finite. */
function withoutPrefix(name: string): string {
  const bare = /^MC[_-]?(?=\w)(.+)$/.exec(name)?.[1];
  return bare ?? name;
}

/** `Foo_small`, `Foo-2`, `Foo.small`, `FooSmall` and `Foo2` begin with Foo; `Food` does not. */
function beginsWith(stem: string, module: string): boolean {
  if (!stem.startsWith(module) || stem.length === module.length) return false;
  return isBoundary(module.at(-1) ?? '', stem[module.length] ?? '');
}

function endsWith(stem: string, module: string): boolean {
  if (!stem.endsWith(module) || stem.length === module.length) return false;
  return isBoundary(stem.at(-module.length - 1) ?? '', module[0] ?? '');
}

/** Whether a word ends between two characters. */
function isBoundary(before: string, after: string): boolean {
  const isWord = (c: string): boolean => /[\p{L}\p{N}]/u.test(c);
  if (!isWord(before) || !isWord(after)) return true;
  if (/\p{Lu}/u.test(after) && !/\p{Lu}/u.test(before)) return true;
  return /\p{N}/u.test(after) !== /\p{N}/u.test(before);
}
