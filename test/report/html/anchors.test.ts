import { expect } from 'chai';
import { idOf, linkTo } from '../../../src/report/html/anchors.js';

describe('the address of a thing in the report', () => {
  it('is what a person would write, for claims and for paths', () => {
    expect(linkTo('claim', 'M!NoLeak')).to.equal('#claim=M!NoLeak');
    expect(linkTo('model', 'specs/M/a-b.cfg')).to.equal('#model=specs/M/a-b.cfg');
  });

  it('holds nothing that a browser would change or an attribute could end at', () => {
    const odd = idOf('model', 'a b"c<d>&e%f#gü\u202e.cfg');
    expect(odd).to.match(/^[\w=~./]+$/);
    expect(decodeURIComponent(new URL(`file:///x#${odd}`).hash)).to.equal(`#${odd}`);
  });

  it('is another one for another thing', () => {
    const names = ['a b', 'a~20b', 'a  b', 'a\u0020\u0020b', 'ab'];
    expect(new Set(names.map((name) => idOf('run', name))).size).to.equal(new Set(names).size);
  });
});
