import { consume, ContextProvider } from '@lit/context';
import { expect } from 'chai';
import { LitElement } from 'lit';
import {
  clientContext,
  clockContext,
  localeContext,
  patientContext,
  permissionsContext,
  sessionContext,
  type Clock,
} from '../../../src/components/base/index.js';
import { define } from './support.js';

class Reader extends LitElement {
  @consume({ context: clockContext, subscribe: true }) clock: Clock | undefined;
}
const tag = define(Reader);

describe('contexts', () => {
  it('are keyed by registered symbols, so that two copies of the package meet', () => {
    const keys = [clientContext, sessionContext, patientContext, permissionsContext, localeContext, clockContext].map((key) =>
      Symbol.keyFor(key as unknown as symbol),
    );
    expect(keys).to.deep.equal(['client', 'session', 'patient', 'permissions', 'locale', 'clock'].map((name) => `carelet.${name}`));
  });

  it('reach an element inside a shadow root, and again when they change', async () => {
    const box = document.createElement('div');
    document.body.append(box);
    const at = (iso: string): Clock => ({ now: () => new Date(iso), zone: 'Australia/Sydney' });
    // The key as another copy would make it.
    const provider = new ContextProvider(box, {
      context: Symbol.for('carelet.clock') as unknown as typeof clockContext,
      initialValue: at('2026-11-24T00:00:00Z'),
    });
    const outer = document.createElement('div');
    const reader = document.createElement(tag) as Reader;
    outer.attachShadow({ mode: 'open' }).append(reader);
    box.append(outer);
    expect(reader.clock?.now().toISOString()).to.equal('2026-11-24T00:00:00.000Z');
    provider.setValue(at('2026-11-25T00:00:00Z'));
    expect(reader.clock?.now().toISOString()).to.equal('2026-11-25T00:00:00.000Z');
    box.remove();
  });

  it('leave an element without a provider with nothing', () => {
    const reader = document.createElement(tag) as Reader;
    document.body.append(reader);
    expect(reader.clock).to.equal(undefined);
    reader.remove();
  });
});
