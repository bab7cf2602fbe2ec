import { css } from 'lit';

/** The sheet: heads that stay, hours, columns and what is drawn across them. Places are custom properties, set through CSSOM. */
export const gridStyles = css`
  .scroll {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: auto;
    border-block-start: 1px solid var(--care-border);
    scroll-padding-block: 4rem 1rem;
    scroll-padding-inline: calc(var(--gutter) + 1rem) 1rem;
  }
  .sheet {
    position: relative;
    min-inline-size: calc(var(--gutter) + var(--n) * var(--column));
  }
  .scroll.one .sheet {
    min-inline-size: 0;
    padding-block-end: 1rem;
  }
  .heads,
  .all-day,
  .grid {
    display: grid;
    grid-template-columns: var(--gutter) repeat(var(--n), minmax(0, 1fr));
  }
  .days-row {
    display: grid;
    grid-template-columns: var(--gutter) repeat(var(--n), minmax(0, 1fr));
  }
  .day-head {
    grid-column: span var(--span);
    padding: 6px 10px 0;
    border-inline-start: 1px solid var(--care-border);
  }
  .day-head h3 {
    position: sticky;
    inset-inline-start: calc(var(--gutter) + 10px);
    inline-size: fit-content;
    font-size: var(--care-text-sm);
    line-height: 1.125rem;
  }
  .day-b {
    min-block-size: 1.5rem;
    padding: 0 4px;
    margin-inline-start: -4px;
    border: 0;
    border-radius: var(--care-radius-sm);
    background: none;
    font-weight: var(--care-weight-strong);
  }
  .day-b:hover {
    background: var(--care-surface-hover);
  }
  .top {
    position: sticky;
    inset-block-start: 0;
    z-index: 5;
    background: var(--care-surface);
    border-block-end: 1px solid var(--care-border);
  }
  .clocks {
    display: grid;
    place-items: center;
    color: var(--care-text-muted);
    font-size: var(--care-text-2xs);
    line-height: 1rem;
    text-align: center;
  }
  .corner,
  .hours {
    position: sticky;
    inset-inline-start: 0;
    z-index: 4;
    background: var(--care-surface);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
    padding: 10px;
    border-inline-start: 1px solid var(--care-border-subtle);
  }
  .head > div {
    min-inline-size: 0;
    flex: 1;
  }
  .head :is(h3, p) {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .head h3 {
    font-size: var(--care-text-sm);
    line-height: 1.125rem;
  }
  .head p {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: 1rem;
  }
  .tight-columns .head {
    padding: 8px 6px;
  }
  .tight-columns .head .avatar {
    display: none;
  }

  .all-day {
    position: relative;
    z-index: 3;
    border-block-end: 1px solid var(--care-border);
    background: var(--care-surface);
  }
  .all-day .corner {
    padding: 6px 8px 0 0;
    color: var(--care-text-subtle);
    font-size: var(--care-text-2xs);
    line-height: 1rem;
    text-align: end;
  }
  .all-day .col {
    display: grid;
    gap: 2px;
    align-content: start;
    min-block-size: 0;
    padding: 3px;
  }
  .all-day .ev {
    position: static;
    inline-size: auto;
    block-size: auto;
    min-block-size: var(--smallest);
    padding: 0;
  }

  .grid {
    position: relative;
    block-size: calc(var(--minutes) * var(--minute));
  }
  .hours li {
    position: absolute;
    inset-block-start: calc(var(--from) * var(--minute) - 0.5rem);
    inset-inline-end: 8px;
    color: var(--care-text-subtle);
    font-size: var(--care-text-2xs);
    line-height: 1rem;
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  .hours li:first-child {
    inset-block-start: 2px;
  }
  .hours .yours {
    display: block;
    line-height: 0.875rem;
    opacity: 0.9;
  }
  .hours .yours::before {
    content: '';
    display: inline-block;
    inline-size: 4px;
    block-size: 4px;
    margin-inline-end: 3px;
    border-radius: 50%;
    background: var(--care-accent-border);
    vertical-align: 2px;
  }
  .rules {
    position: absolute;
    inset-block: 0;
    inset-inline: var(--gutter) 0;
    pointer-events: none;
  }
  .rules i {
    position: absolute;
    inset-inline: 0;
    inset-block-start: calc(var(--from) * var(--minute) - 1px);
    block-size: 1px;
    background: var(--care-border);
  }
  .rules i::after {
    content: '';
    position: absolute;
    inset-inline: 0;
    inset-block-start: calc(30 * var(--minute));
    block-size: 1px;
    background: var(--care-border-subtle);
  }
  .rules .whole-only::after {
    content: none;
  }

  .col {
    position: relative;
    min-inline-size: 0;
    border-inline-start: 1px solid var(--care-border-subtle);
  }
  .block {
    position: absolute;
    inset-inline: 0;
    inset-block-start: calc(var(--from) * var(--minute));
    block-size: calc(var(--len) * var(--minute));
    overflow: hidden;
    background-color: var(--care-surface-sunken);
  }
  .off {
    background-image: repeating-linear-gradient(135deg in srgb, var(--care-hatch) 0 1px, transparent 1px 7px);
  }
  .pause {
    display: grid;
    place-items: center;
    padding-inline: 4px;
    border-block: 1px solid var(--care-border-subtle);
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: 1rem;
    text-align: center;
  }

  .now {
    position: absolute;
    inset-inline: 0;
    inset-block-start: calc(var(--from) * var(--minute));
    z-index: 1;
    block-size: 0;
    border-block-start: 2px solid var(--care-danger-fill);
    pointer-events: none;
  }
  /* Today among other days. */
  .now.own {
    inset-inline: calc(var(--gutter) + (100% - var(--gutter)) * var(--col) / var(--n)) auto;
    inline-size: calc((100% - var(--gutter)) * var(--cols) / var(--n));
  }
  .now-badge {
    position: absolute;
    inset-inline-end: 4px;
    inset-block-start: calc(var(--from) * var(--minute) - 0.5rem);
    z-index: 1;
    padding: 0 5px;
    border-radius: var(--care-radius-sm);
    background: var(--care-danger-fill);
    color: var(--care-danger-on-fill);
    font-size: var(--care-text-2xs);
    line-height: 1rem;
    font-weight: var(--care-weight-strong);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .change {
    position: absolute;
    inset-inline: var(--gutter) 0;
    inset-block-start: calc(var(--from) * var(--minute) - 1px);
    z-index: 3;
    border-block-start: 2px dashed var(--care-info-border);
    pointer-events: none;
  }
  .change span {
    position: absolute;
    inset-block-start: -0.625rem;
    inset-inline-end: 8px;
    padding: 0 6px;
    border: 1px solid var(--care-info-border);
    border-radius: var(--care-radius-sm);
    background: var(--care-info-soft);
    color: var(--care-info-text);
    font-size: var(--care-text-2xs);
    line-height: 1.125rem;
    font-weight: var(--care-weight-medium);
    white-space: nowrap;
  }

  .book {
    position: absolute;
    z-index: 5;
    inset-block-start: calc(var(--from) * var(--minute));
    inset-inline-start: calc(var(--gutter) + (100% - var(--gutter)) * var(--col) / var(--n) + 3px);
    inline-size: calc((100% - var(--gutter)) / var(--n) - 6px);
    block-size: max(calc(var(--len) * var(--minute)), var(--smallest));
    padding: 1px 6px;
    overflow: hidden;
    border: 2px solid var(--care-accent);
    border-radius: var(--care-radius-sm);
    background: var(--care-accent-soft);
    color: var(--care-accent-text);
    font-size: var(--care-text-xs);
    font-weight: var(--care-weight-medium);
    line-height: 1rem;
    text-align: start;
  }
  /* It is there for those who come to it by key; whoever has a pointer presses the empty time itself. */
  .book:not(:focus) {
    opacity: 0;
    pointer-events: none;
  }
  @media (forced-colors: active) {
    .off {
      border: 1px dotted GrayText;
    }
    .rules i {
      background: GrayText;
    }
    .now {
      border-color: Highlight;
    }
    /* Today among other days. */
    .now.own {
      inset-inline: calc(var(--gutter) + (100% - var(--gutter)) * var(--col) / var(--n)) auto;
      inline-size: calc((100% - var(--gutter)) * var(--cols) / var(--n));
    }
    .now-badge {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
