import { css } from 'lit';
import { hues, marks } from './marks.styles.js';

/** The boxes. Status is a shape first: edge, frame, hatch, icon and word; hue is the service's. */
export const boxStyles = [
  marks(),
  hues(),
  css`
    .h0 {
      --hue: var(--care-border-control);
    }
    .mark {
      display: inline-block;
      flex: none;
      inline-size: 14px;
      block-size: 14px;
      background: currentColor;
    }
    .ev {
      position: absolute;
      z-index: 2;
      inset-inline-start: 3px;
      inline-size: calc(100% - 6px);
      padding-block: 1px;
    }
    .ev-b {
      position: relative;
      display: flex;
      flex-direction: column;
      inline-size: 100%;
      block-size: 100%;
      padding: 2px 6px 0 10px;
      padding-inline: 10px 6px;
      overflow: hidden;
      border: 0;
      border-radius: var(--care-radius-sm);
      /* The edge is a background: a pseudo-element would cost as much as another element in each of hundreds of boxes. */
      background-color: color-mix(in oklab, var(--hue) var(--care-appt-tint), var(--care-surface));
      background-image: linear-gradient(var(--hue), var(--hue));
      background-size: 4px 100%;
      background-repeat: no-repeat;
      background-position: left;
      color: var(--care-text);
      text-align: start;
      cursor: grab;
      touch-action: manipulation;
      user-select: none;
      -webkit-user-select: none;
      -webkit-touch-callout: none;
    }
    .ev-b::after {
      content: '';
      position: absolute;
      inset-block-start: 3px;
      inset-inline-end: 6px;
      inline-size: 14px;
      block-size: 14px;
      background: currentColor;
    }
    .ev-b:hover {
      background-color: color-mix(in oklab, var(--hue) 18%, var(--care-surface));
    }
    .ev-b:focus-visible {
      outline-offset: 1px;
      z-index: 3;
    }
    .ev:focus-within {
      z-index: 4;
    }
    .fixed .ev-b {
      cursor: pointer;
    }
    .ev-t {
      overflow: hidden;
      padding-inline-end: 20px;
      color: var(--care-text-muted);
      font-size: var(--care-text-xs);
      line-height: 0.9375rem;
      font-variant-numeric: tabular-nums;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .ev-t b {
      margin-inline-start: 1px;
      font-weight: var(--care-weight);
    }
    .ev-n {
      display: block;
      overflow: hidden;
      font-weight: var(--care-weight-strong);
      font-size: var(--care-text-sm);
      line-height: 1.0625rem;
      /* A name has its own direction, but stands where the others stand. */
      text-align: left;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    :host(:dir(rtl)) .ev-n {
      text-align: right;
    }
    .ev-n[data-age]::after {
      content: attr(data-age);
      margin-inline-start: 4px;
      unicode-bidi: plaintext;
      color: var(--care-text-muted);
      font-weight: var(--care-weight);
      font-size: var(--care-text-xs);
    }
    .ev-s {
      overflow: hidden;
      color: var(--care-text-muted);
      font-size: var(--care-text-xs);
      line-height: 0.9375rem;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    /* Two lines: no padding above. One line: time and name side by side. */
    .lines-2 .ev-b {
      padding-block-start: 0;
    }
    .lines-1 .ev-b {
      flex-direction: row;
      align-items: center;
      gap: 5px;
      padding-block-start: 0;
      /* Room for the mark, on the box's side: the name has a direction of its own. */
      padding-inline-end: 22px;
    }
    .lines-1 .ev-t {
      flex: none;
      padding-inline-end: 0;
    }
    .lines-1 .ev-n {
      flex: 1;
      min-inline-size: 0;
    }
    .lines-1 .ev-b::after {
      inset-block-start: calc(50% - 7px);
    }
    .d-two .ev-b {
      padding-inline: 8px 3px;
    }
    .d-two.lines-1 .ev-b {
      padding-inline-end: 19px;
    }
    .d-two .ev-b::after {
      inset-inline-end: 3px;
    }
    .d-two .ev-t {
      padding-inline-end: 16px;
    }
    .d-two.lines-1 .ev-t {
      padding-inline-end: 0;
    }
    /* The name alone, as far as it goes; the mark below it, or beside it where there is one line. */
    .d-one .ev-b {
      display: block;
      align-content: start;
      padding: 2px 2px 0 7px;
      text-align: left;
      font-size: var(--care-text-xs);
      font-weight: var(--care-weight-medium);
      line-height: 1.0625rem;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .d-one .ev-b::after {
      inset-block-start: auto;
      inset-block-end: 3px;
      inset-inline: auto;
      right: 3px;
    }
    :host(:dir(rtl)) .d-one .ev-b {
      padding: 2px 7px 0 2px;
      text-align: right;
    }
    :host(:dir(rtl)) .d-one .ev-b::after {
      right: auto;
      left: 3px;
    }
    /* Two lines: one for the name and one for the mark, edge to edge. */
    .d-one.lines-2 .ev-b {
      padding-block-start: 0;
    }
    .d-one.lines-2 .ev-b::after {
      inset-block-end: 1px;
    }
    .d-one.lines-1 .ev-b {
      align-content: center;
      padding-block-start: 0;
      padding-right: 18px;
    }
    :host(:dir(rtl)) .d-one.lines-1 .ev-b {
      padding-right: 7px;
      padding-left: 18px;
    }
    .tiny.lines-1 .ev-b {
      text-indent: 110%;
    }
    .d-one.lines-1 .ev-b::after {
      inset-block-end: calc(50% - 7px);
    }

    :host(:dir(rtl)) .ev-b {
      background-position: right;
    }
    :is(.s-requested, .s-not-confirmed, .s-declined, .s-unknown) .ev-b {
      background-color: var(--care-surface);
      /* A colour space by name: without it Firefox draws these dashes of colours in oklch as hairlines. */
      background-image: repeating-linear-gradient(in srgb, var(--hue) 0 7px, transparent 7px 12px);
      box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--hue) 38%, var(--care-surface));
    }
    .s-requested .ev-b {
      border: 1px dashed color-mix(in oklab, var(--hue) 60%, var(--care-surface));
      box-shadow: none;
    }
    .s-declined .ev-t b {
      color: var(--care-warning-text);
      font-weight: var(--care-weight-medium);
    }
    .s-held .ev-b {
      padding-inline-start: 9px;
      border: 1.5px dashed var(--hue);
      background-color: var(--care-surface);
      background-image: none;
    }
    .s-waiting .ev-b {
      box-shadow: inset 0 0 0 1px var(--hue);
    }
    .s-in-session .ev-b {
      background-color: color-mix(in oklab, var(--hue) 20%, var(--care-surface));
      box-shadow: inset 0 0 0 1.5px var(--hue);
    }
    :is(.s-waiting, .s-in-session) .ev-t b {
      color: var(--care-text);
      font-weight: var(--care-weight-medium);
    }
    .ran-over .ev-t b {
      color: var(--care-warning-text);
    }
    .s-completed .ev-b {
      background-color: var(--care-surface-sunken);
    }
    .s-completed .ev-b::after {
      background: var(--care-text-muted);
    }
    .s-completed .ev-n {
      color: var(--care-text-muted);
      font-weight: var(--care-weight-medium);
    }
    :is(.s-did-not-arrive, .s-cancelled) .ev-b {
      background-color: var(--care-surface);
      background-image:
        linear-gradient(var(--care-border-control), var(--care-border-control)),
        repeating-linear-gradient(135deg in srgb, var(--care-hatch) 0 1px, transparent 1px 6px);
      background-size:
        1.5px 100%,
        auto;
      background-repeat: no-repeat, repeat;
      box-shadow: inset 0 0 0 1px var(--care-border);
    }
    .s-cancelled .ev-n {
      color: var(--care-text-muted);
      font-weight: var(--care-weight-medium);
      text-decoration: line-through;
    }
    .s-did-not-arrive .ev-t b {
      color: var(--care-danger-text);
      font-weight: var(--care-weight-medium);
    }
    .s-did-not-arrive .ev-b::after {
      background: var(--care-danger-text);
    }
    .clash .ev-b {
      box-shadow: inset 0 0 0 1.5px var(--care-danger-border);
    }
    .clash-tag {
      position: absolute;
      z-index: 3;
      inset-block-start: calc(var(--from) * var(--minute));
      inset-inline-end: 5px;
      display: flex;
      align-items: center;
      gap: 4px;
      padding: 0 6px;
      transform: translateY(calc(-100% - 2px));
      border-radius: var(--care-radius-sm);
      background: var(--care-danger-fill);
      color: var(--care-danger-on-fill);
      font-size: var(--care-text-2xs);
      line-height: 1.125rem;
      font-weight: var(--care-weight-strong);
      white-space: nowrap;
      pointer-events: none;
    }
    .clash-tag .i {
      inline-size: 0.75rem;
      block-size: 0.75rem;
    }
    /* Its change is on the way: dashed all round until the server has answered. */
    .pending .ev-b {
      outline: 1.5px dashed var(--care-accent-border);
      outline-offset: -1.5px;
      background-color: var(--care-surface);
      cursor: progress;
    }
    .pending .ev-t b {
      color: var(--care-accent-text);
    }
    .pending .ev-b:focus-visible {
      outline: var(--care-focus-width) solid var(--care-focus);
      outline-offset: 1px;
    }
    /* Where it was, while it is in the hand. */
    .ghost .ev-b {
      padding: 3px 8px;
      border: 1.5px dashed var(--care-border-control);
      background: var(--care-surface);
      box-shadow: none;
      color: var(--care-text-muted);
      font-size: var(--care-text-xs);
      line-height: 1rem;
    }
    .ghost .row {
      gap: 4px;
    }
    .ghost .ev-b::after {
      content: none;
    }
    .selected .ev-b {
      box-shadow:
        inset 0 0 0 1px var(--hue),
        0 0 0 2px var(--care-accent);
    }

    @media (prefers-contrast: more) {
      .ev-b {
        box-shadow: inset 0 0 0 1px var(--hue);
      }
      :is(.s-not-confirmed, .s-declined, .s-unknown) .ev-b {
        box-shadow: inset 0 0 0 1px var(--hue);
      }
      .s-in-session .ev-b {
        box-shadow: inset 0 0 0 3px var(--hue);
      }
      .clash .ev-b {
        box-shadow: inset 0 0 0 3px var(--care-danger-border);
      }
    }
    @media (forced-colors: active) {
      .ev-b {
        border: 1px solid CanvasText;
      }
      .ev-b::before {
        content: '';
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        border-inline-start: 4px solid var(--hue);
        forced-color-adjust: none;
      }
      :is(.s-requested, .s-not-confirmed, .s-declined, .s-unknown) .ev-b::before {
        border-inline-start-style: dashed;
      }
      :is(.s-held, .s-did-not-arrive, .s-cancelled, .ghost) .ev-b::before {
        content: none;
      }
      .ev-b::after,
      .mark {
        forced-color-adjust: none;
        background: CanvasText;
      }
      .s-in-session .ev-b {
        border: 3px solid Highlight;
      }
      .clash .ev-b {
        border: 3px double CanvasText;
      }
      .clash-tag {
        forced-color-adjust: none;
        background: CanvasText;
        color: Canvas;
      }
      :is(.s-requested, .s-held, .s-not-confirmed, .pending, .ghost) .ev-b {
        border-style: dashed;
      }
      :is(.s-did-not-arrive, .s-cancelled) .ev-b {
        border-style: dotted;
      }
    }
  `,
];
