/** What `verify` prints: counterexamples nobody declared, the manifests' tables, the screen. Pure; made from the view. */
import { mapTexts, oneLine } from './formats/control-characters.js';
import { runLine } from './model-lines.js';
import { tableLines } from './model-table.js';
import type { Paint } from './paint.js';
import { renderVerifyScreen } from './verify-screen.js';
import type { ReportView } from './view/report-view.js';
import { violationLines } from './violation-lines.js';

export function verifyLines(view: ReportView, width: number, paint: Paint): string[] {
  const red = view.models.flatMap((m) => m.runs.filter((run) => run.standing === 'not as declared'));
  return [
    ...modelLines(view, paint),
    ...red.flatMap((run) => {
      const lines = violationLines(run, width, paint);
      return lines.length > 0 ? ['', ...lines] : [];
    }),
    ...view.modules
      .filter((module) => module.standing !== 'not measured')
      .flatMap((module) =>
        module.tables.flatMap((table) => ['', ...tableLines(module.name, mapTexts(table, oneLine), paint)]),
      ),
    ...renderVerifyScreen(view, width, paint),
  ];
}

/** Models of modules without claims: nothing else would tell of them. */
function modelLines(view: ReportView, paint: Paint): string[] {
  const silent = new Set(view.modules.filter((m) => m.claims.length === 0).map((m) => m.name));
  return view.models
    .filter((model) => silent.has(model.module))
    .flatMap((model) => model.runs.map((run) => runLine(mapTexts(run, oneLine), paint)));
}
