/** In what a control differs from the positive model that it is a variant of, in words. Pure. */
import type { Config } from '../../domain/config.js';
import { readConfig } from '../../source/config-file.js';
import type { ModelView } from '../view/model-view.js';
import type { ReportView } from '../view/report-view.js';

/** The manifest's word for a control that has other behaviours by another formula. */
const BEHAVIOURS = 'SPECIFICATION';

/** `SPECIFICATION is LiveSpec`, or `INIT is Init and NEXT is Broken`. */
function behavioursText(config: Config | undefined): string {
  const { specification, init, next } = config ?? {};
  if (specification) return `${BEHAVIOURS} is ${specification.name}`;
  const parts = [...(init ? [`INIT is ${init.name}`] : []), ...(next ? [`NEXT is ${next.name}`] : [])];
  // The records do not keep the formula's name, and the text that ran may not be there any more.
  return parts.length === 0 ? `${BEHAVIOURS} is another one` : parts.join(' and ');
}

/**
 * `UseLock = FALSE, SPECIFICATION is LiveSpec`; empty where nothing is declared to differ.
 * @param sources the texts that the page has: the formula's name stands in the configuration alone
 */
export function differencesText(model: ModelView, sources: ReportView['sources']): string {
  const names = model.declared?.differsIn ?? [];
  const text = names.includes(BEHAVIOURS) ? sources.find(({ path }) => path === model.id)?.text : undefined;
  const config = text === undefined ? undefined : readConfig(text, model.id).config;
  return names
    .map((name) => {
      // A substitution in another module is declared as `[Module]N`.
      const value = model.constants[name] ?? model.constants[name.replace(/^\[[^\]]*\]/, '')];
      if (value !== undefined) return `${name} = ${value}`;
      return name === BEHAVIOURS ? behavioursText(config) : `${name} is not set`;
    })
    .join(', ');
}
