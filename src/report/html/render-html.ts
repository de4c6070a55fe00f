/**
 * The view as one HTML file that needs nothing else. Contract: nothing in it is loaded from anywhere, its policy says so
 * to the browser, every text of a spec, a log or a source stands escaped in it, and it can be read without its script.
 */
import { readFile } from 'node:fs/promises';
import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { programFile } from '../../host/program-files.js';
import { visible } from '../formats/control-characters.js';
import type { ReportView } from '../view/report-view.js';
import { makeContext } from './context.js';
import { layOut, type Drawing } from './graph-layout.js';
import { Page } from './page.js';
import { policyFor } from './security.js';

const part = async (name: string): Promise<string> => readFile(programFile(`report/html/${name}`), 'utf8');

/** Before anything is painted: pages that are not asked for are hidden only where a script can show them again. */
const EARLY = "document.documentElement.className='js'";

/**
 * Text between two tags that has something escaped in it. Every `"` that is one belongs to an attribute, and no attribute
 * holds a `<`: what begins behind a `>` inside of an attribute meets the attribute's end before any `<`.
 */
const ESCAPED_TEXT = />[^<"&]*&[^<"]*</g;

/** Between tags a quote is a quote: escaped, the strings of all states would be a tenth of the file. */
const freeQuotes = (html: string): string =>
  html.replace(ESCAPED_TEXT, (text) => text.replaceAll('&quot;', '"'));

/** What HTML lets a document leave out: the next cell, row or item ends the one before. A twentieth of the file. */
const leaveOutEnds = (html: string): string => html.replace(/<\/(?:td|th|tr|li|dd|dt)>/g, '');

const escapeText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function drawGraphs(view: ReportView): Map<string, Drawing> {
  const drawings = new Map<string, Drawing>();
  for (const { runs } of view.models)
    for (const run of runs) {
      const drawing = run.graph ? layOut(run.graph) : undefined;
      if (drawing) drawings.set(run.name, drawing);
    }
  return drawings;
}

/** The text of the file. */
export async function renderHtml(view: ReportView): Promise<string> {
  const [style, script] = await Promise.all([part('page.css'), part('page-script.js')]);
  const context = makeContext(view, drawGraphs(view));
  const body = leaveOutEnds(freeQuotes(renderToString(createElement(Page, { context }))));
  const title = `${view.verdict.state}: ${view.head.project === '' ? 'report' : view.head.project}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policyFor([style], [EARLY, script])}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    '<link rel="icon" href="data:,">',
    visible(`<title>${escapeText(title)}</title>`),
    `<script>${EARLY}</script>`,
    `<style>${style}</style>`,
    '</head>',
    `<body>${visible(body)}`,
    `<script type="module">${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
