/** Asks which invariants say nothing that the module's type invariant does not say already. */
import type { Model } from '../domain/model.js';
import type { Reading } from '../domain/outcome.js';
import type { Probe } from '../domain/probe.js';
import { configWith } from '../engine/plan.js';
import { levelsOf } from '../engine/formula-levels.js';
import { expressionOf } from '../engine/probe-text.js';
import { findOperator, initialConjuncts, type SpecFormulas } from '../engine/spec-formulas.js';
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
  /** What it says of each state, as TLC can evaluate it there. */
  formula: string;
}

/** How many models are asked for a claim of which none has told anything. */
const MOST_SILENT = 3;

/** What a claim says of each state: an invariant itself, of `[]P` the P; undefined where it speaks of more than states. */
function statedOfStates(name: string, isInvariant: boolean, spec: SpecFormulas): string | undefined {
  if (isInvariant) return name;
  const root = spec.modules[0];
  const body = root && findOperator(spec, root.module, name)?.definition.body;
  if (body?.kind !== 'always' || levelsOf(spec.modules)(body.bodySlice) !== 'state') return undefined;
  return expressionOf(body.bodySlice);
}

/** One probe for each claim about states but the type invariant; none where the module has no type invariant. */
export async function probeTypes(probed: ProbedModule, spec: SpecFormulas): Promise<Probe[]> {
  const { module, runs } = probed;
  const type = findTypeClaim(Object.keys(module.claims));
  if (type === undefined) return [];
  const models = completeModels(probed);
  const lists = ({ config }: Model, name: string): boolean =>
    [...config.invariants, ...config.properties].some((p) => p.name === name);
  const asked = Object.entries(module.claims).flatMap(([name, { kind }], number): Asked[] => {
    if (name === type || !models.some((m) => lists(m, name))) return [];
    const formula = statedOfStates(name, kind === 'invariant', spec);
    return formula === undefined ? [] : [{ name, number, formula }];
  });
  const answers = new Map<Asked, Probe[]>(asked.map((one) => [one, []]));
  for (const one of asked) {
    const control = controlBeyondType(one.name, type, runs);
    if (control !== undefined)
      answers.get(one)?.push({ ...frame(one, type, probed), ...shownBy(control, type) });
  }
  // What a small model does not tell apart a larger one may: one thread always excludes itself.
  for (const model of models) {
    const open = asked.filter((one) => lists(model, one.name) && isOpen(answers.get(one) ?? []));
    if (open.length === 0) continue;
    const found = await askModel(open, type, model, probed, spec);
    for (const [i, one] of open.entries()) answers.get(one)?.push(...found.slice(i, i + 1));
  }
  return [...answers.values()].flatMap(together);
}

/** Whether another model could still tell something about a claim. */
const isOpen = (answers: readonly Probe[]): boolean =>
  !answers.some((a) => a.answer === 'live') &&
  answers.filter((a) => a.answer === 'not measured').length < MOST_SILENT;

/** One answer of all that the models gave for a claim: it is implied only where it is in each of them. */
function together(answers: readonly Probe[]): Probe[] {
  const telling =
    answers.find((a) => a.answer === 'live') ??
    answers.find((a) => a.answer === 'not measured') ??
    answers[0];
  if (telling === undefined) return [];
  const lookedIn = [...new Set(answers.flatMap((a) => a.lookedIn))];
  const others = lookedIn.length - 1;
  const also = others === 1 ? '; so it is in one more model' : `; so it is in ${String(others)} more models`;
  const isMore = telling.answer === 'vacuous' && others > 0;
  return [{ ...telling, lookedIn, because: `${telling.because}${isMore ? also : ''}` }];
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
