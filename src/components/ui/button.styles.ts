import { css } from 'lit';

/**
 * Buttons and key caps: `btn` with `btn-primary`, `btn-quiet`, `btn-link`, `btn-danger`, `btn-sm`, `btn-lg`, `btn-icon`.
 * A button that may not be used keeps its focus by `aria-disabled`, so that its reason can be read.
 */
export const buttonStyles = css`
  .btn {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: var(--care-control-md);
    min-inline-size: 1.5rem;
    padding: 0 12px;
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-md);
    background: var(--care-surface);
    color: var(--care-text);
    font-weight: var(--care-weight-medium);
    white-space: nowrap;
    text-decoration: none;
    box-shadow: var(--care-shadow-1);
    cursor: pointer;
    transition: background var(--care-dur-1) var(--care-ease);
  }
  .btn:hover {
    background: var(--care-surface-hover);
  }
  .btn[aria-pressed='true'],
  .btn[aria-expanded='true'] {
    border-color: var(--care-accent-border);
    background: var(--care-accent-soft);
    color: var(--care-accent-text);
  }
  .btn-primary {
    border-color: transparent;
    background: var(--care-accent);
    color: var(--care-on-accent);
  }
  .btn-primary:hover {
    background: var(--care-accent-hover);
  }
  .btn-primary:active {
    background: var(--care-accent-active);
  }
  .btn-danger {
    border-color: transparent;
    background: var(--care-danger-fill);
    color: var(--care-danger-on-fill);
  }
  .btn-danger:hover {
    background: color-mix(in oklab, var(--care-danger-fill) 88%, var(--care-text));
  }
  .btn-quiet {
    border-color: transparent;
    background: none;
    color: var(--care-text-muted);
    box-shadow: none;
  }
  .btn-link {
    min-block-size: 1.5rem;
    padding: 0 2px;
    border: 0;
    background: none;
    color: var(--care-accent-text);
    box-shadow: none;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  .btn-link:hover {
    background: none;
    text-decoration-thickness: 2px;
  }
  .btn-sm {
    min-block-size: var(--care-control-sm);
    padding: 0 8px;
    gap: 4px;
    border-radius: var(--care-radius-sm);
    font-size: var(--care-text-xs);
  }
  .btn-lg {
    min-block-size: var(--care-control-lg);
    padding: 0 18px;
  }
  .btn-icon {
    inline-size: var(--care-control-md);
    padding: 0;
  }
  .btn-icon.btn-sm {
    inline-size: var(--care-control-sm);
  }
  .btn-icon.btn-lg {
    inline-size: var(--care-control-lg);
  }
  .btn:is(:disabled, [aria-disabled='true']) {
    border-color: var(--care-border);
    border-style: dashed;
    background: var(--care-surface-sunken);
    color: var(--care-text-muted);
    box-shadow: none;
    cursor: default;
  }

  .kbd {
    display: inline-block;
    min-inline-size: 1.25rem;
    padding: 0 5px;
    border: 1px solid var(--care-border);
    border-block-end-width: 2px;
    border-radius: var(--care-radius-sm);
    background: var(--care-surface);
    color: var(--care-text-muted);
    font: 500 var(--care-text-2xs) / 1rem var(--care-font);
    text-align: center;
  }

  @media (forced-colors: active) {
    .btn-primary,
    .btn-danger {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .btn:is([aria-pressed='true'], [aria-expanded='true']) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .btn:is(:disabled, [aria-disabled='true']) {
      color: GrayText;
      border-color: GrayText;
    }
  }
`;
