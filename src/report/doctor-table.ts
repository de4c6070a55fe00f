/** The doctor's parts as text: one line a part, then what to do. Pure. */

export interface DoctorView {
  parts: { name: string; state: string; version: string; path: string; advice: string }[];
  ignoredVariables: string[];
  cache: string;
}

/** Renders the table, the cache folder, and the variables that runs do not see. */
export function renderParts(view: DoctorView): string {
  const width = (texts: string[]): number => Math.max(...texts.map((text) => text.length));
  const names = width(view.parts.map((part) => part.name));
  const states = width(view.parts.map((part) => part.state));
  const versions = width(view.parts.map((part) => part.version));
  const lines = view.parts.flatMap((part) => {
    const cells = [
      part.name.padEnd(names),
      part.state.padEnd(states),
      part.version.padEnd(versions),
      part.path,
    ];
    const line = cells.join('  ').trimEnd();
    return part.advice === '' ? [line] : [line, `${' '.repeat(names)}  -> ${part.advice}`];
  });
  const ignored = view.ignoredVariables.map((name) => `${name} is set; runs do not see it`);
  return `${[...lines, `cache folder: ${view.cache}`, ...ignored].join('\n')}\n`;
}
