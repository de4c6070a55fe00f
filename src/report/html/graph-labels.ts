/**
 * Where the names of steps stand in a drawn graph. Contract: no name stands on another name or on a state; one that finds
 * no such place along its curve is left out, and the page has it in the curve's tip. Pure.
 */
import { curvePoint, NOWHERE, RADIUS, type CurvePoints, type Point } from './graph-curves.js';

export interface Named {
  points: CurvePoints;
  /** How wide its name is. */
  width: number;
  /** Whether its name belongs where the steps that leave one state have parted, or before those that enter one meet. */
  parts: boolean;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A name's height over its foot and below it. */
const ASCENT = 9;
const DESCENT = 2;
/** Above its curve, or on it: the page's colour around a name interrupts what is behind it. */
const ABOVE = -5;
const ON = 3.5;
const PLACES = Array.from({ length: 17 }, (_, i) => 0.1 + i * 0.05);
const SAMPLES = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9];
const HEAD = 7;

const around = ({ x, y }: Point, reach: number): Box => ({
  left: x - reach,
  right: x + reach,
  top: y - reach,
  bottom: y + reach,
});

const meet = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const boxAt = ({ x, y }: Point, width: number): Box => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - ASCENT,
  bottom: y + DESCENT,
});

interface Candidate {
  place: Point;
  /** How much worse it is than the best one of its curve. */
  cost: number;
}

/** The places that a name may have: along its curve, and where it is short beside it rather than on its arrow head. */
function candidatesOf({ points, parts, width }: Named): Candidate[] {
  const [start, , , end] = points;
  const [least, most] = [start.x + width / 2, end.x - HEAD - 2 - width / 2];
  return PLACES.flatMap((t) => {
    const { x, y } = curvePoint(points, t);
    const clear = least <= most ? Math.min(Math.max(x, least), most) : x;
    const cost = Math.abs(t - (parts ? 0.6 : 0.4)) * 20 + Math.abs(clear - x) / 4;
    return [ABOVE, ON].map((shift) => ({
      place: { x: Math.round(clear), y: Math.round(y + shift) },
      cost: shift === ABOVE ? cost : cost + 0.5,
    }));
  });
}

/**
 * A place for each name, undefined where there is none. The shortest curves choose first: they have the least choice.
 * @param states where they stand
 */
export function placeNames(steps: readonly Named[], states: readonly Point[]): (Point | undefined)[] {
  const circles = states.map((state) => around(state, RADIUS + 1));
  const samples = steps.map(({ points }) => SAMPLES.map((t) => around(curvePoint(points, t), 1)));
  const heads = steps.map(({ points }) => around(points[3], HEAD));
  const taken: Box[] = [];
  const found: (Point | undefined)[] = steps.map(() => undefined);
  const lengthOf = ({ points: [a, , , d] }: Named): number => Math.hypot(d.x - a.x, d.y - a.y);
  const order = steps.map((_, i) => i);
  order.sort((a, b) => lengthOf(steps[a] ?? NONE) - lengthOf(steps[b] ?? NONE) || a - b);
  for (const i of order) {
    const step = steps[i] ?? NONE;
    let best: { place: Point; box: Box; cost: number } | undefined;
    for (const candidate of candidatesOf(step)) {
      const box = boxAt(candidate.place, step.width);
      if (box.left < 0 || [...circles, ...taken].some((other) => meet(box, other))) continue;
      const crossed = samples.filter((own, k) => k !== i && own.some((point) => meet(box, point))).length;
      const hidden = heads.filter((head) => meet(box, head)).length;
      const cost = candidate.cost + crossed * 3 + hidden * 8;
      if (!best || cost < best.cost) best = { place: candidate.place, box, cost };
    }
    if (!best) continue;
    found[i] = best.place;
    taken.push(best.box);
  }
  return found;
}

const NONE: Named = { points: NOWHERE, width: 0, parts: true };
