import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { createRef, ref } from 'lit/directives/ref.js';
import type { Backend, CareClient } from '../../client/index.js';
import type { CareError } from '../../models/errors.js';
import { isZone } from '../../models/fhir/read/zone.js';
import { CareElement } from '../base/care-element.js';
import {
  clientContext,
  clockContext,
  localeContext,
  patientContext,
  permissionsContext,
  sessionContext,
  systemClock,
  type Clock,
  type Permissions,
} from '../base/contexts.js';
import { LocalizeController } from '../base/localize.controller.js';
import { directionOf } from '../locales/messages.js';
import { providerMessages } from '../locales/provider.messages.js';
import { icon } from '../ui/icon.js';
import { noticeStyles } from '../ui/notice.styles.js';
import { providerStyles } from './provider.styles.js';
import type { ProviderStatus } from './provider.types.js';
import { SourceController } from './source.controller.js';

let sessions = 0;

/**
 * Gives the elements inside it their client, and says who is at work, in which language and time zone, and on whose record.
 * Told nothing, it opens an empty store in this page, with a mark that is always visible. It has no box of its own.
 *
 * When the client or its server changes, everything inside starts anew on the new one, and the patient in context is let go
 * unless it is set at the same time: `Patient/12` is somebody else on another server.
 *
 * @summary Connects the elements inside it to a FHIR server, a client of yours, or a demo store.
 * @tag care-provider
 *
 * @slot - The elements, and the page around them.
 * @fires care-provider-ready - The records answered: `detail` is the backend's kind, its name and its FHIR version.
 * @fires care-provider-error - The records cannot be had: `detail` is the kind of error and plain words, without patient data.
 * @csspart mark - The mark "Demo: nothing is kept".
 * @csspart fault - What is shown instead of records that cannot be had through this provider: the session is over, a base URL is none.
 */
export class CareProvider extends CareElement {
  static override styles = [noticeStyles, providerStyles];

  /** A client of yours. Comes before `backend` and `baseUrl`. */
  @property({ attribute: false }) client: CareClient | undefined;
  /** A backend of yours, such as an embedded one that holds data. Comes before `baseUrl`. */
  @property({ attribute: false }) backend: Backend | undefined;
  /** Base of a FHIR R4 server. No credentials are sent to it, save the cookies that a browser sends to the page's own origin. */
  @property({ attribute: 'base-url' }) baseUrl: string | undefined;
  /** Language of texts, dates and numbers, as BCP 47 (`en-AU`); an element's own `lang` comes before it. */
  @property() locale: string | undefined;
  /** The clinic's IANA time zone (`Australia/Sydney`), never the browser's. */
  @property({ attribute: 'time-zone' }) timeZone: string | undefined;
  /**
   * A name for this sign-in, the same in all tabs that share it and never used again: they tell each other what was written. Another name,
   * or another `user`, is another session: nothing that was read before is kept, unless the client is one of yours.
   */
  @property({ attribute: 'session-id' }) sessionId: string | undefined;
  /** Who is at work, such as `Practitioner/7`. */
  @property() user: string | undefined;
  /** The name of who is at work. */
  @property({ attribute: 'user-name' }) userName: string | undefined;
  /** The patient in context, such as `Patient/12`. */
  @property() patient: string | undefined;
  /** What the user may do, as far as you know. */
  @property({ attribute: false }) permissions: Permissions | undefined;
  /** The clock that elements read; the system's unless told. */
  @property({ attribute: false }) clock: Clock | undefined;

  readonly #contexts = {
    client: new ContextProvider(this, { context: clientContext }),
    session: new ContextProvider(this, { context: sessionContext }),
    patient: new ContextProvider(this, { context: patientContext }),
    permissions: new ContextProvider(this, { context: permissionsContext }),
    locale: new ContextProvider(this, { context: localeContext }),
    clock: new ContextProvider(this, { context: clockContext, initialValue: systemClock }),
  };
  readonly #localize = new LocalizeController(this, providerMessages, () => this.#contexts.locale.value);
  readonly #source = new SourceController(this, {
    client: (client) => this.#contexts.client.setValue(client),
    ready: ({ name, fhirVersion }) =>
      this.emit('care-provider-ready', { kind: this.#source.client?.backend?.kind ?? '', name, fhirVersion }),
    error: ({ kind, message }) => this.emit('care-provider-error', { kind, message }),
  });
  #signIn = 0;
  readonly #mark = createRef<HTMLElement>();

  /** Whether the records answered. */
  get status(): ProviderStatus {
    return this.#source.status;
  }

  /** Why they did not. */
  get error(): CareError | undefined {
    return this.#source.error;
  }

  /** Tries again after an error; elements inside start anew. */
  retry(): void {
    this.#source.retry();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    // The first user that is told is the one of before.
    if (changed.get('user')) this.#signIn++;
    const switched =
      this.isConnected &&
      this.#source.use({
        client: this.client ?? undefined,
        backend: this.backend ?? undefined,
        baseUrl: this.baseUrl ?? undefined,
        session: this.sessionId || undefined,
        signIn: this.#signIn,
      });
    if (switched && !changed.has('patient')) this.patient = undefined;
    const { patient, session, permissions, locale, clock } = this.#contexts;
    if (patient.value?.reference !== this.patient)
      patient.setValue(this.patient ? { reference: this.patient, patient: undefined } : undefined);
    if (changed.has('user') || changed.has('userName')) session.setValue(this.#session(changed));
    if (changed.has('permissions')) permissions.setValue(this.permissions);
    if (changed.has('locale')) locale.setValue(this.#locale());
    if (changed.has('clock') || changed.has('timeZone')) clock.setValue(this.#clock());
  }

  override updated(): void {
    const mark = this.#mark.value;
    if (mark?.isConnected && !mark.matches(':popover-open')) mark.showPopover();
  }

  /** Another user is another session; a corrected name is not. */
  #session(changed: PropertyValues<this>) {
    if (!this.user) return undefined;
    const key = this.#contexts.session.value?.key;
    return { key: changed.has('user') || !key ? `${++sessions}:${this.user}` : key, user: this.user, display: this.userName };
  }

  #locale() {
    if (!this.locale) return undefined;
    try {
      const [lang = 'en'] = Intl.getCanonicalLocales(this.locale);
      return { lang, dir: directionOf(lang) };
    } catch {
      this.warnOnce('locale', 'locale is a BCP 47 language tag, such as en-AU. The page’s language is used.');
      return undefined;
    }
  }

  #clock(): Clock {
    // A framework takes a property back as undefined, null or empty text.
    const [clock, timeZone] = [this.clock ?? systemClock, this.timeZone || undefined];
    const known = timeZone === undefined || isZone(timeZone);
    if (!known) this.warnOnce('time-zone', 'time-zone is an IANA name, such as Australia/Sydney. None is used.');
    return { now: () => clock.now(), zone: timeZone !== undefined && known ? timeZone : clock.zone };
  }

  override render(): TemplateResult {
    return html`${this.#source.isDemo ? this.#renderMark() : nothing}${this.error ? this.#renderFault(this.error) : nothing}<slot></slot>`;
  }

  #renderMark(): TemplateResult {
    const words = this.#localize.t('demo');
    return html`<p class="mark" part="mark" popover="manual" ${ref(this.#mark)}>${icon('info-circle', 'xs')}${words}</p>`;
  }

  /** Only what no element inside can say: they tell of their own requests. */
  #renderFault({ kind }: CareError): TemplateResult | typeof nothing {
    if (this.#source.client) return nothing;
    const [title, detail] =
      kind === 'validation'
        ? (['badAddress', 'badAddressDetail'] as const)
        : kind === 'auth'
          ? (['signedOut', 'signedOutDetail'] as const)
          : (['notLoaded', 'notLoadedDetail'] as const);
    return html`<div class="notice danger fault" part="fault" role="alert">
      ${icon('alert-circle')}
      <p class="notice-t">${this.#localize.t(title)}</p>
      <p>${this.#localize.t(detail)}</p>
    </div>`;
  }
}
