import { css } from 'lit';

/** A segmented row, `seg`: buttons with `aria-pressed`, or tabs with `aria-selected`; for two to five choices in an order. */
export const segmentStyles = css`
  .seg {
    display: inline-flex;
    padding: 2px;
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-md);
    background: var(--care-surface-sunken);
  }
  .seg > * {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: max(1.5rem, calc(var(--care-control-md) - 6px));
    padding: 0 10px;
    border: 0;
    border-radius: var(--care-radius-sm);
    background: none;
    color: var(--care-text-muted);
    font-weight: var(--care-weight-medium);
    font-size: var(--care-text-sm);
    white-space: nowrap;
    cursor: pointer;
  }
  .seg > :hover {
    color: var(--care-text);
  }
  .seg > :is([aria-pressed='true'], [aria-selected='true']) {
    background: var(--care-surface-raised);
    color: var(--care-text);
    box-shadow:
      var(--care-shadow-1),
      0 0 0 1px var(--care-border);
  }
  .seg > :focus-visible {
    outline-offset: 0;
  }
  @media (forced-colors: active) {
    .seg > :is([aria-pressed='true'], [aria-selected='true']) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
