import { css } from 'lit';

export const patientSearchStyles = css`
  :host {
    min-inline-size: min(12rem, 100%);
  }
  .field {
    position: relative;
    display: flex;
    align-items: center;
  }
  .field > .i {
    position: absolute;
    inset-inline-start: 10px;
    color: var(--care-text-muted);
  }
  .field > .in {
    padding-inline: 34px;
    border-radius: var(--care-radius-md);
    text-overflow: ellipsis;
  }
  .field > .in[aria-invalid='true'] {
    padding-inline: 33px;
  }
  .field > .i.done {
    color: var(--care-success-text);
  }
  .clear {
    position: absolute;
    inset-inline-end: 4px;
    inline-size: 1.5rem;
    min-block-size: 1.5rem;
  }
  .chosen {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    margin-block-start: 4px;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }

  .pop {
    inline-size: max(var(--pop-width, 20rem), min(34rem, calc(100vw - 16px)));
    max-inline-size: calc(100vw - 16px);
    container-type: inline-size;
    font-size: var(--care-text-sm);
    line-height: var(--care-lh-md);
    --care-panel-pad: 12px;
  }
  .pop:popover-open {
    display: flex;
    flex-direction: column;
  }
  .pop > * {
    flex: none;
  }
  /* Only the patients scroll: what they lack stays in view. */
  .pop > .list {
    flex: 0 1 auto;
    min-block-size: min(9rem, 100%);
    overflow: auto;
    scroll-padding-block: 6px;
    overscroll-behavior: contain;
  }
  .line {
    padding: 8px 12px 6px;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .line b {
    color: var(--care-text);
    font-weight: var(--care-weight-strong);
  }
  .line.more {
    color: var(--care-warning-text);
  }
  .list {
    padding: 0 4px 4px;
  }

  .opt {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    grid-template-areas: 'avatar who when' 'avatar facts facts' 'avatar flags flags';
    column-gap: 10px;
    row-gap: 1px;
    align-items: baseline;
    padding: 7px 8px;
    border-radius: var(--care-radius-md);
    cursor: pointer;
  }
  .opt + .opt::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 46px 8px;
    border-block-start: 1px solid var(--care-border);
  }
  .opt:hover {
    background: var(--care-surface-hover);
  }
  .opt[data-active] {
    background: var(--care-surface-selected);
    outline: var(--care-focus-width) solid var(--care-focus);
    outline-offset: calc(-1 * var(--care-focus-width));
  }
  .opt[aria-disabled='true'] {
    cursor: default;
  }
  .opt > .avatar {
    grid-area: avatar;
    align-self: start;
    margin-block-start: 2px;
  }
  .who {
    grid-area: who;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .name {
    font-size: var(--care-text-md);
    font-weight: var(--care-weight-medium);
  }
  .family {
    font-weight: var(--care-weight-strong);
    text-transform: uppercase;
  }
  .also {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    margin-inline-start: 6px;
  }
  .unknown {
    color: var(--care-text-muted);
  }
  .when {
    grid-area: when;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .date {
    font-weight: var(--care-weight-medium);
  }
  .age {
    color: var(--care-text-muted);
  }
  .facts {
    grid-area: facts;
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .facts .num {
    color: var(--care-text);
    font-variant-numeric: tabular-nums;
  }
  .flags {
    grid-area: flags;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    padding-block: 3px 2px;
  }
  .flags > * {
    white-space: normal;
  }
  mark {
    border-radius: 2px;
    background: color-mix(in oklab, var(--care-accent) 15%, transparent);
    color: inherit;
    text-decoration: underline;
    text-decoration-color: var(--care-accent-border);
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }

  .say {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 8px;
    padding: 10px 12px;
    border-block-end: 1px solid var(--care-border-subtle);
    border-inline-start: var(--care-edge) solid var(--r-border);
    background: var(--r-soft);
  }
  .say > .i {
    margin-block-start: 2px;
    color: var(--r-text);
  }
  .say .acts {
    margin-block: 6px 4px;
  }
  .shut {
    background: var(--care-surface-sunken);
  }
  .slow {
    padding: 0 12px 10px;
  }
  .pop:has(.gap.all) {
    border: 1px dashed var(--care-danger-border);
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    padding: 7px 12px;
    border-block-start: 1px solid var(--care-border-subtle);
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
  }
  ::slotted([slot='empty']) {
    margin: 0 12px 12px;
  }

  @container (max-width: 27rem) {
    .opt {
      grid-template-columns: auto minmax(0, 1fr);
      grid-template-areas: 'avatar who' 'avatar when' 'avatar facts' 'avatar flags';
    }
    .keys {
      display: none;
    }
  }
  @media (pointer: coarse) {
    .keys {
      display: none;
    }
    .opt {
      padding-block: 10px;
    }
    .clear {
      inline-size: 2rem;
      min-block-size: 2rem;
    }
  }
  @media (forced-colors: active) {
    mark {
      background: Mark;
      color: MarkText;
    }
    .opt[data-active] {
      outline: 2px solid Highlight;
    }
  }
`;
