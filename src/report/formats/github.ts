/**
 * GitHub's workflow commands: `::error file=…,line=…,title=…::message`. Contract: escaped as the runner unescapes it, and
 * no more than it shows, which is ten of a level in a step; what is left out is counted in the last one. Pure.
 */
import type { Reason, ReportView } from '../view/report-view.js';
import { visible } from './control-characters.js';
import { reasonText } from './fault-text.js';

/** What the runner shows of each level in one step. */
const MOST = 10;

const escapeData = (text: string): string =>
  visible(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

function command(
  level: 'error' | 'warning',
  title: string,
  message: string,
  place?: Reason['place'],
): string {
  const properties = [
    ...(place ? [`file=${escapeProperty(place.path)}`, `line=${Math.max(1, place.line)}`] : []),
    ...(place?.column === undefined ? [] : [`col=${place.column}`]),
    `title=${escapeProperty(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${escapeData(message)}`;
}

function annotate(level: 'error' | 'warning', reasons: readonly Reason[]): string[] {
  const shown = reasons.length > MOST ? reasons.slice(0, MOST - 1) : reasons;
  const lines = shown.map((reason) => {
    const { place, ...rest } = reason;
    const claims =
      reason.claims.length > 0 && reason.claims.length <= 3 ? `${reason.claims.join(', ')}: ` : '';
    const hint = reason.hint === undefined ? '' : `\nhint: ${reason.hint}`;
    return command(level, `${claims}${reason.kind}`, reasonText(rest) + hint, place);
  });
  const left = reasons.length - shown.length;
  return left === 0
    ? lines
    : [...lines, command(level, `${left} more`, `${left} more: the report has them all`)];
}

/**
 * One line each; reds are errors, what did not run is a warning.
 * @param prefix path of the project within the repository: GitHub's paths begin at the repository's root
 */
export function renderAnnotations(view: ReportView, prefix = ''): string[] {
  const reasons = view.verdict.reasons.map((reason) => {
    const { place } = reason;
    return place && prefix !== ''
      ? { ...reason, place: { ...place, path: `${prefix}/${place.path}` } }
      : reason;
  });
  return [
    ...annotate(
      'error',
      reasons.filter((r) => r.standing === 'not as declared'),
    ),
    ...annotate(
      'warning',
      reasons.filter((r) => r.standing === 'open'),
    ),
  ];
}
