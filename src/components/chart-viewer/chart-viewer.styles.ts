import { css } from 'lit';
import { bannerStyles } from './styles/banner.styles.js';
import { entryStyles } from './styles/entry.styles.js';

const layoutStyles = css`
  :host {
    container: chart / inline-size;
    background: var(--care-canvas);
  }
  /* What is only heard must not widen the page: hidden text stands a pixel outside its place. */
  .live {
    position: relative;
    block-size: 0;
    overflow: clip;
  }
  .choose {
    padding: var(--care-space-8) var(--care-space-4);
    text-align: center;
  }
  .lay {
    display: grid;
    grid-template: 'nav main cards' auto 'nav main rest' 1fr / 10.5rem minmax(0, 1fr) 19rem;
    gap: var(--care-space-4);
    align-items: start;
    padding: var(--care-space-4);
  }
  .side {
    grid-area: nav;
  }
  .cards {
    grid-area: cards;
  }
  .main {
    grid-area: main;
  }
  .rest {
    grid-area: rest;
  }
  .cards,
  .main,
  .rest {
    display: grid;
    gap: var(--care-space-4);
    min-inline-size: 0;
  }
  .panel {
    scroll-margin-block-start: calc(var(--sticky-size, 0px) + var(--care-chart-viewer-sticky-top, 0px) + 12px);
  }
  .panel-h h3:focus-visible {
    outline-offset: 4px;
  }

  .side {
    position: sticky;
    inset-block-start: calc(var(--sticky-size, 0px) + var(--care-chart-viewer-sticky-top, 0px) + var(--care-space-4));
  }
  .side a {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 2rem;
    padding: 0 8px;
    border-radius: var(--care-radius-md);
    color: var(--care-text-muted);
    font-size: var(--care-text-sm);
    font-weight: var(--care-weight-medium);
    text-decoration: none;
  }
  .nav-t {
    flex: 1;
  }
  .side a:hover {
    background: var(--care-surface-hover);
  }
  .side [aria-current] {
    background: var(--care-surface-selected);
    color: var(--care-text);
  }

  @container chart (max-width: 1199px) {
    .lay {
      grid-template: 'nav nav' auto 'main cards' auto 'main rest' 1fr / minmax(0, 1fr) 18rem;
    }
    .side {
      position: static;
      overflow-x: auto;
      margin: -4px -4px 0;
      padding: 4px;
    }
    .side ul {
      display: flex;
      gap: 4px;
    }
    .side a {
      white-space: nowrap;
    }
  }
  @container chart (max-width: 767px) {
    .lay {
      grid-template: 'cards' 'main' 'rest' / minmax(0, 1fr);
      gap: 12px;
      padding: 12px;
    }
    .cards,
    .main,
    .rest {
      gap: 12px;
    }
    .side {
      display: none;
    }
    /* Only who it is stays in view: allergies and alerts would fill a phone. */
    .banner {
      display: contents;
    }
    .id {
      position: sticky;
      inset-block-start: var(--care-chart-viewer-sticky-top, 0px);
      z-index: 3;
      padding: 8px 12px;
      border-block-end: 1px solid var(--care-border);
      box-shadow: var(--care-shadow-1);
    }
    .id-n {
      flex-basis: 12rem;
    }
    .id-a:has(::slotted(*)) {
      flex-basis: 100%;
    }
    .facts {
      gap: 0 12px;
      font-size: var(--care-text-xs);
      line-height: 1.125rem;
    }
    .al {
      flex-basis: 100%;
      padding-inline: 12px;
    }
    .alerts {
      background: var(--care-surface);
    }
    .al + .al {
      border-block-start: 1px solid var(--care-border-subtle);
      border-inline-start: 0;
    }
    .al.severe,
    .al.caution {
      padding-inline-start: calc(12px - var(--care-edge));
    }
    .al ul {
      flex-basis: 100%;
    }
    .alerts {
      border-block-end: 1px solid var(--care-border);
    }
    .panel {
      --care-panel-pad: 0.75rem;
    }
  }
  @container chart (max-width: 479px) {
    .id .avatar {
      display: none;
    }
    .rows > .entry.led {
      grid-template-columns: minmax(0, 1fr);
    }
    .rows > .entry.led .lead {
      padding-inline-end: 0;
    }
  }

  @media (pointer: coarse) {
    .side a,
    .fold > summary {
      min-block-size: 2.75rem;
    }
    .more > summary,
    .id-d > summary {
      inline-size: 2rem;
      block-size: 2rem;
    }
  }
  @media (forced-colors: active) {
    .al,
    .loud {
      border: 1px solid CanvasText;
      border-inline-start-width: 4px;
    }
    .dead {
      forced-color-adjust: none;
      background: CanvasText;
      color: Canvas;
    }
    .side [aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  @media print {
    :host {
      background: none;
    }
    .banner,
    .id,
    .side {
      position: static;
      box-shadow: none;
    }
    .side,
    .id-a,
    .id-d,
    .all,
    .acts,
    .more:not([open]),
    .orig:not([open]) {
      display: none;
    }
    .lay {
      display: block;
      padding-inline: 0;
    }
    .lay > * + * {
      margin-block-start: 12px;
    }
    .panel {
      margin-block-end: 12px;
      overflow: visible;
    }
    .entry,
    .panel-h {
      break-inside: avoid;
    }
    .panel-h {
      break-after: avoid;
    }
    .original {
      max-block-size: none;
      overflow: visible;
      white-space: pre-wrap;
    }
  }
`;

export const chartViewerStyles = [bannerStyles, entryStyles, layoutStyles];
