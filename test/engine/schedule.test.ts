import { expect } from 'chai';
import { readPhase, readProgressLine } from '../../src/engine/progress.js';
import { runScheduled, type Scheduled } from '../../src/engine/schedule.js';

describe('scheduling', () => {
  const recorded = async (slots: number, seconds: [string, number, boolean][]): Promise<string[]> => {
    const order: string[] = [];
    const jobs: Scheduled<string>[] = seconds.map(([name, expectedSeconds, large]) => ({
      expectedSeconds,
      large,
      run: () => {
        order.push(name);
        return Promise.resolve(name);
      },
    }));
    expect(await runScheduled(jobs, slots)).to.deep.equal(seconds.map(([name]) => name));
    return order;
  };

  it('starts the longest first, unknown ones before known ones', async () => {
    const order = await recorded(1, [
      ['short', 1, false],
      ['long', 9, false],
      ['unknown', 0, false],
    ]);
    expect(order).to.deep.equal(['unknown', 'long', 'short']);
  });

  it('runs those that need the whole machine before all others', async () => {
    expect(
      await recorded(2, [
        ['small', 9, false],
        ['large', 1, true],
      ]),
    ).to.deep.equal(['large', 'small']);
  });

  it('never runs more at once than there are slots', async () => {
    let now = 0;
    let most = 0;
    const job: Scheduled<void> = {
      expectedSeconds: 1,
      large: false,
      run: async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now--;
      },
    };
    await runScheduled(
      Array.from({ length: 7 }, () => ({ ...job })),
      3,
    );
    expect(most).to.equal(3);
  });
});

describe('progress of a run', () => {
  it("is read from the launcher's lines and from nothing else", () => {
    expect(readProgressLine('@wb progress 12 5 3')).to.deep.equal({ generated: 12, distinct: 5, queue: 3 });
    expect(readProgressLine('@wb progress 12 5 3 4')?.depth).to.equal(4);
    expect(readProgressLine('Progress(7): 12 states generated')).to.equal(undefined);
  });

  it('has the phase that the last message code announces', () => {
    expect(readPhase('@!@!@STARTMSG 2189:0 @!@!@\n@!@!@STARTMSG 2190:0 @!@!@')).to.equal('exploring');
    expect(readPhase('@!@!@STARTMSG 2200:0 @!@!@')).to.equal(undefined);
  });
});
