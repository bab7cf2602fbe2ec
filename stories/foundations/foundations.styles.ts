import { css } from 'lit';

/** The pages of the foundations: quiet, so that what they show is all there is to see. */
export const foundationStyles = css`
  :host(:not(.part)) {
    background: var(--care-canvas);
  }
  .lead + :is(.pair, .board) {
    margin-block-start: var(--care-space-6);
  }
  .page {
    container-type: inline-size;
    max-inline-size: 75rem;
    margin-inline: auto;
    padding: clamp(16px, 4vw, 48px);
  }
  .page > h1 {
    font-size: var(--care-text-3xl);
    line-height: var(--care-lh-3xl);
    letter-spacing: -0.01em;
  }
  .page > h2 {
    margin-block: var(--care-space-10) var(--care-space-3);
    font-size: var(--care-text-xl);
    line-height: var(--care-lh-lg);
    letter-spacing: -0.01em;
  }
  .lead {
    max-inline-size: 62ch;
    margin-block-start: 4px;
    color: var(--care-text-muted);
    font-size: var(--care-text-lg);
    line-height: var(--care-lh-lg);
    text-wrap: pretty;
  }
  .page > h2 + .lead {
    margin-block: calc(-1 * var(--care-space-2)) var(--care-space-3);
    font-size: var(--care-text-md);
    line-height: var(--care-lh-md);
  }
  code {
    font: 400 var(--care-text-xs) / 1rem var(--care-font-mono);
    color: var(--care-text-muted);
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));
    gap: var(--care-space-4);
  }
  .half {
    overflow: hidden;
    padding: var(--care-space-4);
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-lg);
    background: var(--care-canvas);
    color: var(--care-text);
  }
  .half > h3 {
    margin-block-end: var(--care-space-3);
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    font-weight: var(--care-weight-medium);
  }
  .half > * + h3 {
    margin-block-start: var(--care-space-5);
  }

  /* Colour */
  .steps {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr));
    gap: 8px;
  }
  .step {
    display: grid;
    align-content: end;
    min-block-size: 5rem;
    padding: 8px 10px;
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-md);
    background: var(--c);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .step b {
    font-weight: var(--care-weight-strong);
  }
  .ink {
    color: var(--c);
  }
  .ladder {
    display: grid;
    gap: 6px;
  }
  .rung {
    display: grid;
    grid-template-columns: 1.25rem 5rem minmax(0, 1fr) auto;
    align-items: center;
    gap: 10px;
    padding: 8px 10px;
    border: 1px solid color-mix(in oklab, var(--r-border) 40%, transparent);
    border-inline-start: var(--care-edge) solid var(--r-border);
    border-radius: var(--care-radius-sm);
    background: var(--r-soft);
    font-size: var(--care-text-sm);
  }
  .rung > .i {
    color: var(--r-text);
  }
  .rung.plain {
    background: none;
    border-color: transparent;
  }
  .grey {
    filter: grayscale(1);
  }
  .appts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
    gap: 8px;
  }
  .appt {
    padding: 4px 8px 5px 10px;
    border-inline-start: 4px solid var(--c);
    border-radius: var(--care-radius-sm);
    background: color-mix(in oklab, var(--c) var(--care-appt-tint), var(--care-surface));
    font-size: var(--care-text-xs);
    line-height: 0.9375rem;
    color: var(--care-text-muted);
  }
  .appt b {
    display: block;
    color: var(--care-text);
    font-size: var(--care-text-sm);
    font-weight: var(--care-weight-strong);
    line-height: 1.0625rem;
  }

  /* Type */
  .spec {
    display: grid;
    grid-template-columns: 8.5rem minmax(0, 1fr);
    gap: 4px 24px;
    align-items: baseline;
    padding-block: 12px;
    border-block-end: 1px solid var(--care-border-subtle);
  }
  .spec > p:last-child {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    grid-column: 2;
  }
  .t-2xs {
    font-size: var(--care-text-2xs);
    line-height: 1rem;
    font-weight: 600;
  }
  .t-xs {
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .t-sm {
    font-size: var(--care-text-sm);
    line-height: var(--care-lh-md);
  }
  .t-md {
    font-size: var(--care-text-md);
    line-height: var(--care-lh-md);
  }
  .t-lg {
    font-size: var(--care-text-lg);
    line-height: var(--care-lh-lg);
  }
  .t-xl {
    font-size: var(--care-text-xl);
    line-height: var(--care-lh-lg);
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .t-2xl {
    font-size: var(--care-text-2xl);
    line-height: var(--care-lh-2xl);
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .t-3xl {
    font-size: var(--care-text-3xl);
    line-height: var(--care-lh-3xl);
    font-weight: 600;
    letter-spacing: -0.01em;
  }

  /* Space, shape, elevation */
  .bars {
    display: grid;
    grid-template-columns: max-content max-content minmax(0, 1fr);
    gap: 6px 16px;
    align-items: center;
  }
  .bar {
    inline-size: calc(var(--s) * 4);
    max-inline-size: 100%;
    block-size: 14px;
    border-radius: 2px;
    background: var(--care-accent);
  }
  .shapes {
    display: flex;
    flex-wrap: wrap;
    gap: 24px;
  }
  .shape {
    display: grid;
    gap: 8px;
    justify-items: start;
    font-size: var(--care-text-xs);
    color: var(--care-text-muted);
  }
  .shape > i {
    inline-size: 8rem;
    block-size: 5rem;
    border: 1px solid var(--care-border);
    background: var(--care-surface);
  }
  .r-xs {
    border-radius: var(--care-radius-xs);
  }
  .r-sm {
    border-radius: var(--care-radius-sm);
  }
  .r-md {
    border-radius: var(--care-radius-md);
  }
  .r-lg {
    border-radius: var(--care-radius-lg);
  }
  .r-full {
    border-radius: var(--care-radius-full);
  }
  .e-1 {
    box-shadow: var(--care-shadow-1);
  }
  .e-2 {
    box-shadow: var(--care-shadow-2);
    background: var(--care-surface-raised) !important;
  }
  .e-3 {
    box-shadow: var(--care-shadow-3);
    background: var(--care-surface-overlay) !important;
  }
  .focus-demo {
    outline: var(--care-focus-width) solid var(--care-focus);
    outline-offset: var(--care-focus-offset);
  }

  /* Icons */
  .icons {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
    gap: 1px;
    overflow: hidden;
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-lg);
    background: var(--care-surface);
  }
  .icons > li {
    box-shadow: 0 0 0 1px var(--care-border-subtle);
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 18px 6px 12px;
    background: var(--care-surface);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .icons code {
    font-size: var(--care-text-2xs);
  }
  .meanings {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
    gap: 10px 24px;
  }
  .meanings > li {
    display: flex;
    align-items: center;
    gap: 10px;
  }

  /* Boards of several frames */
  .board {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: var(--care-space-8) var(--care-space-5);
    align-items: start;
  }
  .board h2 {
    font-size: var(--care-text-md);
  }
  .board .why {
    margin-block-end: 8px;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .board .panel {
    min-block-size: 9.75rem;
  }
  .choice {
    display: flex;
    gap: 8px;
    inline-size: 100%;
    padding: 6px 8px;
    border: 1px solid var(--care-border-control);
    border-radius: var(--care-radius-sm);
    font-size: var(--care-text-xs);
    line-height: 1rem;
  }
  .choice b {
    display: block;
    font-size: var(--care-text-sm);
    font-weight: var(--care-weight-medium);
  }
  .choice:has(:checked) {
    border-color: var(--care-accent);
    background: var(--care-accent-soft);
  }
  .choice input {
    accent-color: var(--care-accent);
  }
  .edited {
    border-inline-start: var(--care-edge) solid var(--care-warning-border);
    padding-inline-start: calc(var(--care-panel-pad) - var(--care-edge));
  }
  .spaced {
    margin-block-start: var(--care-space-6);
  }
  .stack {
    display: grid;
    gap: var(--care-space-4);
    justify-items: start;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .w-20 {
    inline-size: min(20rem, 100%);
  }
  .w-full {
    inline-size: 100%;
  }
  .show.pop {
    position: static;
    display: block;
    inline-size: 16rem;
  }
  @media (forced-colors: active) {
    .step,
    .bar,
    .appt {
      forced-color-adjust: none;
    }
  }
`;
