import { css, type CSSResult } from 'lit';

/** Fields and choices of the dialogs. */
export const dialogFieldStyles: CSSResult = css`
  .fields {
    container-type: inline-size;
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--care-space-3);
  }
  .fields .wide {
    grid-column: 1 / -1;
  }
  .choices {
    display: grid;
    gap: 8px;
  }
  .choice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px 10px;
    align-items: start;
    padding: 8px 12px;
    border: 1px solid var(--care-border-control);
    border-radius: var(--care-radius-sm);
    cursor: pointer;
  }
  .choice input {
    inline-size: 1rem;
    block-size: 1rem;
    margin-block-start: 2px;
    accent-color: var(--care-accent);
  }
  .choice small {
    grid-column: 2;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: 1rem;
  }
  .choice:has(:checked) {
    border-color: var(--care-accent-border);
    background: var(--care-accent-soft);
    box-shadow: inset 0 0 0 1px var(--care-accent-border);
  }
  .choice:has(:disabled) {
    border-style: dashed;
    color: var(--care-text-muted);
    cursor: default;
  }
  .choice:has(:focus-visible) {
    outline: var(--care-focus-width) solid var(--care-focus);
    outline-offset: var(--care-focus-offset);
  }
  .choice input:focus-visible {
    outline: none;
  }
  @media (forced-colors: active) {
    .choice:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
`;
