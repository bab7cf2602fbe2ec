import { css } from 'lit';

/** Form fields: `lbl`, `hint`, `err`, `in` (input, textarea), `sel` around a select and its chevron, `unit` for an end cap. */
export const fieldStyles = css`
  .lbl {
    display: block;
    margin-block-end: 4px;
    font-weight: var(--care-weight-medium);
    font-size: var(--care-text-sm);
    line-height: var(--care-lh-md);
  }
  .hint {
    display: block;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .in {
    display: block;
    inline-size: 100%;
    min-block-size: var(--care-control-md);
    padding: 0 10px;
    border: 1px solid var(--care-border-control);
    border-radius: var(--care-radius-sm);
    background: var(--care-surface);
    color: var(--care-text);
    appearance: none;
  }
  .in::placeholder {
    color: var(--care-text-subtle);
    opacity: 1;
  }
  .in:focus {
    outline: var(--care-focus-width) solid var(--care-focus);
    outline-offset: 1px;
  }
  .in:disabled {
    border-style: dashed;
    background: var(--care-surface-sunken);
    color: var(--care-text-muted);
  }
  /* As a block WebKit puts the text of these at the top; as a flex box where it stands in the others. */
  .in:is([type='date'], [type='time'], [type='datetime-local']) {
    display: flex;
    align-items: center;
  }
  .in::-webkit-date-and-time-value {
    text-align: start;
  }
  textarea.in {
    padding-block: 6px;
  }
  .in[aria-invalid='true'] {
    padding-inline: 9px;
    border: 2px solid var(--care-danger-border);
  }
  .err {
    display: flex;
    gap: 4px;
    margin-block-start: 4px;
    color: var(--care-danger-text);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
    font-weight: var(--care-weight-medium);
  }
  .sel {
    position: relative;
    display: block;
  }
  .sel > select {
    padding-inline-end: 28px;
  }
  .sel > .i {
    position: absolute;
    inset-inline-end: 8px;
    inset-block-start: calc(50% - 0.5rem);
    color: var(--care-text-muted);
  }
  .unit {
    display: flex;
  }
  .unit > .in {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
  }
  .unit > span {
    display: grid;
    place-items: center;
    padding-inline: 10px;
    border: 1px solid var(--care-border-control);
    border-inline-start: 0;
    border-start-end-radius: var(--care-radius-sm);
    border-end-end-radius: var(--care-radius-sm);
    background: var(--care-surface-sunken);
    color: var(--care-text-muted);
    white-space: nowrap;
  }
  /* Under 16 px a phone zooms into the field. */
  @media (pointer: coarse) {
    .in {
      font-size: var(--care-text-lg);
    }
  }
`;
