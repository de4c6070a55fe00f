/** Every command of the program, in the order in which help lists them. */
import { build } from './build.js';
import { check } from './check.js';
import type { WorkbenchCommand } from './command.js';
import { coverage } from './coverage.js';
import { doctor } from './doctor.js';
import { init } from './init.js';
import { gate } from './gate.js';
import { report } from './report.js';
import { run } from './run.js';
import { runs } from './runs.js';
import { verify } from './verify.js';

export const COMMANDS: WorkbenchCommand[] = [verify, check, coverage, build, gate, report, run, runs, init, doctor];
