import { unsafeCSS, type CSSResult } from 'lit';
import type { IconName } from '../../ui/icon.js';
import { icons } from '../../ui/icons.data.js';
import type { AppointmentState } from '../../../models/scheduling/index.js';
import { fillOutline, strokeOutline } from '../stroke-outline.js';

/** One icon a state (look.md, "Appointment status: shape first"). */
const STATE_ICONS: Readonly<Record<AppointmentState, IconName>> = {
  requested: 'inbox',
  held: 'hourglass',
  'not-confirmed': 'circle-dashed',
  declined: 'circle-dashed',
  confirmed: 'circle-check',
  waiting: 'armchair',
  'in-session': 'player-play',
  completed: 'checks',
  'did-not-arrive': 'user-x',
  cancelled: 'ban',
  waitlist: 'hourglass',
  unknown: 'help-circle',
};

/** Side of a mark, in pixels. */
const MARK = 14;

/** The shape of each state's mark. */
export function marks(): CSSResult {
  const rules = Object.entries(STATE_ICONS).map(([state, name]) => {
    const path = name === 'player-play' ? fillOutline(icons[name], MARK) : strokeOutline(icons[name], MARK);
    // Written out for each state: a path in a custom property would be read again for every box.
    return `.s-${state}>.ev-b::after,.s-${state}>.mark{clip-path:path('${path}')}`;
  });
  return unsafeCSS(rules.join('\n'));
}

/** The service's hue, by its slot. */
export function hues(): CSSResult {
  return unsafeCSS(Array.from({ length: 9 }, (_, i) => `.h${i + 1}{--hue:var(--care-appt-${i + 1})}`).join('\n'));
}
