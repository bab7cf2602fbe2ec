// A launcher of @web/test-runner that speaks W3C WebDriver (https://www.w3.org/TR/webdriver2/) over fetch. Its own,
// @web/test-runner-webdriver, brings webdriverio and some 180 packages for the dozen calls made here.

/** Keys that are not a character, by their names in KeyboardEvent.key (WebDriver, "17.4.2 Keyboard actions"). */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Insert: '\uE016',
  Delete: '\uE017',
  Meta: '\uE03D',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`F${index + 1}`, String.fromCharCode(0xe031 + index)])),
};
const BUTTONS = { left: 0, middle: 1, right: 2 };

function keyValue(name) {
  const value = KEYS[name] ?? name;
  if ([...value].length !== 1) throw new Error(`no key is called ${name}`);
  return value;
}

/** One browser: a driver's session, with the commands that tests give it. */
class Page {
  #driver;
  #session;

  static async open(start) {
    const driver = await start();
    try {
      const { sessionId } = await request(driver.address, 'POST', '/session', { capabilities: { alwaysMatch: driver.capabilities } });
      return new Page(driver, sessionId);
    } catch (error) {
      driver.stop();
      throw error;
    }
  }

  constructor(driver, session) {
    this.#driver = driver;
    this.#session = session;
  }

  #call(method, path, body) {
    return request(this.#driver.address, method, `/session/${this.#session}${path}`, body);
  }

  goto(url) {
    return this.#call('POST', '/url', { url });
  }

  url() {
    return this.#call('GET', '/url');
  }

  async close() {
    await this.#call('DELETE', '').catch(() => undefined); // a browser that has crashed is closed already
    this.#driver.stop();
  }

  /** Sizes the window so that the page has this much of it. Its toolbar sets a least width. */
  async setViewportSize({ width, height }) {
    const measure = () => this.#call('POST', '/execute/sync', { script: 'return [innerWidth, innerHeight]', args: [] });
    for (let tries = 0; tries < 20; tries++) {
      const [innerWidth, innerHeight] = await measure();
      if (innerWidth === width && innerHeight === height) return;
      const outer = await this.#call('GET', '/window/rect');
      await this.#call('POST', '/window/rect', { width: outer.width + width - innerWidth, height: outer.height + height - innerHeight });
    }
    throw new Error(`the window gives no page of ${width} by ${height} px, but of ${(await measure()).join(' by ')}`);
  }

  /** What the window shows: a PNG in base64. */
  screenshot() {
    return this.#call('GET', '/screenshot');
  }

  emulateMedia() {
    throw new Error('WebDriver cannot emulate media features');
  }

  #keys(...actions) {
    return this.#call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Each key goes down and up before the next: a letter that comes twice arrives twice. */
  keyboard = {
    type: (text) =>
      this.#keys(
        ...[...text].flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      ),
    press: (name) => {
      const values = name === '+' ? ['+'] : name.split('+').map(keyValue);
      return this.#keys(
        ...values.map((value) => ({ type: 'keyDown', value })),
        ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
      );
    },
    down: (name) => this.#keys({ type: 'keyDown', value: keyValue(name) }),
    up: (name) => this.#keys({ type: 'keyUp', value: keyValue(name) }),
  };

  #pointer(...actions) {
    const parameters = { pointerType: 'mouse' };
    return this.#call('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', parameters, actions }] });
  }

  mouse = {
    move: (x, y) => this.#pointer({ type: 'pointerMove', x, y, duration: 0 }),
    down: ({ button = 'left' } = {}) => this.#pointer({ type: 'pointerDown', button: BUTTONS[button] }),
    up: ({ button = 'left' } = {}) => this.#pointer({ type: 'pointerUp', button: BUTTONS[button] }),
    click: (x, y, { button = 'left' } = {}) =>
      this.#pointer(
        { type: 'pointerMove', x, y, duration: 0 },
        { type: 'pointerDown', button: BUTTONS[button] },
        { type: 'pointerUp', button: BUTTONS[button] },
      ),
  };
}

async function request(address, method, path, body) {
  const answer = await fetch(address + path, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`WebDriver ${method} ${path.replace(/^\/session\/[^/]+/, '')}: ${value?.error} (${value?.message})`);
  return value;
}

/**
 * @param name what the reports call it
 * @param start starts a driver: `{ address, capabilities, stop }`. Called once for each page that runs at the same time
 * @param concurrency how many pages run at the same time
 */
export function webdriverLauncher({ name, start, concurrency }) {
  const idle = [];
  const active = new Map();
  return {
    name,
    // The commands of @web/test-runner know launchers by three types. Ours hands out pages with the members that they
    // use of Playwright's: keyboard, mouse, setViewportSize, emulateMedia.
    type: 'playwright',
    concurrency,
    async startSession(id, url) {
      const page = idle.pop() ?? (await Page.open(start));
      active.set(id, page);
      await page.setViewportSize({ width: 800, height: 600 });
      await page.goto(url);
    },
    isActive: (id) => active.has(id),
    getPage: (id) => active.get(id),
    getBrowserUrl: (id) => active.get(id)?.url(),
    async stopSession(id) {
      const page = active.get(id);
      active.delete(id);
      try {
        await page.goto('about:blank'); // ends whatever still runs there
        idle.push(page);
      } catch {
        await page.close();
      }
      return {};
    },
    startDebugSession: () => Promise.reject(new Error(`${name} has no debug mode here: use Chromium`)),
    async stop() {
      await Promise.all([...idle.splice(0), ...active.values()].map((page) => page.close()));
      active.clear();
    },
  };
}
