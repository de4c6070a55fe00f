/** What inspecting a model before its run found. Types only; inspection.ts makes them. */
import type { ReductionKind } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';

export interface Reduction {
  kind: ReductionKind;
  /** Operator that reduces; for a substitution the one that is replaced. */
  name: string;
  line: number;
}

export interface Difference {
  model: string;
  message: string;
}

export interface ModelInspection {
  model: string;
  /** No behaviour and no variables: only ASSUMEs are checked, and zero states are right. */
  assumeOnly: boolean;
  reductions: Reduction[];
  enabled: { invariants: string[]; properties: string[]; deadlock: boolean };
  /** Enables no property: its run is no pass of any claim. */
  checksNothing: boolean;
  differences: Difference[];
  problems: Problem[];
  notes: string[];
}
