import { css, type CSSResult } from 'lit';

/** What lies over the grid: the lifted box, where it would land, the card beside it, failures; and the details and dialogs. */
export const floatStyles: CSSResult = css`
  .layer {
    position: absolute;
    inset-block: 0;
    inset-inline: var(--gutter) 0;
    z-index: 6;
    pointer-events: none;
  }
  .drop,
  .lifted {
    position: absolute;
    inset-block-start: calc(var(--from) * var(--minute));
    block-size: max(calc(var(--len) * var(--minute)), var(--smallest));
    inset-inline-start: calc(100% * var(--col) / var(--n) + 3px);
    inline-size: calc(100% / var(--n) - 6px);
  }
  .drop {
    margin-block: 1px;
    border: 2px solid var(--care-accent);
    border-radius: var(--care-radius-sm);
    background: var(--care-accent-soft);
  }
  .drop.stop {
    border-color: var(--care-danger-border);
    background: var(--care-danger-soft);
  }
  .lifted {
    padding-block: 1px;
    transform: translate(10px, -7px);
  }
  .lifted:dir(rtl) {
    transform: translate(-10px, -7px);
  }
  .one .lifted {
    transform: translate(0, -6px);
  }
  .lifted .ev-b {
    background-color: color-mix(in oklab, var(--hue) 14%, var(--care-surface-raised));
    box-shadow:
      var(--care-shadow-3),
      0 0 0 1px color-mix(in oklab, var(--hue) 55%, var(--care-surface));
    cursor: grabbing;
  }
  @media (prefers-reduced-motion: reduce) {
    .lifted {
      transform: none;
    }
  }

  .card {
    position: absolute;
    z-index: 7;
    inset-block-start: min(calc(var(--from) * var(--minute)), calc(100% - 13rem));
    inline-size: min(22rem, calc(100% - 16px));
    padding: 12px 14px 10px;
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-lg);
    background: var(--care-surface-overlay);
    box-shadow: var(--care-shadow-3);
    pointer-events: auto;
  }
  .card.after {
    inset-inline-start: calc(100% * (var(--col) + 1) / var(--n) + 14px);
  }
  .card.before {
    inset-inline-end: calc(100% * (var(--n) - var(--col)) / var(--n) + 8px);
  }
  .card.below {
    inset-block-start: calc((var(--from) + var(--len)) * var(--minute) + 14px);
    inset-inline: 8px;
    inline-size: auto;
  }
  .card h3 {
    font-size: var(--care-text-md);
    line-height: var(--care-lh-md);
  }
  .card .sub {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: 1rem;
  }
  .checks {
    display: grid;
    gap: 4px;
    margin-block: 8px 10px;
    font-size: var(--care-text-sm);
    line-height: 1.125rem;
  }
  .checks li {
    display: grid;
    grid-template-columns: 1rem minmax(0, 1fr);
    gap: 8px;
  }
  .checks .i {
    margin-block-start: 1px;
    vertical-align: 0;
  }
  .card .acts {
    margin-block-end: 10px;
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding-block-start: 8px;
    border-block-start: 1px solid var(--care-border);
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
  }
  .keys span {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .keys .i {
    inline-size: 0.75rem;
    block-size: 0.75rem;
  }
  .fail-card {
    border-color: var(--care-danger-border);
    border-inline-start: var(--care-edge) solid var(--care-danger-border);
  }
  .fail-card h3 .i {
    margin-inline-end: 6px;
    color: var(--care-danger-text);
  }
  .fail-card .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 8px;
  }

  @media (forced-colors: active) {
    .drop {
      border-color: Highlight;
    }
    .lifted .ev-b {
      border: 3px solid Highlight;
    }
  }
`;
