import { css } from 'lit';

/** Identity, allergies and alerts. Wraps, never shortens. */
export const bannerStyles = css`
  .banner {
    position: sticky;
    inset-block-start: var(--care-chart-viewer-sticky-top, 0px);
    z-index: 3;
    background: var(--care-surface);
    border-block-end: 1px solid var(--care-border);
    box-shadow: var(--care-shadow-1);
  }
  .id {
    position: relative;
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px 12px;
    padding: 10px var(--care-space-4);
    background: var(--care-surface);
  }
  .id-n {
    flex: 1 1 18rem;
    min-inline-size: 0;
  }
  .id h2 {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
    font-size: var(--care-text-xl);
    line-height: var(--care-lh-xl);
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  .family {
    text-transform: uppercase;
  }
  .given {
    font-weight: var(--care-weight-medium);
  }
  .prefix,
  .known {
    color: var(--care-text-muted);
    font-size: var(--care-text-sm);
    font-weight: var(--care-weight);
    letter-spacing: 0;
  }
  .dead {
    align-self: center;
    border-color: transparent;
    background: var(--care-text);
    color: var(--care-surface);
    letter-spacing: 0;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    color: var(--care-text);
    font-size: var(--care-text-sm);
    line-height: 1.25rem;
  }
  .facts > div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    min-inline-size: 0;
  }
  .facts dt {
    color: var(--care-text-muted);
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  .id-a {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .id-d {
    flex: none;
  }
  .id-d[open] {
    flex: 1 1 100%;
  }
  .id-d > summary {
    margin-inline-start: auto;
  }
  .id-more {
    display: grid;
    gap: 8px;
    max-block-size: 40vh;
    overflow: auto;
    padding-block: 4px 8px;
  }

  .loud {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    padding: 6px var(--care-space-4);
    background: var(--r-soft);
    border-block-start: 1px solid var(--care-border-subtle);
    border-inline-start: var(--care-edge) solid var(--r-border);
    font-size: var(--care-text-sm);
    line-height: 1.125rem;
  }
  .loud > .i {
    color: var(--r-text);
  }
  .loud > span {
    flex: 1 1 12rem;
  }

  .alerts {
    display: flex;
    flex-wrap: wrap;
    border-block-start: 1px solid var(--care-border-subtle);
  }
  .al {
    display: flex;
    flex: 1 1 16rem;
    flex-wrap: wrap;
    align-items: flex-start;
    align-content: center;
    gap: 2px 14px;
    min-block-size: 2.25rem;
    padding: 6px var(--care-space-4);
    font-size: var(--care-text-sm);
    line-height: 1.25rem;
  }
  .al:first-child {
    flex: 2 1 24rem;
  }
  .al + .al {
    border-inline-start: 1px solid var(--care-border-subtle);
  }
  .al ul {
    display: flex;
    flex: 1 1 10rem;
    flex-wrap: wrap;
    gap: 2px 16px;
  }
  .al li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 6px;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .al-h {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 1.25rem;
  }
  .al-h > .i {
    color: var(--care-text-muted);
  }
  .al-r {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .al.severe {
    background: var(--care-danger-soft);
    border-inline-start: var(--care-edge) solid var(--care-danger-fill);
    padding-inline-start: calc(var(--care-space-4) - var(--care-edge));
  }
  .al.severe .al-h,
  .al.severe .al-h > .i {
    color: var(--care-danger-text);
  }
  .al.severe li > .muted {
    color: var(--care-text);
  }
  .al.caution {
    background: var(--care-warning-soft);
    border-inline-start: var(--care-edge) solid var(--care-warning-border);
    padding-inline-start: calc(var(--care-space-4) - var(--care-edge));
  }
  .al.caution .al-h > .i {
    color: var(--care-warning-text);
  }
  .al.gap {
    border: 1px dashed var(--care-danger-border);
    padding-block: 5px;
  }
  .al.gap .al-h > .i {
    color: var(--care-danger-text);
  }
  .al.unsure {
    outline: 1px dashed var(--care-border-control);
    outline-offset: -3px;
  }
`;
