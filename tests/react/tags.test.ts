import { expect } from 'chai';
import React, { type ReactNode } from 'react';
import reactDomClient from 'react-dom/client';
import reactDomServer from 'react-dom/server';
import '../../src/define.js';
import { CareScheduler, type CareSchedulerElement } from '../../src/react/index.js';
import { clinicDay, DATE, PROVIDER_ORDER, ZONE } from '../../stories/scheduler/clinic-day.js';
import { until } from '../support/fixture.js';
import { cleanUp, drawn, mount } from './support.js';

const { createElement } = React;
const day = clinicDay();

describe('the tags themselves in React 19', () => {
  afterEach(cleanUp);

  it('objects are set as properties, attributes by their own names, events by on and their name', async () => {
    const heard: string[] = [];
    const given = {
      ...day,
      providers: PROVIDER_ORDER,
      date: DATE,
      'time-zone': ZONE,
      'oncare-appointment-open': (event: CustomEvent) => (event.preventDefault(), heard.push(event.type)),
    };
    const { host, draw } = mount(createElement('care-scheduler', given));
    const element = await drawn<CareSchedulerElement>(host, 'care-scheduler');
    expect(element.appointments === day.appointments).to.equal(true);
    expect(element.timeZone).to.equal(ZONE);
    const box = await until(() => element.shadowRoot!.querySelector<HTMLElement>('[part~="appointment"]'));
    box.click();
    draw(createElement('care-scheduler', { ...given, 'oncare-appointment-open': undefined }));
    box.click();
    expect(heard).to.deep.equal(['care-appointment-open']);
  });
});

describe('hydration', () => {
  const hosts: HTMLElement[] = [];
  afterEach(() => hosts.splice(0).forEach((host) => host.remove()));

  async function hydrate(node: ReactNode): Promise<{ element: CareSchedulerElement; faults: string[] }> {
    const host = document.createElement('div');
    host.innerHTML = reactDomServer.renderToString(node);
    document.body.append(host);
    hosts.push(host);
    const before = host.querySelector('care-scheduler');
    const faults: string[] = [];
    const root = reactDomClient.hydrateRoot(host, node, { onRecoverableError: (error) => faults.push(String(error)) });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const element = await drawn<CareSchedulerElement>(host, 'care-scheduler');
    expect(element === before).to.equal(true);
    after(() => root.unmount());
    return { element, faults };
  }

  it('a wrapper takes over what the server drew and sets its properties then', async () => {
    const { element, faults } = await hydrate(createElement(CareScheduler, { ...day, date: DATE, timeZone: ZONE }));
    expect(faults).to.deep.equal([]);
    expect(element.appointments === day.appointments).to.equal(true);
    expect(element.timeZone).to.equal(ZONE);
  });

  it('React itself sets no objects on a tag that the server drew: docs/frameworks.md says to take the wrapper', async () => {
    const { element } = await hydrate(createElement('care-scheduler', { ...day, date: DATE }));
    expect(element.appointments).to.equal(undefined);
  });
});
