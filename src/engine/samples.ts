/** Figures of a run over its time, for a chart: few enough to keep, whatever the run's length. Pure but for its memory. */
import type { Counts } from '../domain/outcome.js';
import type { Sample } from '../domain/run-record.js';
import type { Progress } from './progress.js';

/** A chart some hundred points wide shows no more. */
const MOST = 120;

export interface Sampler {
  /** Notes what the engine said after so many milliseconds; figures that repeat the last ones are passed over. */
  note: (milliseconds: number, progress: Progress) => void;
  /** The samples, ending in the final counts where there are any. */
  finish: (milliseconds: number, counts: Counts) => Sample[];
}

const seconds = (milliseconds: number): number => Math.round(milliseconds / 10) / 100;

/** Every second sample and the last: the rest of the run is told half as finely. */
function thin(samples: Sample[]): Sample[] {
  return samples.filter((_, i) => i % 2 === 0 || i === samples.length - 1);
}

const saysTheSame = (a: Sample, b: Sample): boolean =>
  a.generated === b.generated && a.distinct === b.distinct && a.queue === b.queue;

export function makeSampler(): Sampler {
  let samples: Sample[] = [];
  const add = (sample: Sample): void => {
    const last = samples.at(-1);
    if (last && saysTheSame(last, sample)) return;
    samples.push(sample);
    if (samples.length > MOST) samples = thin(samples);
  };
  return {
    note: (milliseconds, { generated, distinct, queue }) => {
      add({ seconds: seconds(milliseconds), generated, distinct, queue });
    },
    finish: (milliseconds, { generated, distinct, queue }) => {
      if (generated !== undefined && distinct !== undefined)
        add({ seconds: seconds(milliseconds), generated, distinct, queue: queue ?? 0 });
      return samples;
    },
  };
}
