/** The list of sections with their counts. A link leads to a section and puts the focus on its heading. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../ui/icon.js';
import { PANELS, type ChartState, type Panel } from '../chart.state.js';
import type { Words } from '../words.js';
import { navCount, PANEL_ICONS } from './panel.js';

export type NavTarget = Panel | 'inventory';

export interface NavContext {
  words: Words;
  /** The section that is in view. */
  current: NavTarget;
  go(target: NavTarget): void;
}

export function nav(state: ChartState, { words, current, go }: NavContext): TemplateResult {
  const link = (target: NavTarget, name: Parameters<typeof icon>[0], count: unknown): TemplateResult => {
    const handleClick = (event: Event): void => {
      // The fragment belongs to the page, not to an element on it.
      event.preventDefault();
      go(target);
    };
    return html`<li>
      <a href=${`#${target}`} aria-current=${target === current ? 'true' : nothing} @click=${handleClick}
        >${icon(name)}<span class="nav-t">${words.t(`title.${target}`)}</span>${count}</a
      >
    </li>`;
  };
  return html`<nav class="side" part="nav" aria-label=${words.t('nav.label')}>
    <ul>
      ${PANELS.map((panel) => link(panel, PANEL_ICONS[panel], navCount(state[panel], words)))}${link('inventory', 'versions', nothing)}
    </ul>
  </nav>`;
}
