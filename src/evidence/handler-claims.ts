/** Ties signal and fork handlers to the claims of their anchors, and says what their check means for a claim. Pure. */
import type { HandlerReport, ReachabilityResult } from '../domain/reachability.js';
import type { AnchorMap } from '../domain/run-record.js';

/** The same result, each handler with the claims of the anchor above it; a lambda has those of the function around it. */
export function tieClaims(result: ReachabilityResult, anchors: AnchorMap['functions']): ReachabilityResult {
  const tie = (handler: HandlerReport): HandlerReport => {
    const above = anchors.filter((a) => a.path === handler.path && a.line <= handler.line);
    const nearest = above.sort((a, b) => a.line - b.line).at(-1);
    if (nearest === undefined) return handler;
    const isOwn = nearest.line === handler.line || handler.name.startsWith('lambda in ');
    return isOwn ? { ...handler, claims: nearest.claims } : handler;
  };
  return { ...result, handlers: result.handlers.map(tie) };
}

/** What the check of the handlers shows for one claim. */
export type HandlerEvidence = { state: 'none' } | { state: 'passed' | 'failed' | 'not run'; because: string };

/**
 * A claim has evidence from the handlers that carry it. What failed without belonging to a handler, such as a
 * registration that is not resolved, may hide one: then no handler's result counts as passed.
 */
export function handlerEvidence(result: ReachabilityResult | undefined, claim: string): HandlerEvidence {
  if (result === undefined) return { state: 'none' };
  const own = result.handlers.filter((handler) => handler.claims.includes(claim));
  const names = own.map((handler) => handler.name).join(', ');
  if (own.length === 0) return { state: 'none' };
  const fault = result.faults.find((f) => f.handler !== undefined && own.some((h) => h.name === f.handler));
  if (fault !== undefined)
    return { state: 'failed', because: `${fault.path}:${fault.line}: ${fault.message}` };
  if (result.state === 'not run') return { state: 'not run', because: result.reason };
  const loose = result.faults.find((f) => f.handler === undefined);
  if (loose !== undefined) {
    return { state: 'not run', because: `${loose.path}:${loose.line}: ${loose.message}` };
  }
  const verb = own.length === 1 ? 'reaches' : 'reach';
  return { state: 'passed', because: `${names} ${verb} only functions listed as async-signal-safe` };
}
