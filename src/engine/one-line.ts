/** TLC's messages of several lines as the one line a user is shown. */

/** Longer messages (a state, a stack) are cut; the whole text stays in the log. */
const LONGEST = 400;

/** Lines of TLC that say nothing about the cause. */
const BOILERPLATE = [
  /^TLC threw an unexpected exception\.\s*This was probably caused by an error in the spec or model\.\s*See the User Output or TLC Console for clues to what happened\.\s*The exception was an? /,
  /^While working on the initial state:[\s\S]*$/m,
  /^\s*at [\w.$/]+\(.*\)$/gm,
  /^Note that a bug can cause TLC to incorrectly report this error\.[\s\S]*$/m,
];

/** Rewritten so that the sentence survives without its line breaks. */
const REWRITTEN: readonly [RegExp, string][] = [
  [
    /Attempted to apply the operator overridden by the Java method\s+public static \S+ [\w.]*?(\w+\.\w+)\([^)]*\),\s*but it produced the following error:\s*/,
    '$1: ',
  ],
  [/(in the configuration file at line \d+)\s*\n/, '$1: '],
  [/\n\s*(line \d+, col \d+ to line \d+, col \d+ of module \w+)/g, ' ($1)'],
  // The exception's class, then its own text, which begins with the class again.
  [/^(java\.[\w.]+)\s+\1/, '$1'],
];

/** A text as one line, without boilerplate and Java stack frames. */
export function toOneLine(text: string): string {
  let rest = text;
  for (const pattern of BOILERPLATE) rest = rest.replace(pattern, '');
  for (const [pattern, replacement] of REWRITTEN) rest = rest.replace(pattern, replacement);
  const line = rest
    .replace(/\s+/g, ' ')
    .replace(/ :(?= )/, ':')
    .trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
