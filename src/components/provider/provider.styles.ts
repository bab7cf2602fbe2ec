import { css } from 'lit';

export const providerStyles = css`
  /* Around somebody's layout without a box of its own in it. */
  :host {
    display: contents;
  }
  /* In the top layer: no transform, overflow or z-index of the page can hide it. It takes no press from what is under it. */
  .mark {
    position: fixed;
    inset: auto;
    inset-block-end: 10px;
    inset-inline-start: 10px;
    margin: 0;
    padding: 3px 10px 3px 8px;
    border: 1px dashed var(--care-warning-border);
    border-radius: var(--care-radius-full);
    background: var(--care-warning-soft);
    color: var(--care-warning-text);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
    font-weight: var(--care-weight-medium);
    box-shadow: var(--care-shadow-2);
    pointer-events: none;
  }
  .mark .i {
    margin-inline-end: 4px;
  }
  .fault {
    margin: var(--care-space-4);
  }
`;
