/**
 * Finds the file that a command word starts, as the system would: along PATH, through `#!` lines and `env`. Contract:
 * nothing is started; what cannot be started is a Problem that says which file and why.
 */
import { closeSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { basename, delimiter, resolve } from 'node:path';
import { Problem } from '../../domain/problem.js';
import { isExecutable } from '../../host/executables.js';
import type { ReadBytes } from './elf.js';

/** One file that the system maps into the process, one after another: a script, `env`, and at last a program. */
export interface ProgramFile {
  path: string;
  /** Starts with `#!`, or is a text that only a shell understands; its mode bits for another user mean nothing. */
  script: boolean;
}

/** As the kernel does: an interpreter may be a script itself, but not for ever. */
const MOST_INTERPRETERS = 5;

/** The files behind `word`, first the one that is started, last the program that does the work. */
export function findProgramFiles(word: string, env: NodeJS.ProcessEnv, cwd: string): ProgramFile[] {
  const files: ProgramFile[] = [];
  let next: { word: string; askedBy?: string } | undefined = { word };
  while (next !== undefined) {
    const path = findFile(next.word, env, cwd, next.askedBy);
    if (files.length > MOST_INTERPRETERS) {
      throw new Problem(
        'PROGRAM-INTERPRETER',
        `${files[0]?.path ?? path}: its interpreters are scripts themselves, more than ${MOST_INTERPRETERS} deep`,
        'name a program behind #!',
      );
    }
    const line = readInterpreter(path);
    files.push({ path, script: line !== undefined });
    next = line === undefined ? undefined : { word: line, askedBy: path };
    const before = files.at(-2);
    if (next === undefined && before?.script === true && basename(path) === 'env') {
      const behind = readEnvCommand(before.path);
      if (behind !== undefined) next = { word: behind, askedBy: before.path };
    }
  }
  return files;
}

function findFile(word: string, env: NodeJS.ProcessEnv, cwd: string, askedBy: string | undefined): string {
  const shown = askedBy === undefined ? word : `${askedBy}: its interpreter ${word}`;
  if (word === '') throw new Problem('PROGRAM-MISSING', 'the command is empty', 'write a program behind --');
  const hasSlash = word.includes('/');
  const places = hasSlash
    ? [resolve(cwd, word)]
    : // An empty element of PATH is the working directory.
      (env.PATH ?? '/usr/local/bin:/bin:/usr/bin')
        .split(delimiter)
        .map((folder) => resolve(cwd, folder, word));
  const found = places.find(isExecutable);
  if (found !== undefined) return found;
  const there = places.map((path) => ({ path, facts: look(path) })).find(({ facts }) => facts !== undefined);
  if (askedBy !== undefined) {
    if (word.endsWith('\r')) {
      throw new Problem(
        'PROGRAM-INTERPRETER',
        `${askedBy}: its #! line ends with a carriage return, which the system takes for a part of the interpreter's name`,
        'save it with the line ends of Unix',
      );
    }
    throw new Problem(
      'PROGRAM-INTERPRETER',
      `${shown} ${there === undefined ? 'does not exist' : 'cannot be executed'}`,
      'correct the #! line, or install the interpreter',
    );
  }
  if (there?.facts === undefined) {
    throw new Problem(
      'PROGRAM-MISSING',
      hasSlash ? `${shown}: no such file` : `${shown}: no such program on PATH`,
      hasSlash ? 'correct the path' : 'correct the name, or write a path with a slash: ./program',
    );
  }
  if (!there.facts.isFile()) {
    const kind = there.facts.isDirectory() ? 'is a folder' : 'is no regular file';
    throw new Problem('PROGRAM-KIND', `${there.path}: ${kind}`, 'name a program in it');
  }
  throw new Problem(
    'PROGRAM-RIGHTS',
    `${there.path}: may not be executed by this user`,
    'make it executable: chmod +x; a script can also be given to its interpreter',
  );
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** The word behind `#!`; `/bin/sh` for a text without that line, as execvp does; undefined for a program. */
function readInterpreter(path: string): string | undefined {
  const head = readHead(path);
  if (head.subarray(0, 2).toString('latin1') === '#!') {
    return /^#![ \t]*([^ \t\n]*)/.exec(head.toString('utf8'))?.[1] ?? '';
  }
  // What is neither is of another system or binfmt_misc's, or may not be read: the start itself will tell.
  return head.length === 0 || isMagic(head) || head.includes(0) ? undefined : '/bin/sh';
}

function isMagic(head: Buffer): boolean {
  if (head.length < 4) return false;
  return [0x7f454c46, 0xcafebabe, 0xcafebabf, 0xcffaedfe, 0xcefaedfe].includes(head.readUInt32BE(0));
}

/** What `#!/usr/bin/env` starts; undefined where its line has options that are not read here. */
function readEnvCommand(script: string): string | undefined {
  const line = /^#!\S+[ \t]+(.*)/.exec(readHead(script).toString('utf8'))?.[1] ?? '';
  const words = line.trim().split(/[ \t]+/);
  if (words[0] === '-S' || words[0] === '--split-string') words.shift();
  const command = words.find((word) => !/^\w+=/.test(word)) ?? '';
  return command === '' || command.startsWith('-') ? undefined : command;
}

function readHead(path: string): Buffer {
  return readPart(path, (read) => read(0, 256)) ?? Buffer.alloc(0);
}

/** Reads parts of a file; `undefined` where this user may start it but not read it. */
export function readPart<T>(path: string, work: (read: ReadBytes) => T): T | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    return work((offset, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    });
  } finally {
    closeSync(file);
  }
}
