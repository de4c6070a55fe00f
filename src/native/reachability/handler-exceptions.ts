/** Matches the exceptions of the list with the places they are for: one covers as many as it says, no more and no fewer. */
import type { HandlerFault } from '../../domain/reachability.js';
import type { AllowedFunctions } from './allow-list.js';
import type { Finding, Walked } from './call-walk.js';
import type { Names } from './function-names.js';
import type { Definition } from './program.js';
import type { FoundRegistration } from './registrations.js';

type Exception = AllowedFunctions['exceptions'][number];

export interface Excuses {
  of: (finding: Finding) => Exception | undefined;
  ofRegistration: (found: FoundRegistration) => Exception | undefined;
  unused: HandlerFault[];
}

/** One place in the code, however many handlers reach it. */
export function siteOf({ caller, call }: Finding): string {
  return `${caller.module.file} ${caller.body.name} ${caller.body.instructions.indexOf(call)}`;
}

export function matchExceptions(
  {
    names,
    allowed,
    registrations,
  }: { names: Names; allowed: AllowedFunctions; registrations: FoundRegistration[] },
  walks: Walked[],
): Excuses {
  const sites = new Map<string, Exception>();
  const covered = new Map<FoundRegistration, Exception>();
  const unused: HandlerFault[] = [];
  const findings = walks.flatMap((walked) => walked.findings);
  for (const exception of allowed.exceptions) {
    const isIt = (of: Definition): boolean => names.isNamed(of.body.name, exception.function);
    const open = registrations.filter(
      (f) => exception.kind === 'handler' && f.unknown.length > 0 && isIt(f.in),
    );
    const found = findings.filter((f) => f.kind === exception.kind && isIt(f.caller));
    const own = [...new Set(found.map(siteOf))];
    const has = exception.kind === 'handler' ? open.length : own.length;
    own.slice(0, exception.count).forEach((site) => sites.set(site, exception));
    open.slice(0, exception.count).forEach((registration) => covered.set(registration, exception));
    if (has >= exception.count) continue;
    unused.push({
      path: allowed.path,
      line: exception.line,
      kind: 'unused exception',
      message: `the exception for ${exception.function} covers ${exception.count} × ${exception.kind}, and the handlers reach ${has}`,
      hint: has === 0 ? 'remove it, or correct the name of the function' : `set its count to ${has}`,
      trail: [],
    });
  }
  return {
    of: (finding) => (finding.kind === 'outside' ? undefined : sites.get(siteOf(finding))),
    ofRegistration: (found) => covered.get(found),
    unused,
  };
}
