import { css, type CSSResult } from 'lit';

/** The list and the month. */
export const viewsStyles: CSSResult = css`
  .agenda {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: auto;
    border-block-start: 1px solid var(--care-border);
  }
  .agenda-day {
    padding-block: 8px;
    border-block-end: 1px solid var(--care-border);
  }
  .agenda-day > :is(h3, p) {
    padding-inline: var(--care-panel-pad);
    font-size: var(--care-text-md);
    line-height: var(--care-lh-md);
  }
  /* No word of a name is broken while there is another column to give way. The days' tables share widths in percent. */
  .agenda tr > :is(th, td) {
    inline-size: 14%;
    overflow-wrap: break-word;
  }
  .agenda .tbl tr > :first-child {
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .agenda .tbl tr > :last-child {
    white-space: nowrap;
    text-align: end;
  }
  .agenda .edge {
    display: inline-block;
    inline-size: 4px;
    block-size: 0.75rem;
    margin-inline-end: 6px;
    border-radius: 2px;
    background: var(--hue);
    vertical-align: -1px;
  }
  .agenda .st {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .agenda .s-cancelled th {
    text-decoration: line-through;
  }
  /* Too narrow for columns: each row is a card, its cells below each other. */
  .w-narrow .agenda :is(.tbl, tbody, tr, td, tbody th) {
    display: block;
    inline-size: auto;
    block-size: auto;
    border: 0;
    padding-block: 0;
    text-align: start;
  }
  .w-narrow .agenda thead {
    display: none;
  }
  .w-narrow .agenda .tbl tbody tr {
    padding-block: 8px;
    border-block-end: 1px solid var(--care-border-subtle);
  }
  .w-narrow .agenda .tbl tr > :is(:first-child, :last-child) {
    inline-size: auto;
    padding-inline: var(--care-panel-pad);
    text-align: start;
  }
  .w-narrow .agenda .tbl tr > * {
    padding-inline: var(--care-panel-pad);
  }
  .w-narrow .agenda .do {
    padding-block-start: 6px;
  }
  .w-narrow .agenda .do .btn {
    min-block-size: 2.75rem;
  }

  .month-box {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-block-size: 0;
  }
  .month {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: auto;
    border-block-start: 1px solid var(--care-border);
  }
  .month-heads,
  .cells {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
  }
  .month-heads {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: 1.75rem;
  }
  .month-heads span {
    padding-inline: 8px;
    overflow: hidden;
  }
  .cells {
    flex: 1;
    grid-auto-rows: minmax(7.5rem, 1fr);
  }
  .cell {
    display: flex;
    flex-direction: column;
    gap: 2px;
    min-inline-size: 0;
    padding: 3px;
    border-block-start: 1px solid var(--care-border);
    border-inline-start: 1px solid var(--care-border-subtle);
  }
  .cell.outside {
    background: var(--care-surface-sunken);
  }
  .cell .day-b {
    align-self: flex-start;
    min-inline-size: 1.5rem;
    margin: 0;
    font-size: var(--care-text-sm);
    font-variant-numeric: tabular-nums;
  }
  .cell.outside .day-b {
    color: var(--care-text-muted);
    font-weight: var(--care-weight);
  }
  .cell.today .day-b {
    background: var(--care-accent);
    color: var(--care-on-accent);
  }
  .cell .col {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    border: 0;
  }
  .cell .ev {
    position: static;
    inline-size: auto;
    block-size: 1.5rem;
    padding: 0;
  }
  .cell .more {
    align-self: flex-start;
    min-block-size: 1.5rem;
    padding: 0 4px;
    border: 0;
    border-radius: var(--care-radius-sm);
    background: none;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
  }
  .cell .more:hover {
    background: var(--care-surface-hover);
    color: var(--care-text);
  }
  @media (forced-colors: active) {
    .cell.today .day-b {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
