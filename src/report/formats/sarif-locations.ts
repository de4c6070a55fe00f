/** Places as SARIF has them: percent-encoded paths below the root of the repository. Pure. */
import type { Location } from 'sarif';
import type { ClaimView, ReportView } from '../view/report-view.js';

interface Place {
  path: string;
  line: number;
  column?: number | undefined;
  endLine?: number;
  endColumn?: number;
}

/** A path may hold blanks, `#` or `?`: each part is encoded, the slashes stay. */
const toUri = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

export function locate(place: Place, message?: string): Location {
  const { path, line, column } = place;
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(path), uriBaseId: 'SRCROOT' },
      // Line 0 stands for a file as a whole; SARIF counts from 1.
      region: {
        startLine: Math.max(1, line),
        ...(column === undefined ? {} : { startColumn: Math.max(1, column) }),
      },
    },
    ...(message === undefined ? {} : { message: { text: message } }),
  };
}

/** A server shows no result without a place: the module of the claim, else the project's file. */
export function locateHere(view: ReportView, claim: ClaimView | undefined): Location {
  const module = view.modules.find((m) => m.name === claim?.module);
  return locate({ path: module?.path ?? 'workbench.json', line: 1 });
}
