import { css } from 'lit';
import { roleStyles } from './role.styles.js';

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
