/**
 * JUnit XML: a suite for each module with a case for each model and each claim, then builds, smoke tests, and the whole.
 * Contract: a case passes only for what ran to an end and is as declared. What was to run and did not is an <error>,
 * because servers take <skipped> for harmless; <skipped> is only what no merged run was asked for. The last case is the
 * verdict itself, so that nothing red or incomplete can end in a file without a failure.
 */
import XMLBuilder from 'fast-xml-builder';
import { unreachable } from '../../domain/problem.js';
import type { Standing } from '../view/model-view.js';
import type { ReportView } from '../view/report-view.js';
import { mapTexts, oneLine, visible } from './control-characters.js';
import { suitesOf, type Case, type Suite } from './junit-cases.js';

/** The file's text. */
export function renderJunit(view: ReportView): string {
  const suites = suitesOf(view).map((suite) => elementOfSuite(suite, view.head.startedAt));
  const all = suites.map((suite) => suite[':@']);
  const sum = (key: '@_tests' | '@_failures' | '@_errors' | '@_skipped'): number =>
    all.reduce((total, attributes) => total + attributes[key], 0);
  const root = {
    testsuites: suites,
    ':@': {
      '@_name': oneLine(view.head.project === '' ? 'workbench' : view.head.project),
      '@_tests': sum('@_tests'),
      '@_failures': sum('@_failures'),
      '@_errors': sum('@_errors'),
      '@_skipped': sum('@_skipped'),
      '@_time': view.head.seconds.toFixed(3),
      ...(view.head.startedAt === '' ? {} : { '@_timestamp': view.head.startedAt }),
    },
  };
  const builder = new XMLBuilder({
    preserveOrder: true,
    ignoreAttributes: false,
    format: true,
    indentBy: ' ',
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([root]).trim()}\n`;
}

type Node = Record<string, unknown>;

function elementOfSuite({ name, cases }: Suite, timestamp: string) {
  const count = (standing: Standing): number => cases.filter((c) => c.standing === standing).length;
  return {
    testsuite: cases.map(elementOfCase),
    ':@': {
      '@_name': oneLine(name),
      '@_tests': cases.length,
      '@_failures': count('not as declared'),
      '@_errors': count('open'),
      '@_skipped': count('not measured'),
      '@_time': cases.reduce((sum, c) => sum + c.seconds, 0).toFixed(3),
      ...(timestamp === '' ? {} : { '@_timestamp': timestamp }),
    },
  };
}

function elementOfCase(given: Case): Node {
  const { detail, output, ...line } = given;
  const safe = mapTexts(line, oneLine);
  const { place } = safe;
  return {
    testcase: [
      ...outcomeOf(safe, visible(detail ?? '')),
      ...(output === undefined || output === '' ? [] : [{ 'system-out': [{ '#text': visible(output) }] }]),
    ],
    ':@': {
      '@_classname': safe.classname,
      '@_name': safe.name,
      '@_time': safe.seconds.toFixed(3),
      ...(place ? { '@_file': place.path, '@_line': place.line } : {}),
    },
  };
}

function outcomeOf({ standing, message }: Case, detail: string): Node[] {
  const body = detail === '' ? [] : [{ '#text': detail }];
  switch (standing) {
    case 'as declared':
      return [];
    case 'not as declared':
      return [{ failure: body, ':@': { '@_message': message, '@_type': standing } }];
    case 'open':
      return [{ error: body, ':@': { '@_message': message, '@_type': 'not run, or not to an end' } }];
    case 'not measured':
      return [{ skipped: [], ':@': { '@_message': `not measured: ${message}` } }];
    default:
      return unreachable(standing);
  }
}
