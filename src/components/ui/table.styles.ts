import { css } from 'lit';

/** Tables, `tbl`: muted head, row lines only, no zebra. `num` aligns digits at the end. The scroller is `tbl-scroll`: focusable and named. */
export const tableStyles = css`
  .tbl-scroll {
    overflow-x: auto;
  }
  .tbl :is(th, td) {
    block-size: calc(var(--care-row) - 0.25rem);
    padding: 4px var(--care-cell-x);
    border-block-end: 1px solid var(--care-border-subtle);
    font-size: var(--care-text-sm);
    line-height: 1.125rem;
    vertical-align: middle;
  }
  .tbl :is(th, td):first-child {
    padding-inline-start: var(--care-panel-pad);
  }
  .tbl :is(th, td):last-child {
    padding-inline-end: var(--care-panel-pad);
  }
  .tbl tbody tr:last-child > * {
    border-block-end: 0;
  }
  .tbl thead th {
    block-size: 2rem;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    font-weight: var(--care-weight-medium);
    white-space: nowrap;
  }
  .tbl tbody th {
    font-weight: var(--care-weight-medium);
  }
  .tbl .num {
    text-align: end;
  }
  .tbl tfoot > tr:first-child > * {
    border-block-start: 1px solid var(--care-border);
  }
`;
