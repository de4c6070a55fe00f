/** The marks that say how something stands. Each is a shape and a word: colour only repeats them. */
import type { VNode } from 'preact';
import type { RungState } from '../../domain/claim.js';
import { unreachable } from '../../domain/problem.js';
import type { Standing } from '../view/model-view.js';

/** The class gives the shape, too: page.css puts it before the word. */
interface Look {
  word: string;
  class: 'good' | 'part' | 'open' | 'none' | 'bad';
}

function lookOfRung(state: RungState['state']): Look {
  switch (state) {
    case 'passed':
      return { word: 'passed', class: 'good' };
    case 'partly measured':
      return { word: 'partly', class: 'part' };
    case 'not measured':
      return { word: 'not measured', class: 'none' };
    case 'failed':
      return { word: 'failed', class: 'bad' };
    default:
      return unreachable(state);
  }
}

function lookOfStanding(standing: Standing): Look {
  switch (standing) {
    case 'as declared':
      return { word: 'as declared', class: 'good' };
    case 'not as declared':
      return { word: 'not as declared', class: 'bad' };
    case 'open':
      return { word: 'open', class: 'open' };
    case 'not measured':
      return { word: 'not measured', class: 'none' };
    default:
      return unreachable(standing);
  }
}

function Mark({ look }: { look: Look }): VNode {
  return <span class={`mark ${look.class}`}>{look.word}</span>;
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
  return <Mark look={{ word, class: yes ? 'good' : 'bad' }} />;
}
