import { css } from 'lit';
import { roleStyles } from './role.styles.js';

/** A `tag` is a fact in a frame; with a role it is a status, always icon and words; `solid` for what needs a person. `st` has no frame. */
export const tagStyles = [
  roleStyles,
  css`
    .tag {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      min-block-size: 1.25rem;
      padding: 0 6px;
      border: 1px solid var(--care-border);
      border-radius: var(--care-radius-sm);
      background: var(--care-surface);
      color: var(--care-text-muted);
      font-size: var(--care-text-xs);
      line-height: 1.125rem;
      font-weight: var(--care-weight-medium);
      white-space: nowrap;
    }
    .tag .i,
    .st .i {
      inline-size: 0.875rem;
      block-size: 0.875rem;
    }
    .st {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      font-size: var(--care-text-xs);
      line-height: var(--care-lh-xs);
      font-weight: var(--care-weight-medium);
    }
    .st:is(.info, .success, .warning, .danger, .critical) {
      color: var(--r-text);
    }
    .tag:is(.info, .success, .warning, .danger, .critical) {
      border-color: color-mix(in oklab, var(--r-border) 45%, transparent);
      background: var(--r-soft);
      color: var(--r-text);
    }
    .tag.solid:is(.info, .success, .warning, .danger, .critical) {
      border-color: transparent;
      background: var(--r-fill);
      color: var(--r-on);
    }
    /* Dashed: not certain, not known, not asked. */
    .tag.unsure {
      border-style: dashed;
      border-color: var(--care-border-control);
      color: var(--care-text);
    }
    @media (forced-colors: active) {
      .tag.solid {
        forced-color-adjust: none;
        background: CanvasText;
        color: Canvas;
      }
    }
  `,
];
