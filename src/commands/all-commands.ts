/** Every command of the program, in the order in which help lists them. */
import type { WorkbenchCommand } from './command.js';
import { doctor } from './doctor.js';

export const COMMANDS: WorkbenchCommand[] = [doctor];
