import { expect } from 'chai';
import { Problem } from '../../src/domain/problem.js';
import { findGrammar, loadGrammar, parseText, parseWith } from '../../src/source/grammars.js';

describe('grammars', () => {
  it('are found for TLA+ and C++ when run from sources', () => {
    expect(findGrammar('tlaplus')).to.match(/tree-sitter-tlaplus\.wasm$/);
    expect(findGrammar('cpp')).to.match(/tree-sitter-cpp\.wasm$/);
  });

  it('are loaded once', async () => {
    expect(await loadGrammar('tlaplus')).to.equal(await loadGrammar('tlaplus'));
  });

  it('parse TLA+ and C++', async () => {
    const tla = await parseText('tlaplus', '---- MODULE M ----\nA == 1\n====\n', 'M.tla');
    expect(tla.rootNode.hasError).to.equal(false);
    const cpp = await parseText('cpp', 'int f() { return 1; }\n', 'f.cc');
    expect(cpp.rootNode.hasError).to.equal(false);
  });

  it('give up on a parse at its deadline, naming the file', async () => {
    const grammar = await loadGrammar('tlaplus');
    const long = `---- MODULE M ----\n${'A == {x \\in S : /\\ x > 1 \\/ x < 2}\n'.repeat(20_000)}====\n`;
    let caught: unknown;
    try {
      parseWith(grammar, long, 'long.tla', 1);
    } catch (error) {
      caught = error;
    }
    expect(caught).to.be.instanceOf(Problem);
    expect((caught as Problem).code).to.equal('PARSE-TIMEOUT');
    expect((caught as Problem).message).to.contain('long.tla');
  });
});
