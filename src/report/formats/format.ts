/** The formats of a report, and the one way from the view to texts. Pure; a format adds words, order and escaping, no numbers. */
import { unreachable } from '../../domain/problem.js';
import { makePaint } from '../paint.js';
import { verifyLines } from '../verify-output.js';
import type { ReportView } from '../view/report-view.js';

export const FORMATS = ['terminal', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

/** How the terminal is; other formats do not look at it. */
export interface Screen {
  width: number;
  color: boolean;
}

/** One text of a report; a format that has a file for each counterexample names each. */
export interface Rendered {
  name?: string;
  text: string;
}

export function renderReport(view: ReportView, format: Format, screen: Screen): Promise<Rendered[]> {
  const one = (text: string): Promise<Rendered[]> => Promise.resolve([{ text }]);
  switch (format) {
    case 'terminal':
      return one(`${verifyLines(view, screen.width, makePaint(screen.color)).join('\n')}\n`);
    case 'json':
      return one(`${JSON.stringify(view)}\n`);
    default:
      return unreachable(format);
  }
}
