import { css } from 'lit';

/** Rows, their details, and the groups they stand in. */
export const entryStyles = css`
  .rows > .entry {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    padding-inline-end: calc(var(--care-panel-pad) + 1.75rem);
  }
  .rows > .entry.led {
    grid-template-columns: 7.5rem minmax(0, 1fr);
    gap: 0 12px;
  }
  .entry-b {
    display: grid;
    gap: 1px;
    min-inline-size: 0;
  }
  .entry-n {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    overflow-wrap: anywhere;
  }
  .name {
    font-weight: var(--care-weight-strong);
  }
  .name.muted {
    font-weight: var(--care-weight-medium);
  }
  .narrative,
  .pre {
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .entry .tag {
    min-block-size: 1.125rem;
    line-height: 1rem;
  }
  .sub {
    line-height: 1.125rem;
    overflow-wrap: anywhere;
  }
  .dosage {
    color: var(--care-text);
    font-size: var(--care-text-sm);
  }
  .pair {
    display: inline-block;
    margin-inline-end: 6px;
    padding-inline: 6px;
    border: 1px dashed var(--care-border-control);
    border-radius: var(--care-radius-sm);
  }
  .lead {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: 1.125rem;
  }
  .grave {
    border-inline-start: var(--care-edge) solid var(--care-danger-border);
    padding-inline-start: calc(var(--care-panel-pad) - var(--care-edge)) !important;
  }
  .grave > .entry-b > .entry-n .name {
    text-decoration: underline dashed var(--care-danger-border);
    text-underline-offset: 3px;
  }
  .cautions {
    display: grid;
    gap: 2px;
    margin-block: 2px;
  }
  .cautions li {
    align-items: flex-start;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .cautions .i {
    margin-block-start: 1px;
  }
  .url {
    font-family: var(--care-font-mono, ui-monospace, monospace);
    font-weight: var(--care-weight);
  }

  /* Disclosures: a chevron at the end of the row, which takes no room until it is opened. */
  summary {
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary > .i {
    transition: rotate var(--care-dur-2, 160ms) var(--care-ease);
  }
  [open] > summary > .i {
    rotate: 180deg;
  }
  .more {
    grid-column: 1 / -1;
  }
  .more > summary,
  .id-d > summary {
    display: grid;
    place-items: center;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    border-radius: var(--care-radius-sm);
    color: var(--care-text-muted);
  }
  .more > summary {
    position: absolute;
    inset-block-start: 5px;
    inset-inline-end: calc(var(--care-panel-pad) - 4px);
  }
  .more > summary:hover,
  .id-d > summary:hover,
  .orig > summary:hover {
    background: var(--care-surface-hover);
  }
  .more-b {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    margin-block: 8px 4px;
    margin-inline-end: -1.75rem;
    padding: 10px 12px;
    border-radius: var(--care-radius-md);
    background: var(--care-surface-sunken);
  }
  .more-b > .acts:empty {
    display: none;
  }
  .facts-d {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
    gap: 6px 16px;
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .facts-d dt,
  .label {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .facts-d dd {
    color: var(--care-text);
    overflow-wrap: anywhere;
  }
  .codes {
    display: block;
    color: var(--care-text-muted);
  }
  .code {
    display: block;
  }
  .notes-d p + p {
    margin-block-start: 6px;
  }
  .notes-d .muted {
    display: block;
  }
  .also li {
    padding-block: 4px;
    font-size: var(--care-text-xs);
  }
  .also li + li {
    border-block-start: 1px solid var(--care-border-subtle);
  }
  .orig > summary {
    display: inline-flex;
    align-items: center;
    min-block-size: 1.5rem;
    padding-inline: 2px;
    border-radius: var(--care-radius-sm);
    color: var(--care-accent-text);
    font-size: var(--care-text-xs);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .original {
    max-block-size: 24rem;
    margin: 4px 0 0;
    padding: 8px 10px;
    overflow: auto;
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-sm);
    background: var(--care-surface);
    font: var(--care-text-xs) / 1.125rem var(--care-font-mono, ui-monospace, monospace);
    text-align: left;
    tab-size: 2;
  }

  .grp > h4 {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 8px var(--care-panel-pad) 2px;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .grp + .grp,
  .rows + .grp,
  .grp + .rows,
  .fold,
  .rows + .rows {
    border-block-start: 1px solid var(--care-border-subtle);
  }
  .grp.danger > h4 {
    color: var(--care-danger-text);
  }
  .grp.danger {
    border-inline-start: var(--care-edge) solid var(--care-danger-fill);
    background: var(--care-danger-soft);
  }
  .fold > summary {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 2.25rem;
    padding: 4px var(--care-panel-pad);
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    font-weight: var(--care-weight-medium);
  }
  .fold > summary:hover {
    background: var(--care-surface-hover);
  }
  .fold[open] > summary {
    border-block-end: 1px solid var(--care-border-subtle);
  }
  .fold.apart .name {
    font-weight: var(--care-weight-medium);
    color: var(--care-text-muted);
  }
  .fold > summary:focus-visible,
  .more > summary:focus-visible {
    outline-offset: -2px;
  }
  .only-past {
    padding: 10px var(--care-panel-pad);
    color: var(--care-text-muted);
    font-size: var(--care-text-sm);
  }
  .all {
    padding: 4px calc(var(--care-panel-pad) - 8px) 8px;
    border-block-start: 1px solid var(--care-border-subtle);
  }
  .notice.flat {
    border-width: 0 0 1px;
    border-inline-start: var(--care-edge) solid var(--r-border);
    border-radius: 0;
    font-size: var(--care-text-sm);
    line-height: 1.125rem;
  }
  .counts {
    padding: 6px 0;
  }
  .counts li {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    padding: 3px var(--care-panel-pad);
    font-size: var(--care-text-sm);
    line-height: 1.25rem;
  }
  .counts .num {
    color: var(--care-text-muted);
  }
`;
