import { expect } from 'chai';
import { readTerminal } from '../../src/host/terminal.js';

const tty = { isTTY: true, columns: 120 };

describe('host/terminal', () => {
  it('a terminal has colour, live progress and a width', () => {
    const facts = readTerminal({ TERM: 'xterm' }, tty, tty);
    expect(facts).to.deep.equal({ live: true, color: true, width: 120, ci: false, links: true });
  });

  it('NO_COLOR, TERM=dumb, CI and a pipe each take away what they must', () => {
    expect(readTerminal({ NO_COLOR: '1', FORCE_COLOR: '1' }, tty, tty)).to.include({
      color: false,
      live: true,
    });
    expect(readTerminal({ NO_COLOR: '' }, tty, tty).color).to.equal(true);
    expect(readTerminal({ TERM: 'dumb' }, tty, tty)).to.include({ color: false, live: false, links: false });
    expect(readTerminal({ CI: 'true' }, tty, tty)).to.include({ live: false, ci: true });
    expect(readTerminal({}, {}, {})).to.include({ color: false, live: false, width: 120 });
    expect(readTerminal({}, {}, tty)).to.include({ color: false, live: true });
  });

  it('FORCE_COLOR colours a pipe', () => {
    expect(readTerminal({ FORCE_COLOR: '1' }, {}, {}).color).to.equal(true);
  });
});
