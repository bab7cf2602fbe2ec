import { css } from 'lit';

/** Constructable, like every sheet of carelet's: the stories run under the same strict CSP. */
export const welcomeStyles = css`
  .welcome {
    box-sizing: border-box;
    min-block-size: 100vh;
    padding: clamp(20px, 5vw, 64px);
    background: var(--care-canvas);
    color: var(--care-text);
    font: 400 var(--care-text-lg) / var(--care-lh-lg) var(--care-font);
  }
  .welcome > * {
    max-inline-size: 72rem;
    margin-inline: auto;
  }
  .welcome h1 {
    margin: 0;
    font-size: clamp(1.75rem, 4.5vw, 3rem);
    line-height: 1.1;
    font-weight: 600;
    letter-spacing: -0.02em;
    max-inline-size: 22ch;
    text-wrap: balance;
  }
  .welcome .lead {
    margin: 16px 0 0;
    max-inline-size: 60ch;
    color: var(--care-text-muted);
    text-wrap: pretty;
  }
  .welcome .brand {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-block-end: 28px;
    font-weight: 600;
  }
  .welcome .brand b {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    border-radius: 8px;
    background: var(--care-accent);
    color: var(--care-on-accent);
  }
  .welcome h2 {
    margin: 48px 0 16px;
    font-size: var(--care-text-2xl);
    line-height: var(--care-lh-2xl);
    font-weight: 600;
  }
  .welcome .frame {
    margin-block-start: 36px;
    block-size: 34rem;
    overflow: hidden;
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-lg);
    background: var(--care-surface);
    box-shadow: var(--care-shadow-3);
  }
  .welcome .frame care-scheduler {
    display: block;
    block-size: 100%;
  }
  .welcome ul.grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));
    gap: 16px;
    margin-block: 0;
    padding: 0;
    list-style: none;
  }
  .welcome .grid li {
    padding: 20px;
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-lg);
    background: var(--care-surface);
    font-size: var(--care-text-md);
    line-height: var(--care-lh-md);
    color: var(--care-text-muted);
  }
  .welcome .grid strong {
    display: block;
    margin-block-end: 6px;
    color: var(--care-text);
    font-size: var(--care-text-lg);
    font-weight: 600;
  }
  .welcome .sample {
    box-sizing: border-box;
    block-size: 44px;
    margin-block-end: 14px;
    border-radius: var(--care-radius-sm);
    background: var(--care-surface);
  }
  .welcome .solid {
    border: 2px solid var(--care-text);
  }
  .welcome .dashed {
    border: 2px dashed var(--care-text-muted);
  }
  .welcome .hatched {
    border: 1px solid var(--care-border);
    background: repeating-linear-gradient(135deg in srgb, var(--care-hatch) 0 1px, transparent 1px 7px) var(--care-surface-sunken);
  }
  .welcome .framed {
    border: 2px solid var(--care-accent);
    background: var(--care-accent-soft);
  }
`;
