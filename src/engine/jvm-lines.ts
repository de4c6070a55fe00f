/** What the Java virtual machine says for itself, outside of TLC's frames: on either stream, in no fixed order. */
import { toOneLine } from './one-line.js';

/** Lines that are always harmless: options taken from the environment, the launcher's own progress. */
const NOISE =
  /^(?:Picked up (?:JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS)|NOTE: Picked up|@wb |OpenJDK .* warning:)/;
const STACK_FRAME = /^\s+at |^\s*\.\.\. \d+ more/;

/** A line that tells why the machine ended; `andNext` where the reason stands on the following line. */
const FAILURES: readonly { pattern: RegExp; andNext?: true }[] = [
  { pattern: /Could not find or load main class/ },
  { pattern: /Error occurred during initialization of (?:VM|boot layer)/, andNext: true },
  { pattern: /^(?:Error: )?Invalid (?:maximum|initial) heap size/ },
  { pattern: /A fatal error has been detected by the Java Runtime/, andNext: true },
  { pattern: /no main manifest attribute/ },
  { pattern: /Invalid or corrupt jarfile|Unable to access jarfile/ },
  { pattern: /Unrecognized (?:VM )?option/ },
  { pattern: /LinkageError occurred while loading main class/, andNext: true },
  { pattern: /UnsupportedClassVersionError/ },
  { pattern: /Could not create the Java Virtual Machine/ },
  { pattern: /^Exception in thread / },
];

/** Any of them: one look at a line instead of one for each reason, as a spec may print millions of lines. */
const ANY_FAILURE = new RegExp(FAILURES.map(({ pattern }) => pattern.source).join('|'));

const MEMORY =
  /java\.lang\.OutOfMemoryError|insufficient memory for the Java Runtime|Could not reserve enough space|^oom-kill|^Out of memory/;

/** Lines without noise and without stack frames. */
export function tellingLines(lines: string[]): string[] {
  return lines.filter((line) => line.trim() !== '' && !NOISE.test(line) && !STACK_FRAME.test(line));
}

/** The machine's own first line about its failure, as one line; undefined where it reports none. */
export function findJvmFailure(lines: string[]): string | undefined {
  if (!lines.some((line) => ANY_FAILURE.test(line.replace(/^#\s?/, '')))) return undefined;
  const telling = tellingLines(lines)
    .map((line) => line.replace(/^#\s?/, ''))
    .filter((line) => line.trim() !== '');
  for (const { pattern, andNext } of FAILURES) {
    const at = telling.findIndex((line) => pattern.test(line));
    if (at === -1) continue;
    const line = telling[at] ?? '';
    const next = andNext ? telling[at + 1] : undefined;
    return toOneLine(next === undefined ? line : `${line.replace(/:\s*$/, '')}: ${next}`);
  }
  return undefined;
}

/** The line that says the machine ran out of memory. */
export function findMemoryFailure(lines: string[]): string | undefined {
  const [line] = tellingLines(lines.filter((text) => MEMORY.test(text)));
  return line === undefined ? undefined : toOneLine(line.replace(/^#\s?/, ''));
}

/** True where Java could not find a file that TLC itself had just written: its temporary folder was taken away. */
export function lostTemporaryFile(lines: string[]): string | undefined {
  const line = lines.find((text) => /^java\.(?:io\.FileNotFound|nio\.file\.NoSuchFile)Exception/.test(text));
  return line === undefined ? undefined : toOneLine(line);
}
