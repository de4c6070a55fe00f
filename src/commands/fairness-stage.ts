/** Asks TLC which fairness conditions of a module's specifications no temporal claim needs. */
import type { Model } from '../domain/model.js';
import type { Probe } from '../domain/probe.js';
import {
  FAIRNESS_MODULE,
  fairnessDrops,
  unreadFairness,
  type FairnessDrop,
} from '../engine/fairness-probe.js';
import { configWith } from '../engine/plan.js';
import type { SpecFormulas } from '../engine/spec-formulas.js';
import { inModels } from '../evidence/vacuity.js';
import { completeModels, runProbe, whyOpen, type ProbedModule } from './probe-run.js';

const temporal = (model: Model, probed: ProbedModule): string[] =>
  model.config.properties
    .map((p) => p.name)
    .filter((name) => probed.module.claims[name]?.kind === 'property');

/** One probe for each fairness condition of each specification that a positive model has. */
export async function probeFairness(probed: ProbedModule, spec: SpecFormulas): Promise<Probe[]> {
  const complete = completeModels(probed);
  const positive = probed.module.models.filter((m) => m.role === 'positive');
  const models = [...complete, ...positive.filter((m) => !complete.includes(m))];
  const specifications = [...new Set(models.flatMap((m) => m.config.specification?.name ?? []))];
  const probes: Probe[] = [];
  for (const name of specifications) {
    const under = models.filter((m) => m.config.specification?.name === name);
    const telling = under.filter((m) => temporal(m, probed).length > 0);
    for (const [number, drop] of fairnessDrops(name, spec).entries())
      probes.push(await askDrop(drop, number, name, telling, probed));
    for (const { text, place } of unreadFairness(name, spec))
      probes.push({
        kind: 'fairness',
        module: probed.module.name,
        claims: [...new Set(telling.flatMap((m) => temporal(m, probed)))],
        subject: text,
        place,
        answer: 'not measured',
        because: `fairness not probed: no condition can be taken out of ${text}`,
        lookedIn: [],
      });
  }
  return probes;
}

async function askDrop(
  drop: FairnessDrop,
  number: number,
  specification: string,
  models: Model[],
  probed: ProbedModule,
): Promise<Probe> {
  const lookedIn: string[] = [];
  const claims = [...new Set(models.flatMap((m) => temporal(m, probed)))];
  const base = {
    kind: 'fairness' as const,
    module: probed.module.name,
    subject: drop.text,
    place: drop.place,
  };
  let open: string | undefined;
  for (const model of models) {
    const properties = temporal(model, probed);
    if (!completeModels(probed).includes(model)) {
      open ??= `${model.id} was not explored to its end`;
      continue;
    }
    const {
      init: _init,
      next: _next,
      ...config
    } = configWith(model.config, {
      invariants: [],
      properties,
      deadlock: false,
    });
    const reading = await runProbe(probed, model, {
      generated: [{ name: FAIRNESS_MODULE, text: drop.probe.text }],
      config: { ...config, specification: { name: drop.probe.specification, line: 0 } },
      log: `fairness-${specification}-${String(number)}`,
    });
    if (reading?.outcome.kind === 'Violated') {
      const broken =
        reading.outcome.property ?? (properties.length === 1 ? properties[0] : 'a temporal claim');
      return {
        ...base,
        claims,
        answer: 'live',
        because: `without ${drop.text} ${broken ?? 'a temporal claim'} is violated in ${model.id}`,
        model: model.id,
        lookedIn: [...lookedIn, model.id],
      };
    }
    if (reading?.outcome.kind === 'Holds') lookedIn.push(model.id);
    else open ??= `${model.id}: ${whyOpen(reading)}`;
  }
  if (open !== undefined)
    return { ...base, claims, answer: 'not measured', because: `fairness not probed: ${open}`, lookedIn };
  const because =
    models.length === 0
      ? `fairness ${drop.text} of ${specification}: no positive model under it lists a temporal claim`
      : `fairness ${drop.text} of ${specification}: every temporal claim holds without it; looked for in ${inModels(lookedIn)}`;
  return { ...base, claims, answer: 'vacuous', because, lookedIn };
}
