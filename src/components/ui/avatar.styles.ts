import { css } from 'lit';

/** A round `avatar` with initials. Decoration beside a name that is written out: hide it from screen readers. */
export const avatarStyles = css`
  .avatar {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    border: 1px solid var(--care-border);
    border-radius: 50%;
    background: var(--care-surface-sunken);
    color: var(--care-text-muted);
    font-size: var(--care-text-2xs);
    line-height: 1;
    font-weight: var(--care-weight-strong);
    user-select: none;
  }
  .avatar-lg {
    inline-size: 2.5rem;
    block-size: 2.5rem;
    font-size: var(--care-text-sm);
  }
`;
