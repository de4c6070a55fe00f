import { expect } from 'chai';
import { fileURLToPath } from 'node:url';
import { checkReachability } from '../../../src/native/reachability/reachability.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What each control of the smoke tests does wrong in its handler, and the file that registers it. */
const controls = {
  'mps-fork-handler-locks.cpp': {
    beside: [],
    message: 'handler mps::markForkedChild calls pthread_mutex_lock (async-signal-unsafe)',
  },
  'mps-interrupt-handler-locks.cpp': {
    beside: ['native/mps/trace.cpp'],
    message: 'handler mps::handleInterrupt calls mps::logStatistics (async-signal-unsafe)',
  },
};

describe('the wrong handlers of native/smoke/controls', () => {
  for (const [file, { beside, message }] of Object.entries(controls)) {
    it(`${file} fails the check of handlers, too`, async () => {
      const files = [`native/smoke/controls/${file}`, ...beside];
      const allowed = 'native/async-signal-safe.json';
      const result = await checkReachability(root, { files, allowed, flags: ['-Inative'] });
      expect(result.state).to.equal('failed');
      expect(result.faults.map((fault) => fault.message)).to.include(message);
    });
  }
});
