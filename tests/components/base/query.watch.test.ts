import { expect } from 'chai';
import { isNewsTo, QueryController, type QueryResult } from '../../../src/components/base/index.js';
import { cleanup, until } from '../../support/fixture.js';
import { deferred, hold } from './support.js';

/** A query whose answers, and changes, the test gives. */
async function watched() {
  const asks: ((result: QueryResult<number>) => void)[] = [];
  const watches: { patient: string; changed: (isNews: (data: number) => boolean) => void; ended: boolean }[] = [];
  let patient = 'p1';
  const { host, controller } = await hold(
    (element) =>
      new QueryController<readonly [string], number>(element, {
        args: () => [patient],
        run: () => {
          const { promise, resolve } = deferred<QueryResult<number>>();
          asks.push(resolve);
          return promise;
        },
        watch: ([one], changed) => {
          const watch = { patient: one, changed, ended: false };
          watches.push(watch);
          return () => (watch.ended = true);
        },
      }),
  );
  const ask = async (next: string) => {
    patient = next;
    host.requestUpdate();
    await host.updateComplete;
  };
  const answer = async (data: number) => {
    asks.at(-1)!({ data, complete: true });
    await until(() => controller.data === data);
  };
  /** Longer than changes are gathered. */
  const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 120));
  return { host, controller, asks, watches, ask, answer, moment };
}
const isNews = (): boolean => true;

describe('QueryController that watches', () => {
  afterEach(() => {
    cleanup();
    document.body.querySelectorAll(':scope > :not(div, script)').forEach((element) => element.remove());
  });

  it('asks again once for changes of one moment, and shows what was there meanwhile', async () => {
    const { controller, asks, watches, answer } = await watched();
    await answer(1);
    for (let i = 0; i < 5; i++) watches[0]!.changed(isNews);
    await until(() => asks.length === 2);
    expect(controller.state).to.include({ status: 'pending', data: 1 });
    await answer(2);
    expect(controller.state.status).to.equal('complete');
    expect(asks).to.have.length(2);
  });

  it('does not ask for what its answer has', async () => {
    const { controller, asks, watches, answer, moment } = await watched();
    await answer(1);
    watches[0]!.changed((data) => data < 2);
    controller.mutate(() => 2);
    await moment();
    expect(asks).to.have.length(1);
  });

  it('asks once more when something changes while it is being asked', async () => {
    const { asks, watches, answer, moment } = await watched();
    watches[0]!.changed(() => false);
    await moment();
    expect(asks).to.have.length(1);
    await answer(1);
    await until(() => asks.length === 2);
    await answer(2);
    await moment();
    expect(asks).to.have.length(2);
  });

  it('listens for the question that is asked, while the element is in the page', async () => {
    const { host, asks, watches, ask, answer, moment } = await watched();
    await answer(1);
    watches[0]!.changed(isNews);
    await ask('p2');
    await moment();
    expect(asks, 'a change that concerned p1').to.have.length(2);
    await answer(2);
    const parent = host.parentNode!;
    host.remove();
    expect(watches.map(({ patient, ended }) => [patient, ended])).to.deep.equal([
      ['p1', true],
      ['p2', true],
    ]);
    parent.append(host);
    await host.updateComplete;
    expect(watches.at(-1)).to.include({ patient: 'p2', ended: false });
  });
});

describe('a change', () => {
  const held = [{ resourceType: 'Patient', id: 'p1', meta: { versionId: '2' } }];
  const change = (more: object) => isNewsTo(held, { type: 'Patient', id: 'p1', versionId: '2', deleted: false, from: 'tab', ...more });
  it('is news unless that very version is at hand, or what was deleted is not', () => {
    expect(change({})).to.equal(false);
    for (const more of [
      { versionId: '3' },
      { versionId: undefined },
      { id: 'p2' },
      { id: undefined },
      { id: undefined, deleted: true },
      { deleted: true },
    ])
      expect(change(more), JSON.stringify(more)).to.equal(true);
    expect(change({ id: 'p2', deleted: true })).to.equal(false);
  });
});
