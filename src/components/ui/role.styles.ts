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
