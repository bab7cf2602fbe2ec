import { html, type TemplateResult } from 'lit';
import { filledIcons, icons } from './icons.data.js';

/**
 * One icon, one meaning: cloud-off = did not load, wifi-off = offline, lock = no access or read only, history = stale,
 * help-circle = not known, cloud-check = saved, cloud-up = not sent, circle-dashed = not confirmed, alert-octagon = critical.
 */
export type IconName = keyof typeof icons;

/** 14 px in tags and events, 16, 20 in headers, 24. */
export const ICON_SIZES = ['xs', 'sm', 'md', 'lg'] as const;
export type IconSize = (typeof ICON_SIZES)[number];

/** Those that point along the line of text turn with its direction. Clocks, play and ticks never do. */
const TURNING: ReadonlySet<IconName> = new Set<IconName>([
  'arrow-back-up',
  'arrow-left',
  'arrow-narrow-right',
  'arrow-right',
  'chevron-left',
  'chevron-right',
  'external-link',
]);

/** An icon in the colour of its text. It is hidden from screen readers: a visible or hidden word always stands beside it. */
export function icon(name: IconName, size: IconSize = 'sm'): TemplateResult {
  const classes = `i i-${size}${filledIcons.has(name) ? ' i-fill' : ''}${TURNING.has(name) ? ' i-turn' : ''}`;
  return html`<svg class=${classes} viewBox="0 0 24 24" aria-hidden="true"><path d=${icons[name]}></path></svg>`;
}
