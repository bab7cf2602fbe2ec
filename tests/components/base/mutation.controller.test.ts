import { expect } from 'chai';
import { MutationController } from '../../../src/components/base/index.js';
import { CareError } from '../../../src/models/errors.js';
import { deferred, hold } from './support.js';

async function mutation() {
  const writes: ReturnType<typeof deferred<string>>[] = [];
  const { host, controller } = await hold(
    (host) =>
      new MutationController<string, string>(host, () => {
        const write = deferred<string>();
        writes.push(write);
        return write.promise;
      }),
  );
  return { host, controller, writes };
}

describe('MutationController', () => {
  it('keeps the input of a write that failed', async () => {
    const { host, controller, writes } = await mutation();
    const run = controller.run('note');
    expect(controller.state).to.deep.equal({ status: 'pending', input: 'note' });
    writes[0]!.reject(new CareError('offline', 'x'));
    const state = await run;
    expect(state).to.include({ status: 'error', input: 'note' });
    expect(controller.state).to.equal(state);
    host.remove();
  });

  it('tells of the last write only, and gives each caller the outcome of its own', async () => {
    const { host, controller, writes } = await mutation();
    const [first, second] = [controller.run('a'), controller.run('b')];
    writes[1]!.resolve('saved b');
    expect(await second).to.include({ status: 'done', result: 'saved b' });
    writes[0]!.resolve('saved a');
    expect(await first).to.include({ status: 'done', result: 'saved a' });
    expect(controller.state).to.include({ input: 'b', result: 'saved b' });
    host.remove();
  });

  it('does not give up a write when the element goes', async () => {
    const { host, controller, writes } = await mutation();
    const run = controller.run('a');
    host.remove();
    writes[0]!.resolve('saved');
    expect(await run).to.include({ status: 'done' });
    expect(controller.state).to.include({ status: 'done' });
  });

  it('reset forgets, also a write that is still under way', async () => {
    const { host, controller, writes } = await mutation();
    const run = controller.run('a');
    controller.reset();
    writes[0]!.reject(new Error('late'));
    await run;
    expect(controller.state).to.deep.equal({ status: 'idle' });
    host.remove();
  });
});
