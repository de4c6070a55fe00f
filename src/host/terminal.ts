/** What the streams of this program are connected to. Contract: read once per use, nothing is kept or printed here. */

export interface TerminalFacts {
  /** Standard error is a terminal that can move the cursor, and this is no CI: live progress may be drawn. */
  live: boolean;
  /** Standard output may be coloured. */
  color: boolean;
  /** Columns of standard output; 120 where it is no terminal. */
  width: number;
  /** Runs under a continuous integration service. */
  ci: boolean;
  /** Standard output is a terminal, so links by escape sequence make sense. */
  links: boolean;
}

/** The part of a stream that is asked. */
interface Stream {
  isTTY?: boolean;
  columns?: number;
}

/** Reads the facts. NO_COLOR (any value but the empty one) and TERM=dumb win over a terminal; FORCE_COLOR over neither. */
export function readTerminal(
  env: NodeJS.ProcessEnv = process.env,
  stdout: Stream = process.stdout,
  stderr: Stream = process.stderr,
): TerminalFacts {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  const dumb = env.TERM === 'dumb';
  const ci = isSet('CI') && env.CI !== 'false' && env.CI !== '0';
  const forced = isSet('FORCE_COLOR') && env.FORCE_COLOR !== '0';
  const terminal = stdout.isTTY === true;
  const columns = stdout.columns ?? 0;
  return {
    live: stderr.isTTY === true && !dumb && !ci,
    color: (terminal || forced) && !dumb && !isSet('NO_COLOR'),
    width: columns > 0 ? columns : 120,
    ci,
    links: terminal && !dumb && !ci,
  };
}
