import { expect } from 'chai';
import { hashFunctions } from '../../src/source/function-code.js';

const one = async (body: string): Promise<string | undefined> =>
  (await hashFunctions('a.cpp', `// @claim A!B\nint f(int x) {${body}}\nint g() { return 1; }\n`))[0];

describe('hashFunctions', () => {
  it('gives each function of a file a hash, in their order', async () => {
    const hashes = await hashFunctions('a.cpp', 'int f() { return 1; }\nint g() { return 2; }\n');
    expect(new Set(hashes).size).to.equal(2);
  });

  it('comments and layout are no change', async () => {
    expect(await one(' return x; ')).to.equal(await one('\n  // why\n  return   x; /* so */\n'));
  });

  it('its own name is no change, and what it calls is', async () => {
    const [f, g, h] = await hashFunctions(
      'a.cpp',
      'int f(int x) { return k(x); }\nint g(int x) { return k(x); }\nint h(int x) { return l(x); }\n',
    );
    expect(g).to.equal(f);
    expect(h).to.not.equal(f);
  });

  it('code is, also in a string', async () => {
    expect(await one(' return x; ')).to.not.equal(await one(' return x + 1; '));
    expect(await one(' puts("a // b"); ')).to.not.equal(await one(' puts("a // c"); '));
  });
});
