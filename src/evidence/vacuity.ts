/** Folds the answers of probes into findings of rung 2. Pure. */
import type { Finding } from '../domain/claim.js';
import type { FindingKind } from '../domain/manifest.js';
import type { Probe, ProbeKind } from '../domain/probe.js';

/** The models in which something was looked for, as many as a line holds. */
export function inModels(models: readonly string[]): string {
  const shown = models.slice(0, 3).join(', ');
  if (models.length <= 3) return models.length === 0 ? 'no model' : shown;
  return `${shown} and ${String(models.length - 3)} more`;
}

function kindOf(kind: ProbeKind): FindingKind {
  switch (kind) {
    case 'antecedent':
      return 'antecedent-never-true';
    case 'set':
      return 'set-always-empty';
    case 'action':
      return 'action-never-fires';
    case 'variable':
      return 'variable-never-changes';
    case 'type':
      return 'implied-by-type';
    case 'fairness':
      return 'fairness-not-needed';
    case 'reduction':
      return 'reduction-cuts-states';
  }
}

/** What the finding is filed under in a manifest's `accepted`: a claim where it is about one, else the thing itself. */
function nameOf(probe: Probe): string {
  const isOfClaim = probe.kind === 'antecedent' || probe.kind === 'set' || probe.kind === 'type';
  return isOfClaim ? (probe.claims[0] ?? probe.subject) : probe.subject;
}

/** One finding for each vacuous answer; none for what is vacuous only because something around it is. */
export function findingsOfProbes(probes: readonly Probe[]): Finding[] {
  return probes
    .filter((p) => p.answer === 'vacuous' && p.under === undefined)
    .map((p) => ({
      finding: kindOf(p.kind),
      module: p.module,
      name: nameOf(p),
      place: p.place,
      message: p.because,
      ...(p.kind === 'antecedent' || p.kind === 'set' ? { text: p.subject } : {}),
      claims: p.claims,
      ...(p.accepted === undefined ? {} : { accepted: p.accepted }),
    }));
}
