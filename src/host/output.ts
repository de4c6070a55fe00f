/**
 * The program's own output. Contract: a reader that goes away (a closed pipe, as in `workbench … | head`) ends the
 * program quietly with the exit code that was due, and running work is not cut off half-way by it.
 */

let closed = false;

/** Takes EPIPE from both streams for the whole life of the program; any other error of theirs is a real one. */
export function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      closed = true;
    });
  }
}

/** Writes to standard output; nothing is written after the reader has gone. */
export function print(text: string): void {
  if (!closed) process.stdout.write(text);
}

/** Writes to standard error: progress, hints, everything that is not the result. */
export function note(text: string): void {
  process.stderr.write(text);
}

/** Waits until everything written has left this process, so that an exit cuts nothing off. */
export async function flushOutput(): Promise<void> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) =>
        new Promise<void>((resolve) => {
          if (stream.destroyed || stream.writableLength === 0) resolve();
          else
            stream.write('', () => {
              resolve();
            });
        }),
    ),
  );
}
