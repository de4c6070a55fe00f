/**
 * Asks TLC which variables of a module ever change, which antecedents of its claims are ever true, and which sets they
 * quantify over are ever not empty: the smallest models first, all questions that are open in one exploration.
 */
import type { Model } from '../domain/model.js';
import type { Outcome } from '../domain/outcome.js';
import type { Probe } from '../domain/probe.js';
import type { Site } from '../engine/antecedent-walk.js';
import { findAntecedents } from '../engine/antecedents.js';
import { explorationProbe, readSeen } from '../engine/exploration-probe.js';
import { configWith } from '../engine/plan.js';
import type { SpecFormulas } from '../engine/spec-formulas.js';
import { changesInBehaviours } from '../evidence/behaviour-changes.js';
import { variablesRead } from '../evidence/spec-findings.js';
import { inModels } from '../evidence/vacuity.js';
import { findExtended } from '../project/module-closure.js';
import {
  bySize,
  completeModels,
  declaredRun,
  isExplored,
  runProbe,
  whyOpen,
  type ProbedModule,
} from './probe-run.js';

/** A question with what is known so far. */
interface Asked {
  /** As the probe prints it. */
  key: string;
  site?: Site;
  question: Pick<Probe, 'kind' | 'module' | 'claims' | 'subject' | 'place'>;
  seen?: { model: string; states?: number; depth: number };
  lookedIn: string[];
  /** Why some model could not tell. */
  open?: string;
}

/** Whether the question is about a claim. */
const isOfClaim = ({ site }: Asked): boolean => site !== undefined && site.kind !== 'action';

const lists = (model: Model, claim: string): boolean =>
  [...model.config.invariants, ...model.config.properties].some((p) => p.name === claim);

function questionsOf(probed: ProbedModule, sites: Site[]): Asked[] {
  const { module } = probed;
  const reads = variablesRead(Object.keys(module.claims), module.outlines);
  const variables = findExtended(module.outlines).flatMap((outline) =>
    outline.variables.map((v): Asked => {
      const claims = Object.keys(module.claims).filter((claim) => reads[claim]?.includes(v.name));
      const place = { path: outline.file, line: v.line };
      const question = { kind: 'variable' as const, module: module.name, claims, subject: v.name, place };
      return { key: v.name, question, lookedIn: [] };
    }),
  );
  const asked = sites.map((site): Asked => {
    const { kind, claim, text, place, number } = site;
    const claims = kind === 'action' ? Object.keys(module.claims) : [claim];
    const question = { kind, module: module.name, claims, subject: text, place };
    return { key: String(number), site, question, lookedIn: [] };
  });
  return [...variables, ...asked];
}

/** What an exploration needs to know of the module besides its questions. */
interface Frame {
  probed: ProbedModule;
  variables: string[];
  firstRegister: number;
}

/** One answer for each variable, for each of the actions, and for each antecedent and set of the module's claims. */
export async function probeExploration(
  probed: ProbedModule,
  spec: SpecFormulas,
  actions: Site[],
): Promise<Probe[]> {
  const { module } = probed;
  const positive = completeModels(probed);
  const claims = Object.entries(module.claims)
    .filter(([name]) => positive.some((m) => lists(m, name)))
    .map(([name, { kind }]) => ({ name, everywhere: kind === 'invariant' }));
  const asked = questionsOf(probed, [...actions, ...findAntecedents(claims, spec)]);
  const variables = asked.filter((a) => !a.site).map((a) => a.key);
  const frame = { probed, variables, firstRegister: spec.firstRegister };
  // What a control shows of a variable counts; what it shows of a claim does not.
  const others = bySize(probed, module.models).filter((m) => !positive.includes(m) && isExplored(probed, m));
  for (const [i, model] of [...positive, ...others].entries()) {
    // Before a second model is explored for a variable, what counterexamples show is looked at.
    if (i === 1) seeBehaviours(asked, probed);
    const open = asked.filter((a) => !a.seen && a.site?.reason === undefined);
    const here = open.filter(
      (a) => !isOfClaim(a) || (positive.includes(model) && lists(model, a.site?.claim ?? '')),
    );
    if (here.length > 0) await askModel(here, model, frame);
  }
  for (const model of module.models.filter((m) => ![...positive, ...others].includes(m)))
    for (const one of asked.filter(
      (a) => !isOfClaim(a) || (model.role === 'positive' && lists(model, a.site?.claim ?? '')),
    ))
      one.open ??= `${model.id} was not explored to its end`;
  return asked.map((one) => answer(one, asked));
}

function seeBehaviours(asked: Asked[], { runs }: ProbedModule): void {
  const open = asked.filter((a) => !a.seen && !a.site);
  const changes = changesInBehaviours(
    runs,
    open.map((a) => a.key),
  );
  for (const one of open) {
    const change = changes.get(one.key);
    if (!change) continue;
    one.seen = change;
    one.lookedIn.push(change.model);
  }
}

/** So many explorations of one model look for the question that TLC cannot answer. */
const MOST_EXPLORATIONS = 12;

/** Asks all at once; where TLC cannot tell, in parts, so that one question takes no other with it. */
async function askModel(open: Asked[], model: Model, frame: Frame): Promise<void> {
  const waiting = [open];
  let left = MOST_EXPLORATIONS;
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    left -= 1;
    const failed =
      left < 0
        ? { why: 'too many questions had no answer', isSplit: false }
        : await explore(part, model, frame);
    if (!failed) continue;
    const unseen = part.filter((a) => !a.seen);
    if (failed.isSplit && unseen.length > 1) waiting.push(...halves(unseen));
    else for (const one of unseen) one.open ??= `${model.id}: ${failed.why}`;
  }
}

/** Variables apart from antecedents, which TLC may not be able to evaluate; else one half and the other. */
function halves(open: Asked[]): Asked[][] {
  const variables = open.filter((a) => !a.site);
  if (variables.length > 0 && variables.length < open.length) return [variables, open.filter((a) => a.site)];
  const middle = Math.ceil(open.length / 2);
  return [open.slice(0, middle), open.slice(middle)];
}

/**
 * TLC compares no values of two kinds (`"none"` with 5): where that is all that is in the way of `x' # x`, they differ.
 */
const isOfTwoKinds = (outcome: Outcome | undefined): boolean =>
  outcome?.kind === 'EvaluationError' && /Attempted to (check equality|compare)\b/.test(outcome.message);

/** Runs one probe and takes down what it saw; the reason where it came to no end. */
async function explore(
  open: Asked[],
  model: Model,
  { probed, variables, firstRegister }: Frame,
): Promise<{ why: string; isSplit: boolean } | undefined> {
  const sites = open.flatMap((a) => a.site ?? []);
  const changing = open.filter((a) => !a.site).map((a) => a.key);
  const extended = model.module;
  const probe = explorationProbe({ extended, variables, changing, sites, firstRegister });
  const plain = configWith(model.config, { invariants: [probe.invariant], properties: [], deadlock: false });
  // Behind `configWith`, which would leave out SYMMETRY: a property of steps is sound under it.
  const properties = probe.property === undefined ? [] : [{ name: probe.property, line: 0 }];
  const config = { ...plain, properties };
  const log = sites.length > 0 ? `antecedents-${String(open.length)}-${open[0]?.key ?? ''}` : 'variables';
  const reading = await runProbe(probed, model, { generated: probe.generated, config, log });
  const seen = readSeen(reading?.printed ?? []);
  const outcome = reading?.outcome;
  const isComplete =
    outcome?.kind === 'Holds' || (outcome?.kind === 'Violated' && outcome.property === probe.invariant);
  for (const one of open) {
    const found = seen.get(one.key);
    if (found) one.seen ??= { model: model.id, ...found };
    if ((found || isComplete) && !one.lookedIn.includes(model.id)) one.lookedIn.push(model.id);
  }
  const [only, second] = open;
  const isSound = declaredRun(probed, model)?.outcome.kind === 'Holds';
  if (only && !second && !only.site && isSound && isOfTwoKinds(outcome)) {
    const { distinct, depth } = reading?.counts ?? {};
    only.seen ??= {
      model: model.id,
      ...(distinct === undefined ? {} : { states: distinct }),
      depth: depth ?? 1,
    };
    if (!only.lookedIn.includes(model.id)) only.lookedIn.push(model.id);
    return undefined;
  }
  const isSplit = outcome?.kind === 'EvaluationError' || outcome?.kind === 'SpecError';
  return isComplete ? undefined : { why: whyOpen(reading), isSplit };
}

/** The question's subject, what it does where it is seen, and what it never does. */
function wordsOf({ site, question: { subject } }: Asked): { noun: string; does: string; never: string } {
  switch (site?.kind) {
    case undefined:
      return { noun: `variable ${subject}`, does: 'changes', never: `variable ${subject} never changes` };
    case 'action':
      return { noun: `action ${subject}`, does: 'fires', never: `action ${subject} fires in no model` };
    case 'antecedent':
      return { noun: 'antecedent', does: 'reached', never: `${site.claim}: ${site.text} is never true` };
    case 'set':
      return {
        noun: 'quantified set',
        does: 'reached',
        never: `${site.claim}: ${site.text} is always empty`,
      };
  }
}

/** What has the finding in the place of this one: something around it that is never reached either. */
function findAround({ site }: Asked, all: Asked[]): string | undefined {
  if (!site) return undefined;
  const silent = (numbers: readonly number[]): string | undefined =>
    all.find((a) => a.site && numbers.includes(a.site.number) && !a.seen)?.question.subject;
  if (!site.around) return silent(site.outer);
  // An action that stands in several others is to blame where one of those fires.
  const around = site.around.map(silent);
  return around.every((subject) => subject !== undefined) ? around[0] : undefined;
}

function answer(one: Asked, all: Asked[]): Probe {
  const { site, question, seen, lookedIn, open } = one;
  const base = { ...question, lookedIn };
  const { noun, does, never } = wordsOf(one);
  if (seen) {
    const when =
      seen.states === undefined
        ? `in step ${String(seen.depth)} of the counterexample of ${seen.model}`
        : `in ${seen.model} after ${String(seen.states)} ${seen.states === 1 ? 'state' : 'states'}`;
    return { ...base, ...seen, answer: 'live', because: `${noun} ${does} ${when}` };
  }
  const why =
    site?.reason ?? open ?? (lookedIn.length === 0 ? 'no model was explored' : undefined) ?? site?.partly;
  if (why !== undefined) return { ...base, answer: 'not measured', because: `${noun} not probed: ${why}` };
  const around = findAround(one, all);
  return {
    ...base,
    answer: 'vacuous',
    because: `${never}${site?.kind === 'action' ? ` of ${question.module}` : ''}; looked for in ${inModels(lookedIn)}`,
    ...(around === undefined ? {} : { under: around }),
  };
}
