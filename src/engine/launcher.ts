/**
 * How a JVM for TLC is started. Contract: the command ends after the main class, the caller appends TLC's arguments;
 * every command keeps to its heap, to its own temp folder, and ends when its standard input does (tlc.md, hazard 12).
 */
import type { Jar } from './jar.js';
import type { Java } from './java.js';

export { javaEnvironment } from './java.js';

/**
 * tiny: quickest start, for models of seconds. large: most states a second. plain: TLC without our launcher, where it
 * could not be compiled; about half a second slower to start, and without live figures.
 */
export type Profile = 'tiny' | 'large' | 'plain';

/** All that is needed to start TLC; made by `prepareToolchain`. */
export interface Toolchain {
  java: Java;
  jar: Jar;
  launcher?: { jar: string; classPath: string; sha256: string };
  /** Class data archive of launcher and TLC. */
  cds?: string;
  /** Why launcher or archive are missing; one line each. */
  notes: string[];
}

export interface JvmOptions {
  profile: Profile;
  heapMb: number;
  /** A private folder: TLC unpacks its standard modules there under fixed names (tlc.md, hazard 3). */
  tmpdir: string;
  workers: number;
}

/** The profile that is really used: without a launcher there is only the plain one. */
export function effectiveProfile(toolchain: Toolchain, wanted: Profile): Profile {
  return toolchain.launcher === undefined ? 'plain' : wanted;
}

/** The command up to and including the main class. */
export function javaCommand(toolchain: Toolchain, options: JvmOptions): string[] {
  const { java, jar, launcher } = toolchain;
  const profile = effectiveProfile(toolchain, options.profile);
  const start = [...commonFlags(options), ...profileFlags(profile, options.workers)];
  if (profile === 'plain' || launcher === undefined) {
    return [...WATCHDOG, java.path, ...start, '-cp', jar.path, 'tlc2.TLC'];
  }
  return [java.path, ...start, ...archiveFlags(toolchain), '-cp', launcher.classPath, 'WorkbenchLauncher'];
}

function commonFlags({ heapMb, tmpdir }: JvmOptions): string[] {
  return [
    // Out of memory is exit 3 at once; TLC by itself hangs then, deaf to TERM (tlc.md, hazard 5).
    '-XX:+ExitOnOutOfMemoryError',
    `-Xmx${heapMb}m`,
    // Else every JVM leaves a file in the shared temp folder when it is killed.
    '-XX:-UsePerfData',
    `-Djava.io.tmpdir=${tmpdir}`,
    ...['-Dfile.encoding=UTF-8', '-Dsun.jnu.encoding=UTF-8', '-Dstdout.encoding=UTF-8'],
    // The JVM's own warnings go to standard output by default, into the middle of TLC's messages.
    ...['-Xlog:disable', '-Xlog:all=error:stderr'],
  ];
}

function profileFlags(profile: Profile, workers: number): string[] {
  switch (profile) {
    case 'tiny':
      return ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    case 'large':
      // As many collector threads as the run was given cores, not as the machine has.
      return ['-XX:+UseParallelGC', `-XX:ParallelGCThreads=${Math.max(1, workers)}`];
    case 'plain':
      return ['-XX:+UseParallelGC'];
  }
}

/** `auto`: an archive that does not fit is passed over. */
function archiveFlags({ cds }: Toolchain): string[] {
  return cds === undefined ? [] : ['-Xshare:auto', `-XX:SharedArchiveFile=${cds}`];
}

/**
 * Runs java beside a reader of our standard input, which ends java when the input ends. `read` is part of the shell, so
 * that ending the reader leaves no process behind.
 */
const WATCHDOG = [
  '/bin/sh',
  '-c',
  [
    'exec 3<&0',
    '"$@" </dev/null 3<&- & java=$!',
    '{ while read -r line <&3; do :; done; kill -KILL "$java"; } >/dev/null 2>&1 & reader=$!',
    'exec 3<&-',
    'wait "$java"; code=$?',
    'kill "$reader" 2>/dev/null',
    'exit "$code"',
  ].join('\n'),
  'workbench-watchdog',
];
