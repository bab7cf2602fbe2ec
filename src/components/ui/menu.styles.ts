import { css } from 'lit';

/**
 * What floats: `pop` (a popover placed by popover.ts), and the lists in it: `menu` with `menu-i` items or listbox options.
 * The active option of a listbox has `data-active`: focus stays in the input.
 */
export const menuStyles = css`
  .pop {
    position: fixed;
    inset: auto;
    inset-block-start: var(--pop-y, 0);
    left: var(--pop-x, 0);
    max-block-size: var(--pop-height, 24rem);
    inline-size: max-content;
    max-inline-size: min(24rem, calc(100vw - 16px));
    margin: 0;
    padding: 0;
    overflow: auto;
    border: var(--care-stroke) solid var(--care-border);
    border-radius: var(--care-radius-lg);
    background: var(--care-surface-overlay);
    color: var(--care-text);
    box-shadow: var(--care-shadow-3);
  }
  .menu {
    padding: 4px;
    scroll-padding-block: 4px;
  }
  .menu-i {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
    min-block-size: var(--care-control-md);
    padding: 4px 10px;
    border: 0;
    border-radius: var(--care-radius-md);
    background: none;
    color: var(--care-text);
    font-size: var(--care-text-sm);
    text-align: start;
    cursor: pointer;
  }
  .menu-i:hover {
    background: var(--care-surface-hover);
  }
  .menu-i:is([data-active], [aria-selected='true'], [aria-checked='true']) {
    background: var(--care-surface-selected);
  }
  .menu-i[data-active] {
    box-shadow: inset 0 0 0 2px var(--care-focus);
  }
  .menu-i[aria-disabled='true'] {
    color: var(--care-text-muted);
    cursor: default;
  }
  @media (forced-colors: active) {
    .menu-i[data-active] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
