/**
 * Asks TLC which variables of a module ever change, which antecedents of its claims are ever true, and which sets they
 * quantify over are ever not empty: the smallest models first, all questions that are open in one exploration.
 */
import type { Model } from '../domain/model.js';
import type { Probe } from '../domain/probe.js';
import type { Site, Unit } from '../engine/antecedent-sites.js';
import { findAntecedents } from '../engine/antecedents.js';
import { explorationProbe, readSeen } from '../engine/exploration-probe.js';
import { configWith } from '../engine/plan.js';
import type { SpecFormulas } from '../engine/spec-formulas.js';
import { changesInBehaviours } from '../evidence/behaviour-changes.js';
import { variablesRead } from '../evidence/spec-findings.js';
import { inModels } from '../evidence/vacuity.js';
import { findExtended } from '../project/module-closure.js';
import { bySize, completeModels, runProbe, whyOpen, type ProbedModule } from './probe-run.js';

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
    const question = { kind, module: module.name, claims: [claim], subject: text, place };
    return { key: String(number), site, question, lookedIn: [] };
  });
  return [...variables, ...asked];
}

/** One answer for each variable, and for each antecedent and set of the module's claims. */
export async function probeExploration(probed: ProbedModule, spec: SpecFormulas): Promise<Probe[]> {
  const { module } = probed;
  const positive = completeModels(probed);
  const claims = Object.entries(module.claims)
    .filter(([name]) => positive.some((m) => lists(m, name)))
    .map(([name, { kind }]) => ({ name, everywhere: kind === 'invariant' }));
  const { sites, units } = findAntecedents(claims, spec);
  const asked = questionsOf(probed, sites);
  // What a control shows of a variable counts; what it shows of a claim does not.
  const others = bySize(probed, module.models).filter((m) => !positive.includes(m));
  for (const [i, model] of [...positive, ...others].entries()) {
    // Before a second model is explored for a variable, what counterexamples show is looked at.
    if (i === 1) seeBehaviours(asked, probed);
    const open = asked.filter((a) => !a.seen && a.site?.reason === undefined);
    const here = open.filter((a) => !a.site || (positive.includes(model) && lists(model, a.site.claim)));
    if (here.length > 0) await askModel(here, units, model, probed);
  }
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

async function askModel(open: Asked[], units: Unit[], model: Model, probed: ProbedModule): Promise<void> {
  const variables = open.filter((a) => !a.site);
  const why = await explore(open, units, model, probed);
  if (why === undefined) return;
  // What TLC cannot say of an antecedent is no reason not to know of a variable.
  const isMixed = variables.length > 0 && variables.length < open.length;
  const again = isMixed ? await explore(variables, units, model, probed) : why;
  for (const one of open.filter((a) => !a.seen && (a.site || again !== undefined)))
    one.open ??= `${model.id}: ${why}`;
}

/** Runs one probe and takes down what it saw; the reason where it came to no end. */
async function explore(
  open: Asked[],
  units: Unit[],
  model: Model,
  probed: ProbedModule,
): Promise<string | undefined> {
  const sites = open.flatMap((a) => a.site ?? []);
  const probe = explorationProbe({
    extended: model.module,
    variables: open.filter((a) => !a.site).map((a) => a.key),
    sites,
    units: sites.length > 0 ? units : [],
  });
  const { actionConstraint: step } = probe;
  const plain = configWith(model.config, { invariants: [probe.invariant], properties: [], deadlock: false });
  const steps = step === undefined ? [] : [{ name: step, line: 0 }];
  const config = { ...plain, actionConstraints: [...plain.actionConstraints, ...steps] };
  const log = sites.length > 0 ? 'antecedents' : 'variables';
  const reading = await runProbe(probed, model, { generated: probe.generated, config, log });
  const seen = readSeen(reading?.printed ?? []);
  const isComplete = reading?.outcome.kind === 'Holds' || reading?.outcome.kind === 'Violated';
  for (const one of open) {
    const found = seen.get(one.key);
    if (found) one.seen ??= { model: model.id, ...found };
    if ((found || isComplete) && !one.lookedIn.includes(model.id)) one.lookedIn.push(model.id);
  }
  return isComplete ? undefined : whyOpen(reading);
}

const NOUN = { antecedent: 'antecedent', set: 'quantified set' } as const;

function answer({ site, question, seen, lookedIn, open }: Asked, all: Asked[]): Probe {
  const base = { ...question, lookedIn };
  const noun = site ? NOUN[site.kind] : `variable ${question.subject}`;
  if (seen) {
    const when =
      seen.states === undefined
        ? `in step ${String(seen.depth)} of the counterexample of ${seen.model}`
        : `in ${seen.model} after ${String(seen.states)} states`;
    return { ...base, ...seen, answer: 'live', because: `${noun} ${site ? 'reached' : 'changes'} ${when}` };
  }
  const why = site?.reason ?? open ?? (lookedIn.length === 0 ? 'no model was explored' : undefined);
  if (why !== undefined) return { ...base, answer: 'not measured', because: `${noun} not probed: ${why}` };
  const models = `looked for in ${inModels(lookedIn)}`;
  if (!site) return { ...base, answer: 'vacuous', because: `${noun} never changes; ${models}` };
  const never = site.kind === 'antecedent' ? 'is never true' : 'is always empty';
  const around = all.find((a) => a.site && site.outer.includes(a.site.number) && !a.seen)?.question.subject;
  return {
    ...base,
    answer: 'vacuous',
    because: `${site.claim}: ${site.text} ${never}; ${models}`,
    ...(around === undefined ? {} : { under: around }),
  };
}
