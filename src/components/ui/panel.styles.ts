import { css } from 'lit';

/**
 * Panels and the section pattern: `panel` > `panel-h` (icon, title, `count`, `panel-end`), body (`panel-b`, `rows`, `note`,
 * `gap`, `bones`), `panel-f`. Solid line = known; dashed = not certain; hatched = not available. Drawn by section.ts.
 */
export const panelStyles = css`
  .panel {
    display: flex;
    flex-direction: column;
    overflow: clip;
    border: var(--care-stroke) solid var(--care-border);
    border-radius: var(--care-radius-lg);
    background: var(--care-surface);
  }
  .panel-h {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--care-space-2);
    min-block-size: calc(var(--care-control-md) + 0.75rem);
    padding: 4px var(--care-panel-pad);
    border-block-end: 1px solid var(--care-border-subtle);
  }
  .panel-h :is(h2, h3, h4) {
    font-size: var(--care-text-md);
    line-height: var(--care-lh-md);
  }
  .panel-h > .i {
    color: var(--care-text-muted);
  }
  .panel-end {
    display: inline-flex;
    align-items: center;
    gap: var(--care-space-2);
    margin-inline-start: auto;
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .count {
    color: var(--care-text-subtle);
    font-weight: var(--care-weight);
    font-variant-numeric: tabular-nums;
  }
  .panel-b {
    padding: var(--care-panel-pad);
  }
  .panel-f {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    margin-block-start: auto;
    padding: 8px var(--care-panel-pad);
    border-block-start: 1px solid var(--care-border-subtle);
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .panel-f.act {
    justify-content: flex-end;
  }

  .rows > li {
    display: flex;
    flex-direction: column;
    padding: 8px var(--care-panel-pad);
    border-block-end: 1px solid var(--care-border-subtle);
    font-size: var(--care-text-sm);
    line-height: 1.125rem;
  }
  .rows > li:last-child {
    border-block-end: 0;
  }
  .rows .sub {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
  }

  /* One strong line and what it rests on: empty, not asked, no access. */
  .note {
    display: grid;
    justify-items: start;
    gap: 4px;
    padding: 12px var(--care-panel-pad);
  }
  /* A legend stands on its fieldset's edge unless it floats. */
  .note > legend {
    float: inline-start;
    inline-size: 100%;
    margin-block-end: 4px;
    padding: 0;
  }
  .note-t {
    font-size: var(--care-text-sm);
    font-weight: var(--care-weight-strong);
  }
  .note-d {
    color: var(--care-text-muted);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }
  .note > .btn,
  .gap .acts {
    margin-block-start: 4px;
  }

  /* Data that did not load: hatched, dashed in danger. */
  .gap {
    flex: 1;
    display: grid;
    align-content: start;
    justify-items: start;
    gap: 4px;
    padding: 10px var(--care-panel-pad) 12px;
    border-block-start: 1px dashed var(--care-danger-border);
    /* A colour space by name: without it Firefox draws lines of colours in oklch far too thin and far apart. */
    background: repeating-linear-gradient(135deg in srgb, var(--care-hatch) 0 1px, transparent 1px 7px), var(--care-surface-sunken);
  }
  .gap .note-t > .i {
    margin-inline-end: 6px;
    color: var(--care-danger-text);
  }
  .panel-h + .gap,
  .gap.all {
    border-block-start: 0;
    padding-block-start: 12px;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }

  /* Skeleton: bars in the shape of the rows to come. Nothing moves. */
  .bones {
    display: grid;
    gap: 8px;
    padding: 12px var(--care-panel-pad);
  }
  .bones i {
    inline-size: 64%;
    block-size: 10px;
    border-radius: 3px;
    background: var(--care-border-subtle);
  }
  .bones i:nth-of-type(odd) {
    inline-size: 42%;
    background: var(--care-border);
  }
  .bones i:nth-of-type(odd):not(:first-of-type) {
    margin-block-start: 12px;
  }
  .bones i:nth-of-type(4n + 3) {
    inline-size: 30%;
  }
  .bones i:nth-of-type(4n) {
    inline-size: 56%;
  }

  .offline-strip {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 1.875rem;
    padding: 7px var(--care-panel-pad);
    background: var(--care-text);
    color: var(--care-surface);
    font-size: var(--care-text-xs);
    line-height: var(--care-lh-xs);
  }

  .panel[data-state='not-asked'] {
    border-style: dashed;
    border-color: var(--care-border-control);
  }
  .panel[data-state='failed'] {
    border-style: dashed;
    border-color: var(--care-danger-border);
  }
  .panel[data-state='conflict'] {
    border-color: var(--care-danger-border);
  }
  .panel[data-state='stale'] > .panel-h {
    border-block-end: 1px dashed var(--care-info-border);
  }
  .panel[data-state='no-access'] {
    background: var(--care-surface-sunken);
  }
  .panel[data-state='read-only'] .rows > li {
    border-color: transparent;
  }

  @media (forced-colors: active) {
    .gap {
      border: 1px dashed CanvasText;
    }
    .offline-strip {
      forced-color-adjust: none;
      background: CanvasText;
      color: Canvas;
    }
    .bones i:nth-of-type(n) {
      border: 1px solid GrayText;
      background: none;
    }
  }
`;
