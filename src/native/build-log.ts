/** Reads what CMake, a compiler or a linker printed, down to the first line that says what is wrong. Pure. */

import { posix } from 'node:path';
import { describeMissing } from './toolchain.js';

/** `path:line: message` of the first error; paths relative to `root` where they lie in it. */
export function findFirstError(log: string, root: string, native: string): string {
  const plain = log.replace(/\x1b\[[0-9;]*m/g, '');
  const lines = plain.split('\n');
  const relative = (path: string): string => {
    if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
    return path.startsWith('/') ? path : posix.join(native, path);
  };
  for (const [i, line] of lines.entries()) {
    const compiler = /^(.+?):(\d+)(?::\d+)?: (?:fatal )?error: (.*)$/.exec(line);
    if (compiler !== null) return `${relative(compiler[1] ?? '')}:${compiler[2] ?? ''}: ${compiler[3] ?? ''}`;
    const linker =
      /^(?:.*\bld(?:\.\w+)?: )?(.+?):(\d+): ((?:undefined reference|multiple definition).*)$/.exec(line);
    if (linker !== null) return `${relative(linker[1] ?? '')}:${linker[2] ?? ''}: ${linker[3] ?? ''}`;
    const lld = /^(?:\S*\/)?([\w.-]*ld[\w.-]*): error: (.*)$/.exec(line);
    if (lld !== null) {
      // lld names objects and no lines; CMake names an object by its source.
      const source = /^>>> \w+ (?:by|in) \S*?([^/\s:]+)\.o\b/.exec(lines[i + 1] ?? '')?.[1];
      return `${lld[1] ?? ''}: ${lld[2] ?? ''}${source === undefined ? '' : `, in ${source}`}`;
    }
    const cmake = /^CMake Error at (.+?):(\d+)/.exec(line);
    if (cmake !== null) {
      const text = lines
        .slice(i + 1)
        .map((next) => next.trim())
        .find((next) => next !== '');
      return `${relative(cmake[1] ?? '')}:${cmake[2] ?? ''}: ${text ?? 'CMake error'}`;
    }
  }
  const other = lines.find((line) =>
    /(?:^|\b)(?:error|undefined reference|FAILED|cannot find)\b/i.test(line),
  );
  return (other ?? lines.findLast((line) => line.trim() !== '') ?? 'nothing was printed').trim();
}

/** What a failed configuration or build lacks on this machine, when that is why it failed; undefined otherwise. */
export function findMissingPart(log: string): string | undefined {
  if (log.includes('Could not use disabled preset')) return 'the preset is not for this system';
  if (/Unrecognized "version" field|"cmakeMinimumRequired" version too new/.test(log)) {
    return 'cmake is too old for CMakePresets.json';
  }
  const needed = /CMake ([\d.]+) or higher is required/.exec(log)?.[1];
  if (needed !== undefined) return `cmake is too old: ${needed} or higher is needed`;
  const program = /^CMake Error[^\n]*\n\s*Could not find \w+ using the following names: ([^\n]+)/m.exec(
    log,
  )?.[1];
  // The first name is the one that is looked for; others are what it may be called as well.
  if (program !== undefined) return describeMissing(program.trim().replace(/,? .*$/, ''));
  const found = /^CMake Error[^\n]*\n\s*Could NOT find (\w+)/m.exec(log)?.[1];
  if (found !== undefined) return `CMake does not find ${found}`;
  if (/cannot execute .cc1objplus./.test(log))
    return "the compiler has no Objective-C++: install Debian's gobjc++";
  if (/fatal error: '?objc\/(?:objc|runtime)\.h/.test(log))
    return "the headers of the Objective-C runtime are missing: install Debian's gobjc++";
  const language = /No (CMAKE_\w+_COMPILER) could be found/.exec(log)?.[1];
  if (language !== undefined) return `${language}: no such compiler is installed`;
  // CMake's default generator, on a machine without make.
  const builder = /CMake was unable to find a build program corresponding to "([^"]+)"/.exec(log)?.[1];
  if (builder !== undefined) return `CMake finds no program that builds for "${builder}"`;
  const library = /cannot find (\S*(?:lib[at]san|-l[at]san)\S*)/.exec(log)?.[1];
  return library === undefined ? undefined : `the sanitizer's library is missing: ${library}`;
}
