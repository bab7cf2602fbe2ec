// Two tabs of one session, as two frames of one origin: each with its own modules, client and widgets, and one server behind both.
import { expect } from 'chai';
import { createEmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import type { Appointment, Patient } from '../../../src/models/fhir/index.js';
import { clinicDay, DATE, NOW } from '../../../stories/scheduler/clinic-day.js';
import { until } from '../../support/fixture.js';
import type { Tab, TabSetup } from './tab-frame.js';

const NOOR = 'Noor El-Masri';
const frames: HTMLIFrameElement[] = [];

const open = async (): Promise<Tab> => {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'width:1240px;height:1400px';
  document.body.append(frame);
  frames.push(frame);
  const script = frame.contentDocument!.createElement('script');
  script.type = 'module';
  script.src = new URL('./tab-frame.js', import.meta.url).href;
  frame.contentDocument!.head.append(script);
  await until(() => (frame.contentWindow as unknown as Partial<Tab>).client, 15_000);
  return frame.contentWindow as unknown as Tab;
};
const text = (tab: Tab, tag: string, part: string, having = ''): string[] =>
  [...(tab.document.querySelector(tag)?.shadowRoot?.querySelectorAll(`[part~="${part}"]`) ?? [])]
    .map((each) => (each.textContent ?? '').replace(/\s+/g, ' ').trim())
    .filter((each) => each.includes(having));
const appointment = (tab: Tab): string => text(tab, 'care-scheduler', 'appointment', NOOR).join(' | ');
const banner = (tab: Tab): string => text(tab, 'care-chart-viewer', 'banner').join(' | ');

describe('two tabs of one session', () => {
  const { appointments, related } = clinicDay();
  const noor = related.find((each): each is Patient => each.resourceType === 'Patient' && JSON.stringify(each.name).includes('El-Masri'))!;
  const backend = createEmbeddedBackend({ now: () => NOW });
  const asked: string[] = [];
  let online = true;
  const setup: TabSetup = {
    baseUrl: backend.baseUrl,
    session: `test-${Math.random()}`,
    fetch: (request) => {
      asked.push(`${request.method} ${request.url.slice(backend.baseUrl.length + 1)}`);
      return online ? backend.handle(request) : Promise.reject(new TypeError('Failed to fetch'));
    },
    date: DATE,
    patient: `Patient/${noor.id}`,
  };
  let [here, there]: Tab[] = [];

  before(async function () {
    this.timeout(60_000);
    await backend.import([...related, ...appointments] as never);
    Object.assign(window, { setup });
    [here, there] = [await open(), await open()];
    for (const tab of [here, there]) await until(() => appointment(tab) !== '' && banner(tab).includes('El-Masri'), 30_000);
  });
  after(() => frames.splice(0).forEach((frame) => frame.remove()));

  it('an appointment that is moved in one is where it was put in the other, without polling', async () => {
    expect(appointment(there!)).to.include('15:30');
    const told: unknown[] = [];
    const channel = new BroadcastChannel(`carelet ${backend.baseUrl} ${setup.session}`);
    channel.onmessage = ({ data }) => told.push(data);
    const of = (each: Appointment): boolean => JSON.stringify(each.participant).includes(`Patient/${noor.id}`);
    const { id } = appointments.find(of)!;
    const moved = await here!.client.read('Appointment', id!);
    const later = (instant: string | undefined): string => new Date(Date.parse(instant!) + 3_600_000).toISOString();
    await (await here!.client.scheduling()).reschedule({ ...moved, start: later(moved.start), end: later(moved.end) });
    for (const tab of [there!, here!]) await until(() => appointment(tab).includes('16:30'), 10_000);
    expect(told).to.deep.equal([{ changes: [['Appointment', id, '2', false]] }]);
    channel.close();
  });

  it('a corrected name is in the other’s chart and schedule', async () => {
    const patient = await here!.client.read('Patient', noor.id!);
    patient.name = [{ use: 'official', family: 'Corrected', given: ['Noor'] }];
    await here!.client.update(patient);
    for (const tab of [there!, here!]) await until(() => banner(tab).includes('Corrected'), 10_000);
    await until(() => text(there!, 'care-scheduler', 'appointment', 'Noor Corrected').length > 0, 10_000);
  });

  it('signing out in one takes the records off the other’s screen', async () => {
    here!.client.signOut();
    for (const tab of [here!, there!]) {
      await until(() => text(tab, 'care-provider', 'fault').length > 0, 10_000);
      const seen = (): string =>
        ['care-scheduler', 'care-chart-viewer'].map((tag) => tab.document.querySelector(tag)!.shadowRoot!.textContent).join();
      await until(() => !/Noor|Corrected|El-Masri/.test(seen()), 10_000);
      expect(text(tab, 'care-scheduler', 'appointment')).to.deep.equal([]);
    }
    online = false;
    const before = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked.length, 'nobody asks any more').to.equal(before);
  });
});
