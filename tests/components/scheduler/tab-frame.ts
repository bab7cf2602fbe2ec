/** One tab of the clinic, in a frame: a schedule and a chart over a client of their own. The server is the page that holds the frame. */
import '../../../src/define/chart-viewer.js';
import '../../../src/define/provider.js';
import '../../../src/define/scheduler.js';
import { CareClient } from '../../../src/client/index.js';
import { NOW, ZONE } from '../../../stories/scheduler/clinic-day.js';

export interface TabSetup {
  baseUrl: string;
  session: string;
  fetch: (request: Request) => Promise<Response>;
  date: string;
  patient: string;
}
export interface Tab extends Window {
  client: CareClient;
}

const { setup } = window.parent as unknown as { setup: TabSetup };
const tab = window as unknown as Tab;
tab.client = new CareClient({
  baseUrl: setup.baseUrl,
  session: setup.session,
  // The server's Request and Response are those of the page.
  fetch: async (request) => {
    const body = request.method === 'GET' ? undefined : await request.text();
    const answer = await setup.fetch(
      new (window.parent as unknown as typeof globalThis).Request(request.url, {
        method: request.method,
        headers: [...request.headers],
        ...(body === undefined ? {} : { body }),
      }),
    );
    const text = await answer.text();
    return new Response(text === '' ? null : text, { status: answer.status, headers: [...answer.headers] });
  },
});
const provider = document.createElement('care-provider');
provider.client = tab.client;
provider.clock = { now: () => NOW, zone: ZONE };
provider.timeZone = ZONE;
const scheduler = document.createElement('care-scheduler');
scheduler.lang = 'en-AU';
scheduler.date = setup.date;
scheduler.hourCycle = 'h23';
scheduler.refreshEvery = 0;
scheduler.style.cssText = 'height:700px;width:1200px';
const chart = document.createElement('care-chart-viewer');
chart.lang = 'en-AU';
chart.patient = setup.patient;
provider.append(scheduler, chart);
document.body.append(provider);
