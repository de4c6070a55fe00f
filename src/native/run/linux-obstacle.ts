/**
 * What keeps the dynamic loader of Linux from loading a library into a program. Contract: a judgement over facts; a fact
 * that could not be read is no obstacle, since the report of the process has the last word.
 */
import { EXIT, Problem } from '../../domain/problem.js';
import { canLoad, describeElf, type ElfFacts } from './elf.js';

export interface FileFacts {
  path: string;
  mode: number;
  uid: number;
  gid: number;
  /** What `getcap` prints for it, such as `cap_net_raw=ep`; empty for none. */
  capabilities: string;
  elf?: ElfFacts;
  /** The loader that `elf` names is not there. */
  loaderMissing: boolean;
}

/** Who starts it. */
export interface Starter {
  uid: number;
  gid: number;
  /** The kernel ignores set-user-id and capabilities of files: as in most containers. */
  noNewPrivileges: boolean;
}

const SETUID = 0o4000;
const SETGID = 0o2000;
const GROUP_EXECUTES = 0o0010;

const BY_OTHER_WAYS = 'compile the fix into the program (docs/deploy.md)';

/** The rights that a file gives its process beyond those of the starter; the loader then ignores LD_PRELOAD. */
export function findPrivilege(file: FileFacts, starter: Starter): string | undefined {
  if (starter.noNewPrivileges) return undefined;
  if ((file.mode & SETUID) !== 0 && file.uid !== starter.uid) return `is set-user-id (of user ${file.uid})`;
  // Set-group-id without the group's x has another meaning: mandatory locking.
  const changesGroup = (file.mode & SETGID) !== 0 && (file.mode & GROUP_EXECUTES) !== 0;
  if (changesGroup && file.gid !== starter.gid) return `is set-group-id (of group ${file.gid})`;
  // Root has every capability before, so that the file's give it nothing.
  if (file.capabilities !== '' && starter.uid !== 0) return `has capabilities (${file.capabilities})`;
  return undefined;
}

/**
 * Why the library would not be loaded; `undefined` where nothing speaks against it.
 * @param worker whether this file is the program that does the work, and not `env` on the way to it
 */
export function judgeLinuxFile(
  file: FileFacts,
  worker: boolean,
  starter: Starter,
  library: ElfFacts | undefined,
): Problem | undefined {
  const privilege = findPrivilege(file, starter);
  if (privilege !== undefined) {
    return new Problem(
      'PROGRAM-PRIVILEGED',
      `${file.path}: ${privilege}: the loader ignores LD_PRELOAD for it`,
      `start a copy without these rights, or ${BY_OTHER_WAYS}`,
      EXIT.environment,
    );
  }
  if (!worker || file.elf === undefined) return undefined;
  if (file.elf.loader === undefined && !isLoader(file)) {
    return new Problem(
      'PROGRAM-STATIC',
      `${file.path}: is linked statically: no loader runs that could load a library`,
      `link it dynamically, or ${BY_OTHER_WAYS}; if it only starts other programs, --children lets it pass`,
      EXIT.environment,
    );
  }
  if (file.loaderMissing) {
    return new Problem(
      'PROGRAM-LOADER',
      `${file.path}: needs the loader ${file.elf.loader ?? ''}, which is not here`,
      'install the C library that it was linked with',
      EXIT.environment,
    );
  }
  if (library !== undefined && !canLoad(file.elf, library)) {
    return new Problem(
      'PROGRAM-MACHINE',
      `${file.path}: is ${describeElf(file.elf)}, the library ${describeElf(library)}`,
      'build the library for this machine and name it: --library PATH',
      EXIT.environment,
    );
  }
  return undefined;
}

/** The loader itself, started by hand with a program behind it, is a library without a loader. */
function isLoader(file: FileFacts): boolean {
  return file.elf?.shared === true && /\/ld(?:-[^/]*)?\.so[^/]*$|\/ld-musl[^/]*$/.test(file.path);
}
