import { expect } from 'chai';
import fc from 'fast-check';
import type { Value } from '../../../src/domain/behaviour.js';
import { canonicaliseValue } from '../../../src/engine/values.js';
import { renderItf } from '../../../src/report/formats/itf.js';
import { namesIn, toItf, type ItfValue } from '../../../src/report/formats/itf-values.js';
import { statesOf } from '../../../src/report/view/behaviours.js';
import { viewOf } from '../recorded.js';

/** Reads a value back; `models` are the strings that stand for model values. */
function fromItf(value: ItfValue, models: ReadonlySet<string>): Value {
  const inner = (v: ItfValue): Value => fromItf(v, models);
  if (typeof value === 'boolean') return { kind: 'bool', value };
  if (typeof value === 'string') return { kind: models.has(value) ? 'model' : 'string', value };
  if (Array.isArray(value)) return { kind: 'seq', elements: value.map(inner) };
  if ('#bigint' in value) return { kind: 'int', value: value['#bigint'] as string };
  if ('#set' in value) return { kind: 'set', elements: (value['#set'] as ItfValue[]).map(inner) };
  if ('#map' in value) {
    const pairs = value['#map'] as [ItfValue, ItfValue][];
    return { kind: 'function', pairs: pairs.map(([k, v]) => ({ key: inner(k), value: inner(v) })) };
  }
  if ('#unserializable' in value) {
    const text = value['#unserializable'] as string;
    return { kind: /^\w+$/.test(text) ? 'model' : 'text', value: text };
  }
  const fields = Object.entries(value).map(([name, v]) => ({ name, value: inner(v) }));
  return { kind: 'record', fields };
}

const name = fc.constantFrom('t1', 't2', 'Nobody', 'x', '__proto__', 'constructor');
const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.bigInt().map((n): Value => ({ kind: 'int', value: n.toString() })),
    fc.boolean().map((value): Value => ({ kind: 'bool', value })),
    fc.oneof(name, fc.string({ unit: 'grapheme' })).map((value): Value => ({ kind: 'string', value })),
    name.map((value): Value => ({ kind: 'model', value })),
    fc.constantFrom('SUBSET S', '1..N').map((value): Value => ({ kind: 'text', value })),
    fc.array(tie('value'), { maxLength: 4 }).map((elements): Value => ({ kind: 'set', elements })),
    fc.array(tie('value'), { maxLength: 4 }).map((elements): Value => ({ kind: 'seq', elements })),
    fc
      .uniqueArray(fc.tuple(name, tie('value')), { maxLength: 4, selector: ([key]) => key })
      .map((fields): Value => ({ kind: 'record', fields: fields.map(([n, value]) => ({ name: n, value })) })),
    fc
      .array(fc.record({ key: tie('value'), value: tie('value') }), { maxLength: 4 })
      .map((pairs): Value => ({ kind: 'function', pairs })),
  ),
}));

describe('the Informal Trace Format', () => {
  it('keeps every value: what is read back is what was written', () => {
    fc.assert(
      fc.property(anyValue.map(canonicaliseValue), (value) => {
        const [strings, models] = [new Set<string>(), new Set<string>()];
        namesIn(value, strings, models);
        const written = JSON.parse(JSON.stringify(toItf(value, strings))) as ItfValue;
        const plain = new Set([...models].filter((m) => !strings.has(m)));
        expect(canonicaliseValue(fromItf(written, plain))).to.deep.equal(value);
      }),
      { numRuns: 500 },
    );
  });

  it('has a file for each counterexample, with actions, threads and places in #meta', async () => {
    const view = await viewOf(['check-odd']);
    const files = renderItf(view);
    expect(files.map((f) => f.name)).to.deep.equal([
      'specs-Odd-odd.itf.json',
      'specs-Odd-lasso.itf.json',
      'specs-Odd-lasso-NoEscape-alone.itf.json',
    ]);
    const trace = JSON.parse(files[0]!.text) as { states: Record<string, ItfValue>[]; vars: string[] };
    expect(trace.vars).to.deep.equal(['pc', 'seen', 'text']);
    expect(trace.states).to.have.length(5);
    expect(trace.states[1]!['#meta']).to.deep.equal({
      ...{ index: 1, action: 'Say', arguments: [], thread: 't1' },
      place: { path: 'specs/Odd/Odd.tla', line: 12, column: 21 },
    });
    expect(trace).to.not.have.property('loop');
  });

  it('every state of a trace is the state of the run, read back', async () => {
    const view = await viewOf(['check-odd']);
    const run = view.models.flatMap((m) => m.runs).find((r) => r.name === 'specs/Odd/lasso.cfg')!;
    const file = renderItf(view).find((f) => f.name === 'specs-Odd-lasso.itf.json')!;
    const trace = JSON.parse(file.text) as {
      '#meta': { modelValues: string[] };
      states: Record<string, ItfValue>[];
      loop: number;
    };
    const models = new Set(trace['#meta'].modelValues);
    expect([...models]).to.deep.equal(['Nobody', 't1', 't2']);
    const read = trace.states.map(({ '#meta': _meta, ...variables }) =>
      Object.fromEntries(
        Object.entries(variables).map(([n, v]) => [n, canonicaliseValue(fromItf(v, models))]),
      ),
    );
    expect(read).to.deep.equal(statesOf(run.behaviour!));
    const ending = run.behaviour!.ending;
    expect(trace.loop, 'counted from 0').to.equal(ending.kind === 'back' ? ending.to - 1 : -1);
  });

  it('a behaviour that stutters goes back to its last state', async () => {
    const view = await viewOf(['check-odd']);
    view.models[0]!.runs.forEach((r) => r.behaviour && (r.behaviour.ending = { kind: 'stutters' }));
    for (const model of view.models)
      for (const run of model.runs) if (run.behaviour) run.behaviour.ending = { kind: 'stutters' };
    const trace = JSON.parse(renderItf(view)[0]!.text) as { loop: number; states: unknown[] };
    expect(trace.loop).to.equal(trace.states.length - 1);
  });

  it('calls a trace a violation only where a property is violated', async () => {
    const view = await viewOf(['check-odd']);
    const run = view.models.flatMap((model) => model.runs).find((one) => one.behaviour)!;
    const status = (): unknown =>
      (JSON.parse(renderItf(view)[0]?.text ?? '') as { '#meta': { status: string } })['#meta'].status;
    expect(status()).to.equal('violation');
    run.outcome = { kind: 'EvaluationError', message: 'the first argument of Assert is FALSE' };
    expect(status()).to.equal('error');
    run.outcome = { kind: 'Deadlock' };
    expect(status()).to.equal('deadlock');
  });
});
