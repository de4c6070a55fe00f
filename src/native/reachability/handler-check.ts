/**
 * Holds every handler of a program against the list of allowed functions. Contract: a handler that is not found out is
 * a fault, never passed over; an exception covers as many places as it says, and one that covers none is a fault.
 */
import type { Place } from '../../domain/claim.js';
import type { HandlerFault, HandlerReport } from '../../domain/reachability.js';
import type { AllowedFunctions } from './allow-list.js';
import { walkFrom, type Finding, type Walked } from './call-walk.js';
import { matchExceptions, siteOf, type Excuses } from './handler-exceptions.js';
import { faultOf, whatIs, type Wording } from './handler-faults.js';
import type { SourceMap } from './ir-places.js';
import type { Names } from './function-names.js';
import type { Resolver } from './pointer-values.js';
import { plainName, type Definition, type Program } from './program.js';
import type { FoundRegistration } from './registrations.js';

export interface HandlerCheck {
  handlers: HandlerReport[];
  without: number;
  faults: HandlerFault[];
}

export interface CheckInput {
  program: Program;
  resolver: Resolver;
  registrations: FoundRegistration[];
  allowed: AllowedFunctions;
  names: Names;
  sources: SourceMap;
}

export function checkHandlers(input: CheckInput): HandlerCheck {
  const { registrations, sources, names } = input;
  const wording: Wording = { names, sources, list: input.allowed.path };
  const roots = new Map<Definition, FoundRegistration[]>();
  for (const found of registrations) {
    for (const handler of found.handlers) roots.set(handler, [...(roots.get(handler) ?? []), found]);
  }
  const walks = new Map(
    [...roots.keys()].map((root) => [root, walkFrom(root, input.program, input.resolver)]),
  );
  const excuses = matchExceptions(input, [...walks.values()]);
  const faults: HandlerFault[] = [];
  const handlers: HandlerReport[] = [];
  for (const [root, walked] of walks) {
    const place = placeOfFunction(root, sources);
    const name = names.short(root.body.name);
    const own = faultsOf(walked, { ...place, name }, input, excuses, wording);
    const found = roots.get(root) ?? [];
    faults.push(...own);
    handlers.push({
      ...place,
      name,
      kinds: [...new Set(found.map((f) => f.kind))],
      registered: found.map((f) => ({ ...placeOfRegistration(f, sources), by: f.by })),
      claims: [],
      functions: walked.reached.length,
      calls: allowedCalls(walked, input),
      excused: excusedIn(walked, excuses, names),
      faults: own.length,
    });
  }
  faults.push(
    ...registrations.flatMap((found) => registrationFaults(found, input, excuses)),
    ...excuses.unused,
  );
  const without = registrations.filter((f) => f.handlers.length + f.outside.length + f.unknown.length === 0);
  handlers.sort(byPlace);
  return { handlers, without: without.length, faults: faults.sort(byPlace) };
}

export const byPlace = (a: Place, b: Place): number =>
  a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1;

function placeOfFunction({ module, body }: Definition, sources: SourceMap): Place {
  return sources.find(module, body.debug) ?? { path: module.file, line: 1 };
}

function placeOfRegistration(found: FoundRegistration, sources: SourceMap): Place {
  return sources.find(found.in.module, found.debug) ?? placeOfFunction(found.in, sources);
}

function isAllowed(finding: Finding, { allowed, names }: CheckInput): boolean {
  if (finding.kind !== 'outside') return false;
  const { symbol } = finding;
  // A C++ function is allowed by its full name only: `write(char const *)` is not POSIX's write.
  return [symbol, plainName(symbol), names.full(symbol)].some((name) => allowed.names.has(name));
}

/** One fault for each thing that is reached, by the shortest way. */
function faultsOf(
  walked: Walked,
  handler: Place & { name: string },
  input: CheckInput,
  excuses: Excuses,
  wording: Wording,
): HandlerFault[] {
  const first = new Map<string, Finding>();
  for (const finding of walked.findings) {
    if (isAllowed(finding, input) || excuses.of(finding) !== undefined) continue;
    // A destructor has several symbols and one name.
    const key = finding.kind === 'outside' ? whatIs(finding, wording) : siteOf(finding);
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()].map((finding) => faultOf(finding, handler, wording));
}

function allowedCalls(walked: Walked, input: CheckInput): string[] {
  const allowed = walked.findings.filter((finding) => isAllowed(finding, input));
  const shown = allowed.filter((f) => f.kind === 'outside' && !/^(?:llvm\.|__clang)/.test(f.symbol));
  return [
    ...new Set(
      shown.map((finding) => whatIs(finding, { names: input.names, sources: input.sources, list: '' })),
    ),
  ].sort();
}

function excusedIn(walked: Walked, excuses: Excuses, names: Names): string[] {
  const lines = walked.findings.flatMap((finding) => {
    const by = excuses.of(finding);
    return by === undefined
      ? []
      : [`${names.short(finding.caller.body.name)}: ${finding.kind}: ${by.reason}`];
  });
  return [...new Set(lines)];
}

function registrationFaults(found: FoundRegistration, input: CheckInput, excuses: Excuses): HandlerFault[] {
  const place = placeOfRegistration(found, input.sources);
  const where = input.names.short(found.in.body.name);
  const unseen = found.outside.map((symbol): HandlerFault => ({
    ...place,
    kind: 'handler not seen',
    message: `handler ${input.names.short(symbol)}, which ${where} hands to ${found.by}, is only declared: its code is in none of the files`,
    hint: 'add the file that defines it to native.reachability.files',
    trail: [],
  }));
  const seen = unseen.filter((_, i) => !input.allowed.names.has(plainName(found.outside[i] ?? '')));
  if (found.unknown.length === 0 || excuses.ofRegistration(found) !== undefined) return seen;
  const reasons = [...new Set(found.unknown)].map((reason) =>
    reason.replace(/`([^`]+)`/g, (_, symbol: string) => input.names.short(symbol)),
  );
  const unresolved: HandlerFault = {
    ...place,
    kind: 'handler not resolved',
    message: found.isAddress
      ? `handler not resolved: ${where} takes the address of ${found.by}, and calls through it are not seen`
      : `handler not resolved: what ${where} hands to ${found.by} may be ${listReasons(reasons)}`,
    hint: `${found.isAddress ? 'call it by its name' : 'name the function at the registration'}, or list ${where} with its reason under "exceptions" in ${input.allowed.path}`,
    trail: [],
  };
  return [...seen, unresolved];
}

/** A container of the library has a dozen; the first ones say enough. */
function listReasons(reasons: readonly string[]): string {
  const more = reasons.length - 3;
  return [...reasons.slice(0, 3), ...(more > 0 ? [`${more} more`] : [])].join('; or ');
}
