/** Asks which invariants say nothing that the module's type invariant does not say already. */
import type { Model } from '../domain/model.js';
import type { Reading } from '../domain/outcome.js';
import type { Probe } from '../domain/probe.js';
import { configWith } from '../engine/plan.js';
import { initialConjuncts, type SpecFormulas } from '../engine/spec-formulas.js';
import {
  changeProbe,
  enumerationProbe,
  readBeyond,
  type TypeProbe,
  type TypeQuestion,
} from '../engine/type-probe.js';
import { controlBeyondType, findTypeClaim } from '../evidence/beyond-type.js';
import { findExtended } from '../project/module-closure.js';
import type { Slice } from '../source/formula.js';
import { findDefinition } from '../source/outline.js';
import { completeModels, runProbe, whyOpen, type ProbedModule } from './probe-run.js';

/** Most type invariants allow more states than anybody can wait for. */
const SECONDS = 10;

interface Asked {
  number: number;
  name: string;
}

/** One probe for each invariant but the type invariant; none where the module has no type invariant. */
export async function probeTypes(probed: ProbedModule, spec: SpecFormulas): Promise<Probe[]> {
  const { module, runs } = probed;
  const type = findTypeClaim(Object.keys(module.claims));
  if (type === undefined) return [];
  const models = completeModels(probed);
  const listed = (name: string): Model | undefined =>
    models.find((m) => m.config.invariants.some((i) => i.name === name));
  const invariants = Object.entries(module.claims)
    .filter(([name, { kind }]) => name !== type && kind === 'invariant' && listed(name))
    .map(([name], number) => ({ name, number }));
  const probes: Probe[] = [];
  const open = new Map<Model, Asked[]>();
  for (const one of invariants) {
    const control = controlBeyondType(one.name, type, runs);
    const model = listed(one.name);
    if (control !== undefined) probes.push({ ...frame(one, type, probed), ...shownBy(control, type) });
    else if (model) open.set(model, [...(open.get(model) ?? []), one]);
  }
  for (const [model, claims] of open) probes.push(...(await askModel(claims, type, model, probed, spec)));
  return probes;
}

function frame({ name }: Asked, type: string, { module }: ProbedModule): Omit<Probe, 'answer' | 'because'> {
  const home = module.outlines.find((o) => findDefinition([o], name));
  return {
    kind: 'type',
    module: module.name,
    claims: [name],
    subject: type,
    place: { path: home?.file ?? module.fileRel, line: (home && findDefinition([home], name)?.line) ?? 1 },
    lookedIn: [],
  };
}

function shownBy(control: string, type: string): Pick<Probe, 'answer' | 'because' | 'model' | 'lookedIn'> {
  return {
    answer: 'live',
    because: `${control} violates it in a state that satisfies ${type}`,
    model: control,
    lookedIn: [control],
  };
}

/** First by changing the initial states, then, for what is left, in all states of the right types. */
async function askModel(
  claims: Asked[],
  type: string,
  model: Model,
  probed: ProbedModule,
  spec: SpecFormulas,
): Promise<Probe[]> {
  const { outlines } = probed.module;
  const variables = findExtended(outlines).flatMap((o) => o.variables.map((v) => v.name));
  const question = (open: Asked[]): TypeQuestion => ({
    ...{ extended: model.module, type, variables, outlines, firstRegister: spec.firstRegister },
    claims: open,
  });
  const change = changeProbe(question(claims), initialOf(model, spec));
  const changed = change && (await ask(change, 'types', model, probed));
  const beyond = readBeyond(changed?.printed ?? []);
  const left = claims.filter((c) => !beyond.has(c.number));
  const all = left.length > 0 ? enumerationProbe(question(left)) : undefined;
  const reading = all && 'text' in all ? await ask(all, 'all-types', model, probed) : undefined;
  for (const [number, states] of readBeyond(reading?.printed ?? [])) beyond.set(number, states);
  const why =
    all && 'missing' in all
      ? `it gives no set for ${all.missing} that TLC could enumerate`
      : whyOpen(reading);
  return claims.map((claim): Probe => {
    const base = { ...frame(claim, type, probed), lookedIn: [model.id] };
    const states = beyond.get(claim.number);
    if (states !== undefined)
      return {
        ...base,
        answer: 'live',
        because: `a state of ${model.id} that satisfies ${type}, reachable or not, violates it`,
        model: model.id,
        states,
      };
    if (reading?.outcome.kind !== 'Holds')
      return {
        ...base,
        answer: 'not measured',
        because: `whether ${type} implies it was not measured: ${why}`,
      };
    const count = String(reading.counts.distinct ?? 0);
    const because = `${claim.name} holds in all ${count} states that satisfy ${type} in ${model.id}, reachable or not: it says nothing more`;
    return { ...base, answer: 'vacuous', because };
  });
}

function initialOf(model: Model, spec: SpecFormulas): Slice[] {
  const { specification, init } = model.config;
  if (specification) return initialConjuncts(spec, specification.name);
  return init ? [{ text: init.name, indent: '', line: 1, level: 'state' }] : [];
}

function ask(
  probe: TypeProbe,
  log: string,
  model: Model,
  probed: ProbedModule,
): Promise<Reading | undefined> {
  return runProbe(probed, model, {
    generated: [{ name: probe.module, text: probe.text }],
    config: configOf(model, probe),
    log,
    seconds: SECONDS,
  });
}

function configOf(model: Model, probe: TypeProbe): Model['config'] {
  const { specification: _dropped, ...config } = configWith(model.config, {
    invariants: [probe.invariant],
    properties: [],
    deadlock: false,
  });
  return {
    ...config,
    init: { name: probe.init, line: 0 },
    next: { name: probe.next, line: 0 },
    constraints: [],
    actionConstraints: [],
    view: [],
    symmetry: [],
  };
}
