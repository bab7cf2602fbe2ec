import { expect } from 'chai';
import { destroyPersistence, type PersistenceOptions } from '../../../../src/client/backends/embedded/index.js';
import { fresh, freshName, openTab } from './tab.js';
import type { Told } from './writer-frame.js';

/** A real page of its own that writes until it is taken away. */
async function startFrame(options: PersistenceOptions, frame: string): Promise<HTMLIFrameElement> {
  const element = document.createElement('iframe');
  element.srcdoc = '<!doctype html><title>A page</title>';
  const loaded = new Promise((resolve) => element.addEventListener('load', resolve, { once: true }));
  document.body.append(element);
  await loaded;
  const inner = element.contentWindow!;
  const ready = new Promise<void>((resolve) => {
    const hear = ({ source, data }: MessageEvent<{ ready?: boolean }>): void => {
      if (source !== inner || !data.ready) return;
      removeEventListener('message', hear);
      resolve();
    };
    addEventListener('message', hear);
  });
  const script = inner.document.createElement('script');
  script.type = 'module';
  script.src = new URL('./writer-frame.js', import.meta.url).href;
  inner.document.head.append(script);
  await ready;
  inner.postMessage({ options, frame }, location.origin);
  return element;
}

describe('frames that are removed while they write', function () {
  this.timeout(60_000);

  it('have written all that they were told is written, once each', async () => {
    const options: PersistenceOptions = { name: freshName(), key: await fresh() };
    const told: Told[] = [];
    const hear = ({ data }: MessageEvent<Told | { ready: boolean }>): void => void ('token' in data && told.push(data));
    addEventListener('message', hear);
    let killed = 0;
    for (let round = 0; round < 4; round++) {
      const frames = await Promise.all(['a', 'b'].map((one) => startFrame(options, `${one}${round}`)));
      for (const element of frames) {
        const before = told.length;
        while (told.length < before + 3) await new Promise((resolve) => setTimeout(resolve, 3 + 4 * round));
        element.remove();
        killed++;
      }
    }
    removeEventListener('message', hear);

    const tab = await openTab(options);
    const tokens = tab.store.log.map(({ text }) => (JSON.parse(text!) as { code: { text: string } }).code.text);
    expect((await tab.open())!.status().problems).to.deep.equal([]);
    expect(new Set(tokens).size, 'none is written twice').to.equal(tokens.length);
    for (const { token, id } of told) {
      expect(tokens, `${token} is there`).to.include(token);
      expect(tab.store.get('Basic', id)!.versions[0]!.text).to.contain(`"${token}"`);
    }
    // What was written and not told is at most one write of each frame.
    expect(tokens.length - told.length).to.be.within(0, killed);
    console.log(`frames: ${killed} removed, ${told.length} acknowledged, ${tokens.length} written`);
    await (await tab.open())!.destroy();
    await destroyPersistence({ name: options.name! });
  });
});
