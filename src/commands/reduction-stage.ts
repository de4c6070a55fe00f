/**
 * Compares explorations with and without what reduces them. A constraint or view that hides states is a finding, for
 * which its reason in `reduces` stands; of SYMMETRY the claims are checked without it, in the smallest model.
 */
import type { Config } from '../domain/config.js';
import type { ReductionKind } from '../domain/manifest.js';
import type { Model } from '../domain/model.js';
import type { Probe } from '../domain/probe.js';
import { configWith } from '../engine/plan.js';
import { REDUCTION_MODULE, reductionProbe } from '../engine/reduction-probe.js';
import { completeModels, declaredRun, runProbe, whyOpen, type ProbedModule } from './probe-run.js';

const SECONDS = 60;

interface Reduction {
  kind: Exclude<ReductionKind, 'SUBSTITUTION'>;
  name: string;
  line: number;
}

function reductionsOf(config: Config): Reduction[] {
  const of = (kind: Reduction['kind'], list: Config['view']): Reduction[] =>
    list.map((n) => ({ kind, ...n }));
  return [
    ...of('VIEW', config.view),
    ...of('SYMMETRY', config.symmetry),
    ...of('CONSTRAINT', config.constraints),
    ...of('ACTION_CONSTRAINT', config.actionConstraints),
  ];
}

function without(config: Config, { kind, name }: Reduction): Config {
  const rest = (list: Config['view']): Config['view'] => list.filter((n) => n.name !== name);
  switch (kind) {
    case 'VIEW':
      return { ...config, view: rest(config.view) };
    case 'SYMMETRY':
      return { ...config, symmetry: rest(config.symmetry) };
    case 'CONSTRAINT':
      return { ...config, constraints: rest(config.constraints) };
    case 'ACTION_CONSTRAINT':
      return { ...config, actionConstraints: rest(config.actionConstraints) };
  }
}

/** One probe for each reduction in each positive model that has it; for a symmetry in the smallest model alone. */
export async function probeReductions(probed: ProbedModule): Promise<Probe[]> {
  const probes: Probe[] = [];
  const symmetries = new Set<string>();
  for (const model of completeModels(probed))
    for (const reduction of reductionsOf(model.config)) {
      const isSymmetry = reduction.kind === 'SYMMETRY';
      if (isSymmetry && symmetries.has(reduction.name)) continue;
      if (isSymmetry) symmetries.add(reduction.name);
      probes.push(await (isSymmetry ? askSymmetry : askStates)(reduction, model, probed));
    }
  return probes;
}

function frame(reduction: Reduction, model: Model, probed: ProbedModule): Omit<Probe, 'answer' | 'because'> {
  const names = [...model.config.invariants, ...model.config.properties].map((p) => p.name);
  const declared = model.declared.workbench?.reduces?.find(
    (r) => r.kind === reduction.kind && r.name === reduction.name,
  );
  return {
    kind: 'reduction',
    module: probed.module.name,
    claims: names.filter((name) => name in probed.module.claims),
    subject: reduction.name,
    place: { path: model.id, line: reduction.line },
    lookedIn: [model.id],
    ...(declared && reduction.kind !== 'SYMMETRY' ? { accepted: declared.reason } : {}),
  };
}

/** Whether the exploration without the reduction finds more states: it ends as soon as it does. */
async function askStates(reduction: Reduction, model: Model, probed: ProbedModule): Promise<Probe> {
  const { accepted, ...base } = frame(reduction, model, probed);
  const states = declaredRun(probed, model)?.attempts.at(-1)?.reading.counts.distinct ?? 0;
  const { text, invariant } = reductionProbe(model.module, states);
  const config = configWith(model.config, { invariants: [invariant], properties: [], deadlock: false });
  const reading = await runProbe(probed, model, {
    generated: [{ name: REDUCTION_MODULE, text }],
    config: without(config, reduction),
    log: `without-${reduction.name}`,
    seconds: SECONDS,
  });
  const named = `${reduction.kind} ${reduction.name}`;
  const isComplete = reading?.outcome.kind === 'Holds';
  if (reading?.outcome.kind === 'Violated' || (isComplete && (reading.counts.distinct ?? 0) > states)) {
    const because = `${named} hides states of ${model.id}: ${String(states)} ${states === 1 ? 'is' : 'are'} explored, and there are more without it`;
    return { ...base, answer: 'vacuous', because, ...(accepted === undefined ? {} : { accepted }) };
  }
  if (isComplete)
    return {
      ...base,
      answer: 'live',
      because: `${named} hides no state of ${model.id}`,
      model: model.id,
      states,
    };
  return {
    ...base,
    answer: 'not measured',
    because: `what ${named} hides was not measured: ${whyOpen(reading)}`,
  };
}

/** Under symmetry a state stands for its orbit; where the spec is symmetric the claims hold without it too. */
async function askSymmetry(reduction: Reduction, model: Model, probed: ProbedModule): Promise<Probe> {
  const base = frame(reduction, model, probed);
  const { invariants } = model.config;
  const config = configWith(model.config, {
    invariants: invariants.map((i) => i.name),
    properties: [],
    deadlock: false,
  });
  const { text } = reductionProbe(model.module, 0);
  const reading = await runProbe(probed, model, {
    generated: [{ name: REDUCTION_MODULE, text }],
    config: without(config, reduction),
    log: `without-${reduction.name}`,
    seconds: SECONDS,
  });
  const named = `SYMMETRY ${reduction.name}`;
  const states = reading?.counts.distinct ?? 0;
  if (reading?.outcome.kind === 'Holds') {
    const because = `${named}: each explored state stands for its orbit; the same claims hold in all ${String(states)} states of ${model.id} without it`;
    return { ...base, answer: 'live', because, model: model.id, states };
  }
  if (reading?.outcome.kind === 'Violated') {
    const because = `${named} hides that ${reading.outcome.property ?? 'a claim'} is violated in ${model.id}`;
    return { ...base, answer: 'vacuous', because };
  }
  return {
    ...base,
    answer: 'not measured',
    because: `what ${named} hides was not measured: ${whyOpen(reading)}`,
  };
}
