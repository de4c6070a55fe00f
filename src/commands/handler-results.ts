/** The handlers' part of `verify`: what signal and fork handlers reach; a list that cannot be read is a problem of the input. */
import { Problem } from '../domain/problem.js';
import type { ReachabilityResult } from '../domain/reachability.js';
import { checkReachability } from '../native/reachability/reachability.js';
import type { Project } from '../project/project.js';
import { describeReuse } from '../report/age.js';
import type { Session } from './session.js';

const marks = { passed: 'ok  ', failed: 'FAIL', 'not run': 'open' };

export interface HandlerResults {
  /** Absent where the project asks for no such check, or it could not begin. */
  reachability?: ReachabilityResult;
  problems: Problem[];
}

export async function runHandlers(project: Project, session: Session): Promise<HandlerResults> {
  const config = project.native?.reachability;
  if (config === undefined) return { problems: [] };
  try {
    const reachability = await checkReachability(project.root, config, {
      memory: { cache: session.context.cache, runId: session.runId },
    });
    const reused = reachability.reused ? `  ${describeReuse(reachability.reused, Date.now())}` : '';
    session.context.live.say(`${marks[reachability.state]} handlers  ${reachability.reason}${reused}`);
    return { reachability, problems: [] };
  } catch (error) {
    if (error instanceof Problem) return { problems: [error] };
    throw error;
  }
}
