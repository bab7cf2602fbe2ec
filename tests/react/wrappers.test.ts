import { expect } from 'chai';
import React, { type ReactNode } from 'react';
import { VERSION } from '../../src/components/base/index.js';
import type { CareEventMap } from '../../src/react/index.js';
import {
  CareChartViewer,
  CarePatientSearch,
  CareProvider,
  CareScheduler,
  type CareProviderElement,
  type CareSchedulerElement,
  type CareSchedulerProps,
} from '../../src/react/index.js';
import { clinicDay, DATE, NOW, PROVIDER_ORDER, ZONE } from '../../stories/scheduler/clinic-day.js';
import { until } from '../support/fixture.js';
import { watchListeners } from '../support/listeners.js';
import { cleanUp, drawn, mount } from './support.js';

const { createElement, createRef, StrictMode } = React;
const day = clinicDay();
const clock = { now: () => NOW, zone: ZONE };
const scheduler = (props: CareSchedulerProps = {}) =>
  createElement(CareScheduler, { ...day, providers: PROVIDER_ORDER, date: DATE, timeZone: ZONE, hourCycle: 'h23', ...props });
const box = (element: Element) => until(() => element.shadowRoot!.querySelector<HTMLElement>('[part~="appointment"]'));
const inProvider = (...children: ReactNode[]) => createElement(CareProvider, { clock, locale: 'en-AU' }, ...children);

describe('React wrappers', () => {
  afterEach(cleanUp);

  it('register their element, and set objects and plain values as properties', async () => {
    const { host } = mount(scheduler({ step: 5, className: 'day', id: 'today' }));
    const element = await drawn<CareSchedulerElement>(host, 'care-scheduler');
    expect(customElements.get('care-scheduler')).to.have.property('careletVersion', VERSION);
    expect(element.appointments === day.appointments).to.equal(true);
    expect(element.step).to.equal(5);
    expect(element.hasAttribute('appointments')).to.equal(false);
    expect([element.className, element.id]).to.deep.equal(['day', 'today']);
    await box(element);
  });

  it('a ref is the element, and is let go with it', async () => {
    const ref = createRef<CareSchedulerElement>();
    const { draw } = mount(scheduler());
    draw(createElement(CareScheduler, { ...day, ref }));
    expect(ref.current === document.querySelector('care-scheduler')).to.equal(true);
    await ref.current!.refresh();
    draw(null);
    expect(ref.current === null).to.equal(true);
  });

  it('hear typed events, and may prevent an intent', async () => {
    const heard: CareEventMap['care-appointment-open'][] = [];
    const { host } = mount(
      scheduler({
        onCareAppointmentOpen: (event) => {
          event.preventDefault();
          heard.push(event);
        },
      }),
    );
    const element = await drawn<CareSchedulerElement>(host, 'care-scheduler');
    (await box(element)).click();
    await element.updateComplete;
    expect(heard.map(({ detail }) => detail.appointment.resourceType)).to.deep.equal(['Appointment']);
    expect(element.shadowRoot!.querySelector('[part~="details"]')!.matches(':popover-open')).to.equal(false);
  });

  it('a handler that changes takes the place of the one before; one that is left out hears no more', async () => {
    const heard: string[] = [];
    const { host, draw } = mount(scheduler({ onCareAppointmentOpen: (event) => (event.preventDefault(), heard.push('first')) }));
    const element = await drawn<CareSchedulerElement>(host, 'care-scheduler');
    draw(scheduler({ onCareAppointmentOpen: (event) => (event.preventDefault(), heard.push('second')) }));
    (await box(element)).click();
    draw(scheduler());
    (await box(element)).click();
    expect(heard).to.deep.equal(['second']);
  });

  it('props that change or go change the element that is there', async () => {
    const { host, draw } = mount(scheduler({ readonly: true }));
    const element = await drawn<CareSchedulerElement>(host, 'care-scheduler');
    expect(element.hasAttribute('readonly')).to.equal(true);
    const fewer = day.appointments.slice(0, 1);
    draw(scheduler({ appointments: fewer }));
    await element.updateComplete;
    expect(host.querySelector('care-scheduler') === element).to.equal(true);
    expect(element.hasAttribute('readonly')).to.equal(false);
    expect(element.appointments === fewer).to.equal(true);
    await until(() => element.shadowRoot!.querySelectorAll('[part~="appointment"]').length === 1);
  });

  it('StrictMode mounts twice, and yet there is one element and one answer', async () => {
    const heard: string[] = [];
    const { host } = mount(
      createElement(
        StrictMode,
        null,
        createElement(CareProvider, { onCareProviderReady: ({ detail }) => heard.push(detail.kind) }, createElement(CarePatientSearch)),
      ),
    );
    const provider = await drawn<CareProviderElement>(host, 'care-provider');
    await until(() => provider.status === 'ready');
    expect(heard).to.deep.equal(['embedded']);
    expect(host.querySelectorAll('care-provider, care-patient-search').length).to.equal(2);
  });

  it('elements inside a provider get what it gives', async () => {
    const { host } = mount(inProvider(createElement(CareScheduler, { ...day, date: DATE }), createElement(CareChartViewer)));
    const element = await drawn<CareSchedulerElement>(host, 'care-scheduler');
    await box(element);
    expect(element.shadowRoot!.querySelectorAll('[part~="ask-zone"]').length).to.equal(0);
  });

  it('after unmounting nothing of them is left on the page', async () => {
    const page = () => inProvider(scheduler(), createElement(CarePatientSearch), createElement(CareChartViewer));
    const once = async () => {
      const { host, unmount } = mount(page());
      await box(await drawn(host, 'care-scheduler'));
      unmount();
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
    expect(document.querySelectorAll('care-provider, care-scheduler').length).to.equal(0);
  });
});
