/** The curve of one step in a drawn graph. Pure. */

export interface Point {
  x: number;
  y: number;
}

/** Radius of a state's circle; page.css has it, too. */
export const RADIUS = 11;
/** Room for an arrow head before a circle. */
const HEAD = 5;
/** Room that a name leaves before the circle that its step leads to: the arrow head. */
export const CLEAR = RADIUS + 14;

/** The point so far from `a` on the way to `b`. */
function towards(a: Point, b: Point, distance: number): Point {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: a.x + ((b.x - a.x) * distance) / length, y: a.y + ((b.y - a.y) * distance) / length };
}

/** Where a curve begins, the two points that bend it, and where it ends. */
export type CurvePoints = [Point, Point, Point, Point];

/** What stands for a point or a curve that an index does not find. */
export const ORIGIN: Point = { x: 0, y: 0 };
export const NOWHERE: CurvePoints = [ORIGIN, ORIGIN, ORIGIN, ORIGIN];

/** The point of a curve at a part of its way. */
export function curvePoint([a, b, c, d]: CurvePoints, t: number): Point {
  const u = 1 - t;
  const at = (k: 'x' | 'y'): number =>
    u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k];
  return { x: at('x'), y: at('y') };
}

/** The two points that bend a step: steps ahead swing gently, steps back go around, a step to itself is a loop. */
export function bend(a: Point, b: Point, back: boolean): [Point, Point] {
  const run = b.x - a.x;
  if (a === b)
    return [
      { x: a.x - 16, y: a.y - 34 },
      { x: a.x + 16, y: a.y - 34 },
    ];
  if (!back)
    return [
      { x: a.x + run * 0.45, y: a.y },
      { x: b.x - run * 0.45, y: b.y },
    ];
  const side = run === 0 ? { x: 24, y: 0 } : { x: 0, y: 14 + Math.min(60, -run / 8) };
  return [
    { x: a.x + run / 3 + side.x, y: a.y + side.y },
    { x: b.x - run / 3 + side.x, y: b.y + side.y },
  ];
}

const text = ({ x, y }: Point): string => `${Math.round(x)} ${Math.round(y)}`;

interface Curve {
  a: Point;
  b: Point;
  /** The points that bend it. */
  by: [Point, Point];
}

/** @param move from the layout's coordinates to the picture's */
export function drawCurve(
  { a, b, by: [c, d] }: Curve,
  move: (point: Point) => Point,
): { path: string; points: CurvePoints } {
  const points: CurvePoints = [
    move(towards(a, c, RADIUS)),
    move(c),
    move(d),
    move(towards(b, d, RADIUS + HEAD)),
  ];
  const [start, ...rest] = points;
  return { path: `M${text(start)}C${rest.map(text).join(' ')}`, points };
}
