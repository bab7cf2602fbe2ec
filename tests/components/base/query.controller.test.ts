import { expect } from 'chai';
import { QueryController, type QueryResult, type QueryState } from '../../../src/components/base/index.js';
import { CareError } from '../../../src/models/errors.js';
import { cleanup, until } from '../../support/fixture.js';
import { deferred, hold, type Holder } from './support.js';

interface Ask {
  args: readonly unknown[];
  signal: AbortSignal;
  answer: (result: QueryResult<string[]>) => void;
  fail: (error: unknown) => void;
}

/** A query whose answers the test gives, one by one. */
async function query(first: readonly [string | undefined]) {
  const asks: Ask[] = [];
  const seen: string[] = [];
  let patient = first[0];
  const { host, controller } = await hold(
    (host) =>
      new QueryController<readonly [string], string[]>(host, {
        args: () => (patient === undefined ? undefined : [patient]),
        run: (args, { signal }) => {
          const { promise, resolve, reject } = deferred<QueryResult<string[]>>();
          asks.push({ args, signal, answer: resolve, fail: reject });
          return promise;
        },
        now: () => new Date('2026-11-24T09:00:00Z'),
        changed: (state) => seen.push(state.status),
      }),
  );
  const ask = async (next: string | undefined) => {
    patient = next;
    host.requestUpdate();
    await host.updateComplete;
  };
  return { host, controller, asks, seen, ask };
}
const whole = (...data: string[]): QueryResult<string[]> => ({ data, complete: true });
const settled = async (host: Holder) => {
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  await host.updateComplete;
};
const is = (state: QueryState<string[]>, status: string) => expect(state.status).to.equal(status);

describe('QueryController', () => {
  afterEach(() => {
    cleanup();
    document.body.querySelectorAll(':scope > :not(div, script)').forEach((element) => element.remove());
  });

  it('asks nothing while not enough is known', async () => {
    const { controller, asks } = await query([undefined]);
    is(controller.state, 'initial');
    expect(asks).to.have.length(0);
  });

  it('goes from pending to complete, with the time of the answer', async () => {
    const { host, controller, asks } = await query(['p1']);
    is(controller.state, 'pending');
    expect(controller.data).to.equal(undefined);
    asks[0]!.answer({ data: ['a'], complete: false, warnings: [{ code: 'page-budget', message: 'More exist.' }] });
    await settled(host);
    expect(controller.state).to.deep.include({ status: 'complete', data: ['a'], complete: false, at: new Date('2026-11-24T09:00:00Z') });
  });

  it('does not ask again while its arguments are the same', async () => {
    const { host, asks } = await query(['p1']);
    host.requestUpdate();
    await host.updateComplete;
    expect(asks).to.have.length(1);
  });

  it('aborts the outdated request and never shows its answer', async () => {
    const { host, controller, asks, ask } = await query(['p1']);
    await ask('p2');
    expect(asks[0]!.signal.aborted).to.equal(true);
    asks[1]!.answer(whole('of p2'));
    await settled(host);
    asks[0]!.answer(whole('of p1'));
    await settled(host);
    expect(controller.data).to.deep.equal(['of p2']);
  });

  it('an outdated failure does not replace a good answer', async () => {
    const { host, controller, asks, ask } = await query(['p1']);
    await ask('p2');
    asks[1]!.answer(whole('of p2'));
    await settled(host);
    asks[0]!.fail(new CareError('server', 'x'));
    await settled(host);
    is(controller.state, 'complete');
  });

  it('drops what was shown when the question changes: rows of one patient never stand under another', async () => {
    const { host, controller, asks, ask } = await query(['p1']);
    asks[0]!.answer(whole('of p1'));
    await settled(host);
    await ask('p2');
    is(controller.state, 'pending');
    expect(controller.data).to.equal(undefined);
    await ask(undefined);
    is(controller.state, 'initial');
  });

  it('keeps the last answer while it asks again, and whether it was whole', async () => {
    const { host, controller, asks } = await query(['p1']);
    asks[0]!.answer({ data: ['a'], complete: false });
    await settled(host);
    const again = controller.refetch();
    expect(controller.state).to.deep.include({ status: 'pending', data: ['a'], complete: false });
    asks[1]!.fail(new CareError('offline', 'x'));
    await again;
    expect(controller.state).to.deep.include({ status: 'error', data: ['a'], complete: false, at: new Date('2026-11-24T09:00:00Z') });
  });

  it('draws no skeleton at once, but after a while; says when it is slow', async () => {
    const { controller } = await query(['p1']);
    expect(controller.state).to.include({ skeleton: false, slow: false });
    await until(() => controller.state.status === 'pending' && controller.state.skeleton);
    expect(controller.state).to.include({ slow: false });
    await until(() => controller.state.status === 'pending' && controller.state.slow, 8000);
  });

  it('a fast answer is never followed by a skeleton', async () => {
    const { host, controller, asks, seen } = await query(['p1']);
    asks[0]!.answer(whole('a'));
    await settled(host);
    await new Promise((resolve) => setTimeout(resolve, 400));
    is(controller.state, 'complete');
    expect(seen.filter((status) => status === 'pending')).to.have.length(1);
  });

  it('turns what is thrown into a CareError whose words hold nothing of it', async () => {
    const { host, controller, asks } = await query(['p1']);
    asks[0]!.fail(new TypeError('QUISPE, Mariana is undefined'));
    await settled(host);
    const { state } = controller;
    if (state.status !== 'error') throw new Error(state.status);
    expect(state.error.kind).to.equal('malformed');
    expect(JSON.stringify(state.error) + state.error.message).not.to.contain('QUISPE');
  });

  it('aborts when the element goes, and asks again when it comes back, showing what was there', async () => {
    const { host, controller, asks } = await query(['p1']);
    asks[0]!.answer(whole('a'));
    await settled(host);
    const again = controller.refetch();
    host.remove();
    expect(asks[1]!.signal.aborted).to.equal(true);
    asks[1]!.answer(whole('late'));
    await again;
    expect(controller.data).to.deep.equal(['a']);
    document.body.append(host);
    await settled(host);
    expect(asks).to.have.length(3);
    expect(controller.state).to.deep.include({ status: 'pending', data: ['a'] });
  });

  it('asks nothing while it is away, whatever changes', async () => {
    const { host, controller, asks, ask } = await query(['p1']);
    host.remove();
    await ask('p2');
    await controller.refetch();
    expect(asks).to.have.length(1);
    document.body.append(host);
    await settled(host);
    expect(asks[1]!.args).to.deep.equal(['p2']);
  });

  it('mutate puts in a change without asking, also while a refresh is under way', async () => {
    const { host, controller, asks } = await query(['p1']);
    controller.mutate(() => ['nothing to change yet']);
    expect(controller.data).to.equal(undefined);
    asks[0]!.answer(whole('a'));
    await settled(host);
    const again = controller.refetch();
    controller.mutate((rows) => [...rows, 'b']);
    expect(controller.data).to.deep.equal(['a', 'b']);
    asks[1]!.fail(new CareError('offline', 'x'));
    await again;
    expect(controller.data).to.deep.equal(['a', 'b']);
  });
});
