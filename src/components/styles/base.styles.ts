import { css } from 'lit';

/** What every shadow root starts from: reset, type, focus ring, icons and a few words of layout. It declares no token. */
export const baseStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--care-text);
    font: var(--care-weight) var(--care-text-md) / var(--care-lh-md) var(--care-font);
    text-align: start;
    -webkit-text-size-adjust: 100%;
    -webkit-font-smoothing: antialiased;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  /* Elements only: a rule for all pseudo-elements makes the engine work out two more styles for each element (twice the style time
     of a day of appointments). Those that have a border or padding say it themselves. */
  * {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  th {
    font-size: inherit;
    font-weight: var(--care-weight-strong);
    text-align: start;
  }
  button,
  input,
  select,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
  }
  button:disabled {
    cursor: default;
  }
  a {
    color: var(--care-accent-text);
    text-underline-offset: 3px;
    text-decoration-thickness: 1px;
  }
  table {
    border-collapse: collapse;
    inline-size: 100%;
  }
  /* On the host alone: what is selected inside inherits it, and a rule for all would be a third style for each element. */
  :host::selection {
    background: color-mix(in oklab, var(--care-accent) 28%, transparent);
  }

  :focus {
    outline: none;
  }
  :focus-visible {
    outline: var(--care-focus-width) solid var(--care-focus);
    outline-offset: var(--care-focus-offset);
  }

  /* Seen by nobody, read by screen readers. */
  .vh {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .num,
  time {
    font-variant-numeric: tabular-nums;
  }
  .muted {
    color: var(--care-text-muted);
  }
  .subtle {
    color: var(--care-text-subtle);
  }
  .xs {
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .sm {
    font-size: var(--care-text-sm);
  }
  .strong {
    font-weight: var(--care-weight-strong);
  }
  .med {
    font-weight: var(--care-weight-medium);
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--care-space-2);
  }
  .wrap {
    flex-wrap: wrap;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .nowrap {
    white-space: nowrap;
  }

  .i {
    inline-size: var(--care-icon-sm);
    block-size: var(--care-icon-sm);
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -3px;
    pointer-events: none;
  }
  .i-xs {
    inline-size: 0.875rem;
    block-size: 0.875rem;
    vertical-align: -2px;
  }
  .i-md {
    inline-size: var(--care-icon-md);
    block-size: var(--care-icon-md);
    stroke-width: var(--care-icon-stroke);
  }
  .i-lg {
    inline-size: var(--care-icon-lg);
    block-size: var(--care-icon-lg);
    stroke-width: var(--care-icon-stroke);
  }
  .i-fill {
    fill: currentColor;
    stroke: none;
  }
  .i-turn:dir(rtl) {
    transform: scaleX(-1);
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      animation-duration: 0s !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0s !important;
      scroll-behavior: auto !important;
    }
  }
`;
