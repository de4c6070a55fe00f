/** Words for what is wrong with a handler: one line and a hint for each kind. Pure. */
import type { Place } from '../../domain/claim.js';
import type { HandlerFault } from '../../domain/reachability.js';
import type { Finding, Step } from './call-walk.js';
import type { Names } from './function-names.js';
import type { SourceMap } from './ir-places.js';
import { plainName } from './program.js';

export interface Wording {
  names: Names;
  sources: SourceMap;
  /** Path of the allow-list. */
  list: string;
}

/** `native/a.cpp:4: onInterrupt calls logStats`; a call the compiler made has the place of the one before. */
export function trailOf(
  finding: Finding,
  handler: Place,
  wording: Wording,
): { lines: string[]; last: Place } {
  let last = handler;
  const lines = finding.trail.flatMap((step, i) => {
    const place = wording.sources.find(step.caller.module, step.call.debug);
    if (place !== undefined && !place.path.startsWith('/')) last = place;
    const shown = place ?? last;
    const next = finding.trail[i + 1];
    const what = next === undefined ? whatIs(finding, wording) : wording.names.short(next.caller.body.name);
    const caller = nameOf(step, wording);
    return caller === what ? [] : [`${shown.path}:${shown.line}: ${caller} calls ${what}`];
  });
  return { lines, last };
}

const nameOf = (step: Step, { names }: Wording): string => names.short(step.caller.body.name);

/** What a finding leads to, in a word or two. */
export function whatIs(finding: Finding, { names }: Wording): string {
  switch (finding.kind) {
    case 'indirect call':
      return 'a function through a pointer';
    case 'inline assembly':
      return 'inline assembly';
    case 'outside':
      if (finding.variable !== undefined)
        return `the loader for the thread-local ${names.short(finding.variable)}`;
      if (isThreadInitialiser(finding.symbol)) return 'the initialiser of a thread-local variable';
      return names.short(finding.symbol);
  }
}

const isThreadInitialiser = (symbol: string): boolean => symbol === '__tls_init' || symbol.startsWith('_ZTH');

/** `handler onInterrupt reaches malloc through logStats (async-signal-unsafe)`. */
export function faultOf(finding: Finding, handler: Place & { name: string }, wording: Wording): HandlerFault {
  const { lines, last } = trailOf(finding, handler, wording);
  // A lambda and what makes a plain function of it have one name.
  const names = finding.trail.slice(1).map((step) => nameOf(step, wording));
  const between = [...new Set(names)].filter((name) => name !== handler.name);
  const through = between.length === 0 ? '' : ` through ${between.join(', ')}`;
  const verb = between.length === 0 ? 'calls' : 'reaches';
  const what = whatIs(finding, wording);
  const base = { ...last, handler: handler.name, trail: lines };
  const holder = nameOf({ caller: finding.caller, call: finding.call }, wording);
  switch (finding.kind) {
    case 'outside':
      return {
        ...base,
        kind: 'unsafe call',
        message: `handler ${handler.name} ${verb} ${what}${through} (async-signal-unsafe)`,
        hint: hintFor(finding, wording),
      };
    case 'indirect call':
      return {
        ...base,
        kind: 'indirect call',
        message: `handler ${handler.name} ${verb} ${what}${through}: which one is not known`,
        hint: `call it by its name, or list ${holder} with its reason under "exceptions" in ${wording.list}`,
      };
    case 'inline assembly':
      return {
        ...base,
        kind: 'inline assembly',
        message: `handler ${handler.name} ${verb} ${what}${through}: what it does is not known`,
        hint: `list ${holder} with its reason under "exceptions" in ${wording.list}`,
      };
  }
}

function hintFor(finding: Finding & { kind: 'outside' }, { names, list }: Wording): string {
  const name = plainName(finding.symbol);
  if (finding.variable !== undefined) {
    return `its first use in a thread may allocate: use a static variable or -ftls-model=initial-exec, or list ${name} in ${list}`;
  }
  if (isThreadInitialiser(name)) return 'give the thread-local variable a constant initialiser (constinit)';
  if (name.startsWith('__cxa_guard')) {
    return 'a static in a function is initialised under a lock: move it out and give it a constant initialiser';
  }
  if (/^__cxa_|^_ZSt9terminate|^_Unwind/.test(name)) return 'a handler must neither throw nor catch';
  if (/^_Zn[wa]|^_Zd[la]|^(?:m|c|re)alloc$|^free$/.test(name)) {
    return 'memory is managed under a lock: set a flag here, and do this where the flag is read';
  }
  return `do this outside the handler; a function known to be safe goes into ${list} as ${names.full(finding.symbol)}`;
}
