import { expect } from 'chai';
import { createApp, defineComponent, h, nextTick, reactive, ref, shallowRef, type App } from 'vue';
import { CareClient } from '../../src/client/index.js';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import '../../src/define.js';
import type { CareChartViewer } from '../../src/components/chart-viewer/index.js';
import type { CareProvider } from '../../src/components/provider/index.js';
import type { CareScheduler } from '../../src/components/scheduler/index.js';
import type { Patient } from '../../src/models/fhir/index.js';
import { clinicDay, DATE, PROVIDER_ORDER, ZONE } from '../../stories/scheduler/clinic-day.js';
import { until } from '../support/fixture.js';
import { watchListeners } from '../support/listeners.js';

const day = clinicDay();
const apps: { app: App; host: HTMLElement }[] = [];

/** Render functions, since templates compiled in the page need `new Function`, which a strict CSP refuses. */
function mount(render: () => ReturnType<typeof h>) {
  const host = document.createElement('div');
  document.body.append(host);
  const app = createApp(defineComponent({ render }));
  const faults: string[] = [];
  app.config.warnHandler = (message) => faults.push(message);
  app.mount(host);
  apps.push({ app, host });
  return { host, app, faults };
}

async function drawn<T extends Element>(host: ParentNode, tag: string): Promise<T> {
  const element = (await until(() => host.querySelector(tag))) as T & { updateComplete: Promise<unknown> };
  await element.updateComplete;
  return element;
}
const box = (element: Element) => until(() => element.shadowRoot!.querySelector<HTMLElement>('[part~="appointment"]'));
const scheduler = (props: object = {}) => h('care-scheduler', { ...day, providers: PROVIDER_ORDER, date: DATE, timeZone: ZONE, ...props });

describe('Vue', () => {
  afterEach(() => {
    for (const { app, host } of apps.splice(0)) {
      app.unmount();
      host.remove();
    }
  });

  it('sets objects as properties, hears typed events, and changes the element that is there', async () => {
    const heard: string[] = [];
    const readonly = ref(true);
    const appointments = shallowRef(day.appointments);
    const { host, faults } = mount(() =>
      scheduler({
        readonly: readonly.value,
        appointments: appointments.value,
        onCareAppointmentOpen: (event: HTMLElementEventMap['care-appointment-open']) => {
          event.preventDefault();
          heard.push(event.detail.appointment.resourceType);
        },
      }),
    );
    const element = await drawn<CareScheduler>(host, 'care-scheduler');
    expect(element.appointments === day.appointments).to.equal(true);
    expect(element.hasAttribute('readonly')).to.equal(true);
    (await box(element)).click();
    expect(heard).to.deep.equal(['Appointment']);

    readonly.value = false;
    appointments.value = day.appointments.slice(0, 1);
    await nextTick();
    await element.updateComplete;
    expect(host.querySelector('care-scheduler') === element).to.equal(true);
    expect(element.hasAttribute('readonly')).to.equal(false);
    await until(() => element.shadowRoot!.querySelectorAll('[part~="appointment"]').length === 1);
    expect(faults).to.deep.equal([]);
  });

  it('a property that is no longer given leaves an element that draws', async () => {
    const given = ref(true);
    const { host } = mount(() => (given.value ? scheduler({ step: 5, hourCycle: 'h12' }) : h('care-scheduler', { ...day })));
    const element = await drawn<CareScheduler>(host, 'care-scheduler');
    await box(element);
    given.value = false;
    await nextTick();
    await element.updateComplete;
    expect(element.shadowRoot!.querySelectorAll('.frame').length).to.equal(1);
  });

  it('after unmounting nothing is left on the page, and the element is gone', async () => {
    const once = async () => {
      const { host, app } = mount(() =>
        h('care-provider', { locale: 'en-AU' }, [scheduler(), h('care-patient-search'), h('care-chart-viewer')]),
      );
      await box(await drawn(host, 'care-scheduler'));
      apps.pop();
      app.unmount();
      expect(host.childElementCount).to.equal(0);
      host.remove();
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await once();
    const watch = watchListeners();
    try {
      await once();
      expect(watch.left()).to.deep.equal([]);
    } finally {
      watch.stop();
    }
  });

  it('records in a deep ref, which Vue wraps in proxies, are shown all the same', async () => {
    const patient: Patient = {
      resourceType: 'Patient',
      id: '1',
      name: [{ family: 'Quispe', given: ['Mariana'] }],
      birthDate: '1984-03-14',
    };
    const state = reactive({ resources: [patient] });
    const { host } = mount(() => h('care-chart-viewer', { resources: state.resources }));
    const element = await drawn<CareChartViewer>(host, 'care-chart-viewer');
    const banner = await until(() => element.shadowRoot!.querySelector('[part~="banner"]'));
    expect(banner.textContent).to.contain('Quispe');
  });

  it('a client in a deep ref stays itself, without a proxy around its private fields', async () => {
    const state = reactive({ client: new CareClient({ backend: createEmbeddedBackend() }) });
    const { host } = mount(() => h('care-provider', { client: state.client }));
    const element = await drawn<CareProvider>(host, 'care-provider');
    await until(() => element.status !== 'starting');
    expect(element.error).to.equal(undefined);
  });
});
