import { ContextProvider } from '@lit/context';
import { expect } from 'chai';
import { html } from 'lit';
import { localeContext, LocalizeController } from '../../../src/components/base/index.js';
import { registerLocale } from '../../../src/components/locales/catalog.js';
import { defineMessages, directionOf, formatterFor, type Formatter } from '../../../src/components/locales/messages.js';
import { until } from '../../support/fixture.js';
import { deferred, hold } from './support.js';

const en = {
  hello: 'Hello',
  visits: (f: Formatter, n: number) => f.plural(n, { one: '1 visit', other: `${f.number(n)} visits` }),
} as const;
type Arabic = { hello: string; visits: (typeof en)['visits'] };
const arabic: Arabic = { hello: 'مرحبا', visits: (f, n) => f.plural(n, { two: 'زيارتان', other: `${f.number(n)} زيارة` }) };

function table() {
  const loads: ReturnType<typeof deferred<Arabic>>[] = [];
  const messages = defineMessages(en, {
    ar: () => {
      const load = deferred<Arabic>();
      loads.push(load);
      return load.promise;
    },
  });
  const place = (parent?: Element | ShadowRoot) =>
    hold(
      (host) => new LocalizeController(host, messages),
      (l) => html`<p>${l.t('hello')} ${l.t('visits', 2)}</p>`,
      parent,
    );
  return { loads, place, messages };
}
const text = (host: Element) => host.shadowRoot!.querySelector('p')!.textContent;

describe('LocalizeController', () => {
  let box: HTMLElement;
  beforeEach(() => {
    box = document.createElement('div');
    document.body.append(box);
  });
  afterEach(() => {
    box.remove();
    document.documentElement.removeAttribute('lang');
    document.documentElement.removeAttribute('dir');
  });

  it('is English where nobody says otherwise, with English plurals', async () => {
    const { place } = table();
    const { host, controller } = await place(box);
    expect(controller.lang).to.equal('en');
    expect(text(host)).to.equal('Hello 2 visits');
  });

  it('finds the language through shadow roots, and loads the translation when it is first needed', async () => {
    const { place, loads } = table();
    box.lang = 'ar';
    const outer = document.createElement('div');
    box.append(outer);
    const { host, controller } = await place(outer.attachShadow({ mode: 'open' }));
    expect(loads).to.have.length(1);
    expect(text(host)).to.equal('Hello 2 visits');
    loads[0]!.resolve(arabic);
    await until(() => text(host) === 'مرحبا زيارتان');
    expect(controller.dir).to.equal('rtl');
  });

  it('takes words from the language and numbers from the region', async () => {
    const { place, loads } = table();
    box.lang = 'ar-EG';
    const { host } = await place(box);
    loads[0]!.resolve(arabic);
    await until(() => text(host)?.startsWith('مرحبا'));
    expect(formatterFor('ar-EG').number(1234.5)).to.equal('١٬٢٣٤٫٥');
    expect(formatterFor('es-MX').number(1234.5)).to.equal('1,234.5');
    expect(formatterFor('es-ES').number(12345.5)).to.equal('12.345,5');
  });

  it('finds the language of the slot an element stands in', async () => {
    const { place } = table();
    const outer = document.createElement('div');
    outer.attachShadow({ mode: 'open' }).innerHTML = '<div lang="en-AU"><slot></slot></div>';
    box.append(outer);
    const { controller } = await place(outer);
    expect(controller.lang).to.equal('en-AU');
  });

  it('starts a second element in a language that has arrived', async () => {
    const { place, loads } = table();
    box.lang = 'ar';
    const first = await place(box);
    loads[0]!.resolve(arabic);
    await until(() => text(first.host)?.startsWith('مرحبا'));
    const second = await place(box);
    expect(text(second.host)).to.equal('مرحبا زيارتان');
    expect(loads).to.have.length(1);
  });

  it('follows a language that changes, and drops a translation that comes too late', async () => {
    const { place, loads } = table();
    box.lang = 'ar';
    const { host, controller } = await place(box);
    box.lang = 'en-AU';
    await until(() => controller.lang === 'en-AU');
    loads[0]!.resolve(arabic);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await host.updateComplete;
    expect(text(host)).to.equal('Hello 2 visits');
    expect(controller.dir).to.equal('ltr');
  });

  it('stays English when a translation does not load, and tries again where the element comes back', async () => {
    const { place, loads } = table();
    box.lang = 'ar';
    const { host } = await place(box);
    loads[0]!.reject(new Error('no network'));
    await new Promise((resolve) => setTimeout(resolve));
    host.requestUpdate();
    await host.updateComplete;
    expect(text(host)).to.equal('Hello 2 visits');
    expect(loads).to.have.length(1);
    host.remove();
    box.append(host);
    host.requestUpdate();
    await until(() => loads.length === 2);
    loads[1]!.resolve(arabic);
    await until(() => text(host)?.startsWith('مرحبا'));
  });

  it('puts language and direction on what it draws, so that layout follows on a page that says nothing', async () => {
    const { place } = table();
    box.lang = 'ar';
    const { host } = await place(box);
    const drawn = host.shadowRoot!.querySelector('p')!;
    expect(getComputedStyle(host).direction).to.equal('ltr');
    expect(getComputedStyle(drawn).direction).to.equal('rtl');
    expect(drawn.lang).to.equal('ar');
    box.lang = 'en';
    await until(() => drawn.dir === 'ltr');
  });

  it('a direction that is said wins over the one the language has, the nearest first', async () => {
    const { place } = table();
    document.documentElement.dir = 'rtl';
    box.lang = 'en';
    const { controller } = await place(box);
    expect(controller.dir).to.equal('ltr');
    box.dir = 'rtl';
    await until(() => controller.dir === 'rtl');
  });

  it('hears the provider before the page, and what is nearer before the provider', async () => {
    const { place } = table();
    document.documentElement.lang = 'en-US';
    new ContextProvider(box, { context: localeContext, initialValue: { lang: 'he', dir: 'rtl' } });
    const inner = document.createElement('div');
    box.append(inner);
    const { controller } = await place(inner);
    await until(() => controller.lang === 'he');
    expect(controller.dir).to.equal('rtl');
    inner.lang = 'en-AU';
    await until(() => controller.lang === 'en-AU');
    expect(controller.dir).to.equal('ltr');
  });
});

describe('texts that a language lacks', () => {
  const place = (lang: string, words: Record<string, unknown>, name = 'lacking') => {
    const box = document.createElement('div');
    box.lang = lang;
    document.body.append(box);
    boxes.push(box);
    const messages = defineMessages(en, { fr: () => Promise.resolve(words) }, [name]);
    return hold(
      (host) => new LocalizeController(host, messages),
      (l) => html`<p>${l.t('hello')} ${l.t('visits', 1234)}</p>`,
      box,
    );
  };
  const boxes: Element[] = [];
  const page = globalThis as { careletDevelopment?: boolean };
  const warnings: string[] = [];
  const { warn } = console;
  beforeEach(() => {
    warnings.length = 0;
    console.warn = (message: string) => warnings.push(message);
  });
  afterEach(() => {
    console.warn = warn;
    boxes.splice(0).forEach((box) => box.remove());
    delete page.careletDevelopment;
  });

  it('are English, marked and told of once, while the page is developed', async () => {
    page.careletDevelopment = true;
    const { host } = await place('fr-CA', { hello: 'Bonjour' }, 'told');
    await until(() => text(host) === 'Bonjour ⟦1,234 visits⟧');
    const second = await place('fr-CA', { hello: 'Bonjour' }, 'told');
    await until(() => text(second.host) === 'Bonjour ⟦1,234 visits⟧');
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('fr-CA').and.to.contain('visits').and.to.not.contain('hello');
  });

  it('are plain English in production, and nothing is said', async () => {
    page.careletDevelopment = false;
    const { host } = await place('fr', { hello: 'Bonjour' });
    await until(() => text(host) === 'Bonjour 1,234 visits');
    const chinese = await place('zh', {});
    expect(text(chinese.host)).to.equal('Hello 1,234 visits');
    expect(warnings).to.deep.equal([]);
  });

  it('show in development builds of Lit without being asked for', async () => {
    const { host } = await place('zh', {}, 'unasked');
    expect(text(host)).to.equal('⟦Hello⟧ ⟦1,234 visits⟧');
  });

  it('follow a host that gives and takes back words', async () => {
    page.careletDevelopment = true;
    const { host } = await place('zh', {}, 'provider');
    expect(text(host)).to.contain('⟦Hello⟧');
    const back = registerLocale('zh', { provider: { hello: '你好' } as object });
    await until(() => text(host)?.startsWith('你好 '));
    back();
    await until(() => text(host)?.startsWith('⟦Hello⟧'));
  });
});

describe('messages', () => {
  it('knows directions by language and by script', () => {
    expect(['ar', 'ar-EG', 'fa', 'he', 'ur', 'uz-Arab', 'en', 'ar-Latn', 'zh'].map(directionOf)).to.deep.equal([
      'rtl',
      'rtl',
      'rtl',
      'rtl',
      'rtl',
      'rtl',
      'ltr',
      'ltr',
      'ltr',
    ]);
  });

  it('reads a tag that Intl refuses as English', () => {
    expect(formatterFor('not a language').number(1234.5)).to.equal('1,234.5');
  });

  it('shows Gregorian dates whatever the everyday calendar of the language', () => {
    const options = { year: 'numeric', timeZone: 'UTC' } as const;
    expect(formatterFor('fa').date(new Date('2026-11-24T00:00:00Z'), { ...options, numberingSystem: 'latn' })).to.contain('2026');
    expect(formatterFor('th').date(new Date('2026-11-24T00:00:00Z'), options)).to.contain('2026');
  });

  it('picks plural words by the rule of the language', () => {
    const words = { one: 'one', two: 'two', few: 'few', many: 'many', other: 'other' };
    expect([1, 2, 3, 11, 100].map((n) => formatterFor('ar').plural(n, words))).to.deep.equal(['one', 'two', 'few', 'many', 'other']);
    expect(formatterFor('ar').plural(2, { other: 'other' })).to.equal('other');
  });
});
