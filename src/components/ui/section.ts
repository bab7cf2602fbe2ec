import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from './icon.js';

/** What a section may be in (look.md, 10). Only `ready`, `partial`, `stale`, `offline`, `read-only`, `unsaved` and `conflict` may show a count. */
export const SECTION_STATES = [
  'ready',
  'loading',
  'empty',
  'not-asked',
  'partial',
  'failed',
  'stale',
  'no-access',
  'offline',
  'read-only',
  'unsaved',
  'conflict',
] as const;
export type SectionState = (typeof SECTION_STATES)[number];

/** All words come from the caller, so that they can name what is meant: "Allergies could not load", never "Error". */
export interface SectionContent {
  state: SectionState;
  title: string;
  icon?: IconName | undefined;
  /** Level of the heading. */
  level?: 2 | 3 | 4 | undefined;
  /** How many rows there are. Left out by itself where the list is not known to be whole, and "1+" where it is partial. */
  count?: number | undefined;
  /** At the end of the head: when it was reviewed, or the age of a copy. */
  meta?: unknown;
  /** The word of the state, for the tag in the head: "Incomplete", "Did not load", "As of 2 Nov, 14:10". */
  tag?: string | undefined;
  /** The rows. */
  body?: unknown;
  /** One strong line: "No known allergies", "Hospital record did not load", "Offline since 11:16". */
  line?: unknown;
  /** What it rests on or what to do: "Confirmed with the patient 10 Nov". */
  detail?: unknown;
  /** Buttons beside the line. */
  actions?: unknown;
  foot?: unknown;
  /** While loading: nothing is drawn until `skeleton`; `slow` says "Still loading" in words. */
  loading?: { skeleton: boolean; slow: boolean; label: string; slowLabel: string } | undefined;
  /** `part` of the section, for styling from outside; documented by the element. */
  part?: string | undefined;
  id?: string | undefined;
}

const TAG_ICONS: Partial<Record<SectionState, readonly [IconName, string]>> = {
  'not-asked': ['help-circle', 'unsure'],
  partial: ['cloud-off', 'warning'],
  failed: ['cloud-off', 'danger'],
  stale: ['history', 'info'],
  'no-access': ['lock', ''],
  'read-only': ['lock', ''],
  conflict: ['git-compare', 'danger'],
};
const UNCOUNTED: ReadonlySet<SectionState> = new Set(['loading', 'empty', 'not-asked', 'failed', 'no-access']);

/**
 * A section: head (icon, title, count, state), body, foot. "Could not load" never looks like "none", and a count is shown
 * only where the list is known. Needs panelStyles, tagStyles and buttonStyles.
 */
export function section(content: SectionContent): TemplateResult {
  const { state, id, loading } = content;
  const titleId = id === undefined ? undefined : `${id}-title`;
  return html`<section
    class="panel"
    id=${id ?? nothing}
    part=${content.part ?? nothing}
    data-state=${state}
    aria-labelledby=${titleId ?? nothing}
    aria-busy=${state === 'loading' ? 'true' : nothing}
  >
    ${
      state === 'offline' && content.line !== undefined
        ? html`<p class="offline-strip">
            ${icon('wifi-off')}<span><b>${content.line}</b> ${content.detail}</span>
          </p>`
        : nothing
    }
    <div class="panel-h">
      ${content.icon ? icon(content.icon) : nothing}${heading(content, titleId)}${count(content)}
      ${content.meta !== undefined || content.tag ? html`<span class="panel-end">${content.meta}${tag(content)}</span>` : nothing}
    </div>
    ${state === 'loading' ? bones(loading) : body(content)}
    ${content.foot === undefined ? nothing : html`<div class="panel-f ${state === 'unsaved' || state === 'conflict' ? 'act' : ''}">${content.foot}</div>`}
  </section>`;
}

function heading({ title, level = 3 }: SectionContent, id: string | undefined): TemplateResult {
  if (level === 2) return html`<h2 id=${id ?? nothing}>${title}</h2>`;
  return level === 3 ? html`<h3 id=${id ?? nothing}>${title}</h3>` : html`<h4 id=${id ?? nothing}>${title}</h4>`;
}

function count({ state, count: n }: SectionContent): TemplateResult | typeof nothing {
  if (n === undefined || UNCOUNTED.has(state)) return nothing;
  return html`<span class="count">${n}${state === 'partial' ? '+' : ''}</span>`;
}

function tag({ state, tag: words }: SectionContent): TemplateResult | typeof nothing {
  if (!words) return nothing;
  if (state === 'unsaved') return html`<span class="st warning">${icon('point')}${words}</span>`;
  const [name, role] = TAG_ICONS[state] ?? [];
  return html`<span class="tag ${role ?? ''}">${name ? icon(name) : nothing}${words}</span>`;
}

function body(content: SectionContent): TemplateResult {
  const { state, line, detail, actions } = content;
  const words =
    line === undefined || state === 'offline'
      ? nothing
      : state === 'partial' || state === 'failed'
        ? html`<div class="gap">
            <p class="note-t">${icon('cloud-off')}${line}</p>
            ${detail === undefined ? nothing : html`<p class="note-d">${detail}</p>`}
            ${actions === undefined ? nothing : html`<div class="acts">${actions}</div>`}
          </div>`
        : html`<div class="note">
            <p class="note-t">${line}</p>
            ${detail === undefined ? nothing : html`<p class="note-d">${detail}</p>`} ${actions}
          </div>`;
  return html`${content.body}${words}`;
}

function bones(loading: SectionContent['loading']): TemplateResult {
  return html`<div class="bones">
    ${loading?.skeleton === false ? nothing : html`<i></i><i></i><i></i><i></i>`}
    ${loading?.slow ? html`<p class="note-d">${loading.slowLabel}</p>` : html`<span class="vh">${loading?.label}</span>`}
  </div>`;
}
