/** Says of a result that an earlier run showed it: which one, and when. */
import type { VNode } from 'preact';
import type { Reused } from '../../domain/reused.js';
import { moment } from './words.js';

/** Nothing where the run itself showed the result. */
export function TakenOver({ reused }: { reused: Reused | undefined }): VNode | null {
  if (reused === undefined) return null;
  return (
    <p class="quiet">
      Taken over from run {reused.from} of {moment(reused.at)}.
    </p>
  );
}
