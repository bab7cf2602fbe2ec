import { css, type CSSResult } from 'lit';

/** The open appointment. */
export const detailsStyles: CSSResult = css`
  .details {
    inline-size: min(22rem, calc(100vw - 16px));
    padding: 12px 14px;
  }
  .details h3 {
    font-size: var(--care-text-lg);
    line-height: var(--care-lh-lg);
  }
  .details-h {
    display: flex;
    align-items: flex-start;
    gap: 8px;
  }
  .details-h > div {
    flex: 1;
    min-inline-size: 0;
  }
  .facts {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 3px 12px;
    margin-block: 8px;
    font-size: var(--care-text-sm);
    line-height: 1.125rem;
  }
  .facts dt {
    color: var(--care-text-muted);
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  .details .why {
    margin-block-start: 6px;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: 1rem;
  }
  .details .tag {
    margin-block-start: 6px;
  }
  .details .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 8px;
  }
`;
