import { css } from 'lit';

/** The frame: bar, legend, notices, switcher, tray, and what stands in the grid's place. */
export const frameStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    background: var(--care-surface);
    --minute: calc(var(--care-slot) / 15);
    --smallest: 1.5rem;
    --column: var(--care-scheduler-column-min, 6rem);
  }
  .frame {
    --gutter: var(--care-scheduler-gutter, 3.25rem);
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
  }
  /* 12-hour clocks have their am and pm beside the hour. */
  .long-times {
    --gutter: var(--care-scheduler-gutter, 4.25rem);
  }
  .probe {
    position: absolute;
    visibility: hidden;
    pointer-events: none;
    contain: strict;
  }
  .probe-time {
    inline-size: var(--smallest);
    block-size: calc(var(--minute) * 60);
  }
  .probe-room {
    inline-size: var(--gutter);
    block-size: var(--column);
  }

  .frame > :is(.bar, .legend, .zones, .who, .notices, .tray) {
    flex: none;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px var(--care-space-3);
    min-block-size: 3.5rem;
    padding: 8px var(--care-space-4);
  }
  .bar h2 {
    font-size: var(--care-text-xl);
    line-height: var(--care-lh-lg);
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .tight {
    gap: 0;
  }
  .sum {
    color: var(--care-text-muted);
    font-size: var(--care-text-sm);
    font-variant-numeric: tabular-nums;
  }
  .sum .alarm {
    color: var(--care-danger-text);
    font-weight: var(--care-weight-medium);
  }
  .pick {
    position: relative;
    display: inline-grid;
  }
  .pick input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border: 0;
    padding: 0;
    opacity: 0;
    cursor: pointer;
  }
  .pick:focus-within .btn {
    outline: var(--care-focus-width) solid var(--care-focus);
    outline-offset: var(--care-focus-offset);
  }
  .zones {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
    padding: 0 var(--care-space-4) 8px;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 24px;
    padding: 0 var(--care-space-4) 10px;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: 1rem;
    white-space: nowrap;
  }
  .legend > div,
  .legend ul {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 5px;
  }
  .legend h3 {
    color: var(--care-text-subtle);
    font-weight: var(--care-weight);
  }
  .legend .edge {
    flex: none;
    inline-size: 4px;
    block-size: 0.75rem;
    border-radius: 2px;
    background: var(--hue);
  }
  .legend .mark {
    color: var(--care-text);
  }

  .who {
    display: flex;
    gap: 6px;
    padding: 4px 12px 10px;
  }
  .who .btn {
    min-block-size: 2.75rem;
  }
  .who > .btn-icon {
    inline-size: 2.75rem;
  }
  .who-b {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    justify-content: flex-start;
    padding-inline: 8px;
  }
  .who-b select {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .who-b:focus-within {
    outline: var(--care-focus-width) solid var(--care-focus);
    outline-offset: var(--care-focus-offset);
  }
  .who-n {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    text-align: start;
    line-height: 1.125rem;
  }
  .who-n > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .notices {
    display: grid;
    gap: 8px;
    padding: 0 var(--care-space-4) 10px;
  }
  .notices .acts {
    margin-block-start: 4px;
  }
  .notices .notice {
    font-size: var(--care-text-sm);
    line-height: 1.125rem;
  }
  .notices ul {
    display: grid;
    gap: 2px;
  }
  .instead {
    padding: 0 var(--care-space-4) var(--care-space-4);
  }
  .instead .panel {
    max-inline-size: 40rem;
  }
  .ask {
    display: grid;
    gap: var(--care-space-3);
    padding: var(--care-panel-pad);
    justify-items: start;
  }
  .ask .field {
    inline-size: min(100%, 24rem);
  }
  .ask h2 {
    font-size: var(--care-text-xl);
    line-height: var(--care-lh-lg);
  }
  .bones-grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
    gap: 10px;
    padding: 12px var(--care-space-4);
    min-block-size: 16rem;
    border-block-start: 1px solid var(--care-border);
  }
  .bones-grid span {
    display: grid;
    align-content: start;
    gap: 10px;
  }
  .bones-grid i {
    block-size: 10px;
    border-radius: 3px;
    background: var(--care-border-subtle);
  }
  .bones-grid i:first-child {
    inline-size: 60%;
    margin-block-end: 10px;
    background: var(--care-border);
  }
  .bones-grid i:nth-child(n + 2) {
    block-size: 3rem;
    border-radius: var(--care-radius-sm);
  }
  .bones-grid span:nth-child(2n) i:nth-child(3) {
    margin-block-start: 2.5rem;
  }
  .tray {
    position: sticky;
    inset-block-end: 0;
    z-index: 8;
    display: flex;
    gap: 8px;
    padding: 8px 12px;
    background: var(--care-surface);
    border-block-start: 1px solid var(--care-border);
  }
  .tray .btn {
    flex: 1;
    min-block-size: 2.75rem;
  }

  @media (pointer: coarse) {
    :host {
      --smallest: 2rem;
    }
  }
  /* Room by classes: the element knows its width anyway, and a container query would put the styles of all boxes off into layout. */
  .w-middle .legend .states,
  .w-narrow .legend {
    display: none;
  }
  .w-narrow .bar {
    min-block-size: 0;
    padding: 10px 12px 4px;
  }
  .w-narrow .bar h2 {
    flex: 1 1 auto;
    font-size: var(--care-text-lg);
  }
  .w-narrow :is(.zones, .notices, .instead) {
    padding-inline: 12px;
  }
  @media (forced-colors: active) {
    .legend .edge {
      forced-color-adjust: none;
    }
  }
`;
