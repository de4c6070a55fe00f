/**
 * Where an address lies in an object, in bytes, so that it does not matter by which types a place is named. Contract:
 * what may be one place is never told apart, but that an index is taken to stay in its array. Pure.
 */
export type Path = Spot | 'anywhere';

interface Spot {
  /** Bytes from where the object begins. */
  start: number;
  /** Any multiple of it may be added; 0 for one place. */
  step: number;
  /** The member that was stepped into last. */
  member?: { start: number; step: number; size: number };
  /** How many steps it is made of. */
  depth: number;
}

export const BEGINNING: Path = { start: 0, step: 0, depth: 0 };

/** Longer paths are no longer told apart: a list that points to itself must not go on for ever. */
const DEEPEST = 8;

export const pathTo = (start: number, size: number): Path => ({
  start,
  step: 0,
  member: { start, step: 0, size },
  depth: 1,
});

/** An element of an array, any of them. */
export const pathOver = (step: number): Path => ({ start: 0, step, depth: 1 });

export const pathKey = (path: Path): string => (path === 'anywhere' ? path : `${path.start}+${path.step}`);

export function joinPaths(outer: Path, inner: Path): Path {
  if (outer === 'anywhere' || inner === 'anywhere') return 'anywhere';
  const depth = outer.depth + inner.depth;
  if (depth > DEEPEST) return 'anywhere';
  const member = inner.member
    ? {
        start: outer.start + inner.member.start,
        step: commonStep(outer.step, inner.member.step),
        size: inner.member.size,
      }
    : outer.member;
  const spot = { start: outer.start + inner.start, step: commonStep(outer.step, inner.step), depth };
  return member === undefined ? spot : { ...spot, member };
}

/** Whether two paths may lead to one place. */
export function mayBeSame(a: Path, b: Path): boolean {
  if (a === 'anywhere' || b === 'anywhere') return true;
  return distance(a, b) === 0 && mayLieIn(a, b.member) && mayLieIn(b, a.member);
}

/**
 * The way from the beginning of a region to a place that may lie in it; undefined for one that does not.
 * @param size of the region; that of the member it begins in where it is left out
 */
export function pathWithin(place: Path, region: Path, size?: number): Path | undefined {
  if (place === 'anywhere' || region === 'anywhere') return 'anywhere';
  const { member } = region;
  const known = size ?? (member && member.start + member.size - region.start);
  const start = distance(place, region);
  if (start < 0 || (known !== undefined && start >= known)) return undefined;
  if (size === undefined && !mayLieIn(place, member)) return undefined;
  return { start, step: commonStep(place.step, region.step), depth: place.depth };
}

function mayLieIn(place: Spot, member: Spot['member']): boolean {
  if (member === undefined) return true;
  const start = distance(place, member);
  return start >= 0 && start < member.size;
}

/** How far `a` lies behind `b`; the smallest distance where there are several. */
function distance(a: Pick<Spot, 'start' | 'step'>, b: Pick<Spot, 'start' | 'step'>): number {
  const step = commonStep(a.step, b.step);
  const away = a.start - b.start;
  return step === 0 ? away : ((away % step) + step) % step;
}

function commonStep(a: number, b: number): number {
  return b === 0 ? a : commonStep(b, a % b);
}
