import { expect } from 'chai';
import { setViewport } from '@web/test-runner-commands';
import { cleanup } from '../../support/fixture.js';
import { apart, pixelsOf } from '../../support/pixels.js';
import { box, plain } from './support.js';

/** Where a state is a shape, the shape has to be painted: engines have lost it while all of the DOM was right. */
describe('<care-scheduler> as it is painted', () => {
  before(() => setViewport({ width: 1300, height: 950 }));
  after(() => setViewport({ width: 800, height: 600 }));
  afterEach(cleanup);

  const settled = async (): Promise<void> => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  };

  /** How much of the edge, two pixels in, is not as the box's middle is: in all, and how often it changes. */
  async function edgeOf(name: string): Promise<{ drawn: number; changes: number }> {
    const scheduler = await plain();
    const button = box(scheduler, name);
    button.scrollIntoView({ block: 'center' });
    await settled();
    const pixels = await pixelsOf(button, 2);
    const ground = pixels.at(Math.floor(pixels.width / 2), pixels.height - 3);
    const rows = Array.from({ length: pixels.height }, (_, y) => apart(pixels.at(0, y), ground) > 60);
    return {
      drawn: rows.filter(Boolean).length / rows.length,
      changes: rows.filter((is, y) => y > 0 && is !== rows[y - 1]).length,
    };
  }

  it('an appointment that is confirmed has a whole edge', async () => {
    const { drawn, changes } = await edgeOf('Oskar Lindqvist');
    expect(drawn).to.be.greaterThan(0.95);
    expect(changes).to.be.lessThan(3);
  });

  it('one that is not confirmed has an edge of dashes, 7 px in 12', async () => {
    const { drawn, changes } = await edgeOf('Siobhan Gallagher');
    expect(drawn).to.be.within(0.45, 0.72);
    expect(changes).to.be.within(6, 12);
  });

  it('one that was cancelled is hatched, a line every 6 px', async () => {
    const scheduler = await plain();
    const button = box(scheduler, 'Matteo Bianchi');
    button.scrollIntoView({ block: 'center' });
    await settled();
    const pixels = await pixelsOf(button, 3);
    // Below the words and left of nothing: a row near the lower edge. A line at 45 degrees meets it every 6 √2 = 8.5 px.
    const y = pixels.height - 2;
    const row = Array.from({ length: pixels.width }, (_, x) => pixels.at(x, y));
    const lightest = row.reduce((one, other) => (one[0] + one[1] + one[2] >= other[0] + other[1] + other[2] ? one : other));
    const dark = row.map((colour) => apart(colour, lightest) > 6);
    const lines = dark.filter((is, x) => is && !dark[x - 1]).length;
    expect(lines).to.be.within(Math.floor(pixels.width / 10), Math.ceil(pixels.width / 7));
  });
});
