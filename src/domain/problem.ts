/** An error a user can act on: one line, a stable code, a hint, and the exit code it leads to. Printed without a stack. */

/** Exit codes of the program; README documents them. */
export const EXIT = {
  asDeclared: 0,
  notAsDeclared: 1,
  wrongInput: 2,
  environment: 3,
  incomplete: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * @param code   stable identifier such as `CFG-NO-VALUE`; documented in docs/errors.md
 * @param message one line, names file and line where there is one (`path:line: what`)
 * @param hint   what to do about it
 * @param exit   exit code of the program when nothing else is worse
 */
export class Problem extends Error {
  readonly code: string;
  readonly hint: string;
  readonly exit: ExitCode;
  /** Those found together with it, which stand before it. */
  readonly before: Problem[] = [];
  constructor(code: string, message: string, hint: string, exit: ExitCode = EXIT.wrongInput) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.hint = hint;
    this.exit = exit;
  }
}

/** For the `default` of a switch over a union: compiles only when every case is handled. */
export function unreachable(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
