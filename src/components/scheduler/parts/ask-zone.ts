import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../ui/icon.js';
import type { Words } from '../words.js';

/** All zones of this engine, by region. Those without one (UTC) come first. */
function regions(): Map<string, string[]> {
  const zones = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  const found = new Map<string, string[]>([['', ['UTC']]]);
  for (const zone of zones) {
    const region = zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : '';
    const list = found.get(region);
    if (list) list.push(zone);
    else found.set(region, [zone]);
  }
  return found;
}

const city = (zone: string): string =>
  zone
    .slice(zone.indexOf('/') + 1)
    .replaceAll('_', ' ')
    .replaceAll('/', ', ');

/**
 * Asks a person for the clinic's zone. Nothing is chosen beforehand: a guess (this computer's zone, say) would show every time of
 * the day wrong, and nobody would notice.
 */
export function askZone(words: Words, suggestions: readonly string[], error: boolean, choose: (zone: string) => void): TemplateResult {
  const { localize } = words;
  const submit = (event: Event): void => {
    event.preventDefault();
    choose(String(new FormData(event.target as HTMLFormElement).get('zone') ?? ''));
  };
  const option = (zone: string, text: string): TemplateResult => html`<option value=${zone}>${text}</option>`;
  return html`<div class="instead" part="ask-zone">
    <form class="panel ask" novalidate @submit=${submit}>
      <h2>${icon('clock', 'md')} ${localize.t('askZoneTitle')}</h2>
      <p id="zone-why">${localize.t(suggestions.length > 1 ? 'askZoneSeveral' : 'askZoneWhy')}</p>
      <div class="field">
        <label class="lbl" for="zone">${localize.t('timeZone')}</label>
        <span class="sel">
          <select
            class="in"
            id="zone"
            name="zone"
            required
            aria-describedby="zone-why${error ? ' zone-error' : ''}"
            aria-invalid=${error ? 'true' : nothing}
          >
            <option value="">${localize.t('chooseZone')}</option>
            ${suggestions.length > 0 ? html`<optgroup label=${localize.t('zonesInRecords')}>${suggestions.map((zone) => option(zone, zone.replaceAll('_', ' ')))}</optgroup>` : nothing}
            ${[...regions()].map(([region, zones]) => (region === '' ? zones.map((zone) => option(zone, zone)) : html`<optgroup label=${region}>${zones.map((zone) => option(zone, city(zone)))}</optgroup>`))}
          </select>
          ${icon('chevron-down')}
        </span>
        ${error ? html`<p class="err" id="zone-error">${icon('alert-circle', 'xs')}${localize.t('zoneNeeded')}</p>` : nothing}
      </div>
      <button class="btn btn-primary" type="submit">${localize.t('useZone')}</button>
    </form>
  </div>`;
}
