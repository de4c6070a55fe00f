/** Asks TLC which antecedents of a module's claims are ever true, and which sets they quantify over are ever not empty. */
import type { Model } from '../domain/model.js';
import type { Probe } from '../domain/probe.js';
import { antecedentProbe, readSeen } from '../engine/antecedent-probe.js';
import type { Site, Unit } from '../engine/antecedent-sites.js';
import { findAntecedents } from '../engine/antecedents.js';
import { configWith } from '../engine/plan.js';
import type { SpecFormulas } from '../engine/spec-formulas.js';
import { inModels } from '../evidence/vacuity.js';
import { completeModels, runProbe, whyOpen, type ProbedModule } from './probe-run.js';

/** A site with what is known of it so far. */
interface Asked {
  site: Site;
  seen?: { model: string; states: number; depth: number };
  lookedIn: string[];
  /** Why some model could not tell. */
  open?: string;
}

const lists = (model: Model, claim: string): boolean =>
  [...model.config.invariants, ...model.config.properties].some((p) => p.name === claim);

/** One probe for each antecedent and set of the module's claims, the smallest models first. */
export async function probeAntecedents(probed: ProbedModule, spec: SpecFormulas): Promise<Probe[]> {
  const { module } = probed;
  const models = completeModels(probed);
  const claims = Object.entries(module.claims)
    .filter(([name]) => models.some((m) => lists(m, name)))
    .map(([name, { kind }]) => ({ name, everywhere: kind === 'invariant' }));
  const { sites, units } = findAntecedents(claims, spec);
  const asked: Asked[] = sites.map((site) => ({ site, lookedIn: [] }));
  for (const model of models) {
    const open = asked.filter((a) => !a.seen && a.site.reason === undefined && lists(model, a.site.claim));
    if (open.length > 0) await askModel(open, units, model, probed);
  }
  return asked.map((a) => answer(a, asked, module.name));
}

async function askModel(open: Asked[], units: Unit[], model: Model, probed: ProbedModule): Promise<void> {
  const probe = antecedentProbe(
    open.map((a) => a.site),
    units,
  );
  const { actionConstraint } = probe;
  const plain = configWith(model.config, { invariants: [probe.invariant], properties: [], deadlock: false });
  const config =
    actionConstraint === undefined
      ? plain
      : { ...plain, actionConstraints: [...plain.actionConstraints, { name: actionConstraint, line: 0 }] };
  const reading = await runProbe(probed, model, { generated: probe.generated, config, log: 'antecedents' });
  const seen = readSeen(reading?.printed ?? []);
  const isComplete = reading?.outcome.kind === 'Holds' || reading?.outcome.kind === 'Violated';
  for (const one of open) {
    const found = seen.get(one.site.number);
    if (found) one.seen = { model: model.id, ...found };
    if (found || isComplete) one.lookedIn.push(model.id);
    else one.open ??= `${model.id}: ${whyOpen(reading)}`;
  }
}

function answer(one: Asked, all: Asked[], module: string): Probe {
  const { site, seen, lookedIn } = one;
  const what = site.kind === 'antecedent' ? 'antecedent' : 'quantified set';
  const base = {
    kind: site.kind,
    module,
    claims: [site.claim],
    subject: site.text,
    place: site.place,
    lookedIn,
  };
  if (seen)
    return {
      ...base,
      ...seen,
      answer: 'live',
      because: `${what} reached in ${seen.model} after ${String(seen.states)} states`,
    };
  const open = site.reason ?? one.open;
  if (open !== undefined) return { ...base, answer: 'not measured', because: `${what} not probed: ${open}` };
  const around = all.find((a) => site.outer.includes(a.site.number) && !a.seen)?.site.text;
  const text = `${site.claim}: ${site.text} ${site.kind === 'antecedent' ? 'is never true' : 'is always empty'}`;
  return {
    ...base,
    answer: 'vacuous',
    because: `${text}; looked for in ${inModels(lookedIn)}`,
    ...(around === undefined ? {} : { under: around }),
  };
}
