import { css } from 'lit';

/** A `dialog` for one decision: title is the question, verbs on the buttons, safest first. Drawn by dialog.ts. */
export const dialogStyles = css`
  dialog {
    inline-size: min(30rem, calc(100vw - 32px));
    max-inline-size: none;
    max-block-size: calc(100dvb - 32px);
    padding: 0;
    overflow: auto;
    border: var(--care-stroke) solid var(--care-border);
    border-radius: var(--care-radius-lg);
    background: var(--care-surface-overlay);
    color: var(--care-text);
    box-shadow: var(--care-shadow-3);
  }
  dialog::backdrop {
    background: var(--care-scrim);
  }
  .dlg-h {
    display: flex;
    align-items: flex-start;
    gap: var(--care-space-2);
    padding: var(--care-space-4) var(--care-space-4) 0;
  }
  .dlg-h h2 {
    flex: 1;
    font-size: var(--care-text-xl);
    line-height: var(--care-lh-lg);
    letter-spacing: -0.01em;
  }
  .dlg-b {
    display: grid;
    gap: var(--care-space-3);
    padding: var(--care-space-2) var(--care-space-4) var(--care-space-4);
  }
  .dlg-f {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--care-space-2);
    padding: var(--care-space-3) var(--care-space-4);
    border-block-start: 1px solid var(--care-border-subtle);
  }
  @media (max-width: 479px) {
    .dlg-f .btn {
      flex: 1 1 auto;
    }
  }
`;
