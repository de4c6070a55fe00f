/**
 * TLC's `-tool` output as frames. `@!@!@STARTMSG code:class @!@!@` opens a frame and `@!@!@ENDMSG code @!@!@` closes
 * it; frames nest, and a marker can stand in the middle of a line. What stands outside of every frame (SANY's lines,
 * what the spec prints, the JVM's own words) is kept line by line, in order. Nothing is dropped.
 */

/** The class TLC gives a message: 0 info, 1 error, 2 bug, 3 warning, 4 state. */
export type Severity = 'info' | 'error' | 'bug' | 'warning' | 'state';

export interface MessageFrame {
  kind: 'message';
  code: number;
  severity: Severity;
  /** The text between the markers, the text of nested frames included at its place. */
  text: string;
  nested: MessageFrame[];
  /** False where the log ended, or the surrounding frame was closed, before this one. */
  complete: boolean;
}

export interface TextFrame {
  kind: 'text';
  /** One line, without its line break. */
  text: string;
}

export type Frame = MessageFrame | TextFrame;

/** Takes a log in pieces of any size; hands back the top-level frames as they are completed. */
export interface FrameReader {
  push: (chunk: string) => Frame[];
  /** Call once, at the end of the log: hands back the rest, with unterminated frames marked incomplete. */
  end: () => Frame[];
}

const MARKER = /@!@!@(?:STARTMSG (-?\d+)(?::(\d+))?|ENDMSG (-?\d+)) @!@!@/g;
const SEVERITIES: readonly Severity[] = ['info', 'error', 'bug', 'warning', 'state'];

/** All frames of a finished log. */
export function readFrames(text: string): Frame[] {
  const reader = createFrameReader();
  return [...reader.push(text), ...reader.end()];
}

/** A reader for a log that is still growing. */
export function createFrameReader(): FrameReader {
  const stack: MessageFrame[] = [];
  let frames: Frame[] = [];
  let pending = '';

  const addText = (text: string, lineEnds: boolean): void => {
    const top = stack.at(-1);
    if (top !== undefined) top.text += lineEnds ? `${text}\n` : text;
    else frames.push({ kind: 'text', text });
  };
  const close = (complete: boolean): void => {
    const frame = stack.pop();
    if (frame === undefined) return;
    frame.complete = complete;
    const parent = stack.at(-1);
    if (parent === undefined) frames.push(frame);
    else {
      parent.nested.push(frame);
      parent.text += frame.text;
    }
  };
  const closeUpTo = (code: number): boolean => {
    if (!stack.some((frame) => frame.code === code)) return false;
    while (stack.at(-1)?.code !== code) close(false);
    close(true);
    return true;
  };
  const readLine = (line: string): void => {
    // A spec may print millions of lines; looking for markers in each of them takes seconds.
    if (!line.includes('@!@!@')) {
      addText(line, true);
      return;
    }
    let from = 0;
    let markers = 0;
    for (const match of line.matchAll(MARKER)) {
      const before = line.slice(from, match.index);
      const [marker, start, severity, end] = match;
      if (start !== undefined) {
        if (before !== '') addText(before, false);
        stack.push(open(Number(start), Number(severity ?? 0)));
      } else {
        if (before !== '') addText(before, true);
        // An end that closes nothing is text: a truncated start, or something the spec printed.
        if (!closeUpTo(Number(end))) addText(marker, false);
      }
      from = match.index + marker.length;
      markers += 1;
    }
    const rest = line.slice(from);
    if (rest !== '' || markers === 0) addText(rest, true);
  };

  return {
    push(chunk) {
      const lines = (pending + chunk).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) readLine(line.endsWith('\r') ? line.slice(0, -1) : line);
      const done = frames;
      frames = [];
      return done;
    },
    end() {
      if (pending !== '') readLine(pending.replace(/\r$/, ''));
      pending = '';
      while (stack.length > 0) close(false);
      const done = frames;
      frames = [];
      return done;
    },
  };
}

/** The frame and every frame inside of it, outer before inner, in the order of the log. */
export function flattenFrame(frame: MessageFrame): MessageFrame[] {
  return [frame, ...frame.nested.flatMap(flattenFrame)];
}

function open(code: number, severity: number): MessageFrame {
  return {
    kind: 'message',
    code,
    // A class that TLC does not have today must not be taken for harmless.
    severity: SEVERITIES[severity] ?? 'error',
    text: '',
    nested: [],
    complete: false,
  };
}
