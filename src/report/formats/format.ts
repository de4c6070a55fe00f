/** The formats of a report, and the one way from the view to texts. Pure; a format adds words, order and escaping, no numbers. */
import { unreachable } from '../../domain/problem.js';
import { makePaint } from '../paint.js';
import { verifyLines } from '../verify-output.js';
import type { ReportView } from '../view/report-view.js';
import { seenJson } from './control-characters.js';

export const FORMATS = ['terminal', 'html', 'junit', 'sarif', 'markdown', 'itf', 'json'] as const;
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

/** A format's code is loaded where it is asked for: most runs print the screen alone. */
export async function renderReport(view: ReportView, format: Format, screen: Screen): Promise<Rendered[]> {
  switch (format) {
    case 'terminal':
      return [{ text: `${verifyLines(view, screen.width, makePaint(screen.color)).join('\n')}\n` }];
    case 'html': {
      // Loaded where it is asked for: graphs bring WebAssembly with them, and nothing else needs that.
      const { renderHtml } = await import('../html/render-html.js');
      return [{ text: await renderHtml(view) }];
    }
    case 'junit':
      return [{ text: (await import('./junit.js')).renderJunit(view) }];
    case 'sarif':
      return [{ text: (await import('./sarif.js')).renderSarif(view) }];
    case 'markdown':
      return [{ text: (await import('./markdown.js')).renderMarkdown(view) }];
    case 'itf':
      return (await import('./itf.js')).renderItf(view);
    case 'json':
      return [{ text: `${seenJson(view)}\n` }];
    default:
      return unreachable(format);
  }
}
