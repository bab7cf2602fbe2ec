import { css } from 'lit';

/**
 * The five roles as local colours: an element of class `info`, `success`, `warning`, `danger` or `critical` has `--r-text`,
 * `--r-soft`, `--r-border`, `--r-fill` and `--r-on`, which tags, notices and statuses draw with.
 */
export const roleStyles = css`
  .info {
    --r-text: var(--care-info-text);
    --r-soft: var(--care-info-soft);
    --r-border: var(--care-info-border);
    --r-fill: var(--care-info-fill);
    --r-on: var(--care-info-on-fill);
  }
  .success {
    --r-text: var(--care-success-text);
    --r-soft: var(--care-success-soft);
    --r-border: var(--care-success-border);
    --r-fill: var(--care-success-fill);
    --r-on: var(--care-success-on-fill);
  }
  .warning {
    --r-text: var(--care-warning-text);
    --r-soft: var(--care-warning-soft);
    --r-border: var(--care-warning-border);
    --r-fill: var(--care-warning-fill);
    --r-on: var(--care-warning-on-fill);
  }
  .danger {
    --r-text: var(--care-danger-text);
    --r-soft: var(--care-danger-soft);
    --r-border: var(--care-danger-border);
    --r-fill: var(--care-danger-fill);
    --r-on: var(--care-danger-on-fill);
  }
  .critical {
    --r-text: var(--care-critical-text);
    --r-soft: var(--care-critical-soft);
    --r-border: var(--care-critical-border);
    --r-fill: var(--care-critical-fill);
    --r-on: var(--care-critical-on-fill);
  }
  .rt {
    color: var(--r-text);
  }
`;

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

/** A `notice`: edge, icon, words. The edge is a border, so that forced colours keep it. Give it a role. */
export const noticeStyles = [
  roleStyles,
  css`
    .notice {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      column-gap: 10px;
      row-gap: 2px;
      padding: 10px 12px;
      border: 1px solid color-mix(in oklab, var(--r-border) 40%, transparent);
      border-inline-start: var(--care-edge) solid var(--r-border);
      border-radius: var(--care-radius-sm);
      background: var(--r-soft);
    }
    .notice > .i {
      margin-block-start: 2px;
      color: var(--r-text);
    }
    .notice > :not(.i) {
      grid-column: 2;
    }
    .notice-t {
      font-weight: var(--care-weight-strong);
    }
    .notice .btn {
      justify-self: start;
      margin-block-start: 4px;
    }
  `,
];
