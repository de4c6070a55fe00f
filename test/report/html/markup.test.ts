import { expect } from 'chai';
import { markup } from '../../../src/report/html/markup.js';

describe('markup from a template', () => {
  it('escapes what a text or an attribute must not hold, and keeps markup', () => {
    const text = `</td><img src=x onerror="f()"> & 'x'`;
    const inner = markup`<b>${text}</b>`;
    expect(inner.markup).to.equal(`<b>&lt;/td>&lt;img src=x onerror="f()"> &amp; 'x'</b>`);
    expect(markup`<a title="at ${text} and ${'"'}" href="#${'a"b'}">${'"'}${inner}${2}</a>`.markup).to.equal(
      `<a title="at &lt;/td>&lt;img src=x onerror=&quot;f()&quot;> &amp; 'x' and &quot;" href="#a&quot;b">"${inner.markup}2</a>`,
    );
    expect(markup`<p>${[inner, inner]}</p>`.markup).to.equal(`<p>${inner.markup}${inner.markup}</p>`);
  });
});
