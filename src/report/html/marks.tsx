/** The marks that say how something stands. Each is a shape and a word: colour only repeats them. */
import type { VNode } from 'preact';
import type { RungState } from '../../domain/claim.js';
import { unreachable } from '../../domain/problem.js';
import type { Standing } from '../view/model-view.js';

interface Look {
  shape: string;
  word: string;
  class: string;
}

function lookOfRung(state: RungState['state']): Look {
  switch (state) {
    case 'passed':
      return { shape: '●', word: 'passed', class: 'good' };
    case 'partly measured':
      return { shape: '◐', word: 'partly', class: 'part' };
    case 'not measured':
      return { shape: '○', word: 'not measured', class: 'none' };
    case 'failed':
      return { shape: '✕', word: 'failed', class: 'bad' };
    default:
      return unreachable(state);
  }
}

function lookOfStanding(standing: Standing): Look {
  switch (standing) {
    case 'as declared':
      return { shape: '●', word: 'as declared', class: 'good' };
    case 'not as declared':
      return { shape: '✕', word: 'not as declared', class: 'bad' };
    case 'open':
      return { shape: '◌', word: 'open', class: 'part' };
    case 'not measured':
      return { shape: '○', word: 'not measured', class: 'none' };
    default:
      return unreachable(standing);
  }
}

function Mark({ look }: { look: Look }): VNode {
  return (
    <span class={`mark ${look.class}`}>
      <span aria-hidden="true">{look.shape}</span> {look.word}
    </span>
  );
}

/** `● passed`. */
export function RungMark({ state }: { state: RungState['state'] }): VNode {
  return <Mark look={lookOfRung(state)} />;
}

/** `✕ not as declared`. */
export function StandingMark({ standing }: { standing: Standing }): VNode {
  return <Mark look={lookOfStanding(standing)} />;
}

/** `● as expected`: for what is held against an expectation of its own. */
export function YesMark({ yes, word }: { yes: boolean; word: string }): VNode {
  return <Mark look={{ shape: yes ? '●' : '✕', word, class: yes ? 'good' : 'bad' }} />;
}
