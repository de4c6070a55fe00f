/**
 * Looks, before a program is started, whether the system lets a library into it. Contract: throws a Problem where it
 * surely does not; what cannot be found out is left to the report of the process.
 */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { EXIT, Problem } from '../../domain/problem.js';
import { findExecutable } from '../../host/executables.js';
import { runProcess } from '../../host/processes.js';
import { toolEnvironment } from '../toolchain.js';
import {
  findSignatureObstacle,
  isProtectedPath,
  isProtectionOff,
  readEntitlements,
  readSignature,
} from './code-signature.js';
import { readElf, type ElfFacts } from './elf.js';
import { judgeLinuxFile, type FileFacts, type Starter } from './linux-obstacle.js';
import { nameCpus, readMachO, shareCpu } from './mach-o.js';
import { readPart, type ProgramFile } from './program-files.js';

/** @param launcher the program only starts others: what it is linked like does not matter */
export async function refuseObstacles(
  files: readonly ProgramFile[],
  library: string,
  launcher: boolean,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  const programs = files.filter((file) => !file.script);
  const libraryFacts = readPart(library, readElf);
  for (const [i, file] of programs.entries()) {
    const worker = i === programs.length - 1 && !launcher;
    const problem =
      platform === 'darwin'
        ? await findMacObstacle(file.path, worker, library)
        : judgeLinuxFile(await readFileFacts(file.path), worker, readStarter(), libraryFacts);
    if (problem !== undefined) throw problem;
  }
}

async function readFileFacts(path: string): Promise<FileFacts> {
  const { mode, uid, gid } = statSync(path);
  const elf: ElfFacts | undefined = readPart(path, readElf);
  const loaderMissing = elf?.loader !== undefined && !existsSync(elf.loader);
  const facts = { path, mode, uid, gid, capabilities: await readCapabilities(path), loaderMissing };
  return elf === undefined ? facts : { ...facts, elf };
}

function readStarter(): Starter {
  const status = readStatus();
  return {
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    noNewPrivileges: /^NoNewPrivs:\s*1$/m.test(status),
  };
}

function readStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return '';
  }
}

/** `getcap` lies in a folder that PATH often lacks. Without it nothing is known, and the report decides. */
async function readCapabilities(path: string): Promise<string> {
  const getcap = findExecutable('getcap', { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` });
  if (getcap === undefined) return '';
  const said = (await ask([getcap, path])).stdout.trim();
  // `path cap_net_raw=ep`, in older versions `path = cap_net_raw+ep`.
  return said.startsWith(path) ? said.slice(path.length).replace(/^\s*=?\s*/, '') : '';
}

async function findMacObstacle(path: string, worker: boolean, library: string): Promise<Problem | undefined> {
  const real = realpathSync(path);
  const refuse = (reason: string): Problem =>
    new Problem(
      'PROGRAM-PROTECTED',
      `${path}: ${reason}: macOS drops DYLD_INSERT_LIBRARIES for it`,
      'use a copy or build of it that is yours, or compile the fix into it (docs/deploy.md)',
      EXIT.environment,
    );
  if (isProtectedPath(real) && !isProtectionOff((await ask(['/usr/bin/csrutil', 'status'])).stdout)) {
    return refuse('lies in a folder under System Integrity Protection');
  }
  const { mode } = statSync(real);
  if ((mode & 0o6000) !== 0) return refuse('is set-user-id or set-group-id');
  const slices = readPart(real, readMachO);
  if (slices?.some((slice) => slice.restricted) === true) return refuse('has a segment __RESTRICT');
  if (worker && slices?.every((slice) => !slice.dynamic) === true) return refuse('names no dynamic loader');
  const offered = readPart(library, readMachO);
  if (worker && slices !== undefined && offered !== undefined && !shareCpu(slices, offered)) {
    return new Problem(
      'PROGRAM-MACHINE',
      `${path}: is ${nameCpus(slices)}, the library ${nameCpus(offered)}`,
      'build the library for this machine and name it: --library PATH',
      EXIT.environment,
    );
  }
  const signed = await ask(['/usr/bin/codesign', '-d', '--verbose=2', real]);
  const granted = await ask(['/usr/bin/codesign', '-d', '--entitlements', '-', '--xml', real]);
  const reason = findSignatureObstacle(readSignature(signed.stderr), readEntitlements(granted.stdout));
  return reason === undefined ? undefined : refuse(reason);
}

async function ask(command: string[]): Promise<{ stdout: string; stderr: string }> {
  return runProcess({ command, cwd: '/', env: toolEnvironment(), keepStdin: false, timeoutSeconds: 20 });
}
