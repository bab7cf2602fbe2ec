/**
 * Design tokens: the roles that every stylesheet of carelet reads. A role, never a hue; light and dark sit side by side in
 * light-dark(), so that one `color-scheme` switches any subtree. The contrast of every pair is measured by a test.
 *
 * The whole set is in a cascade layer: any un-layered rule of a product wins over it. A component only reads tokens; declaring
 * them on its own `:host` would cut it off from the page's theme.
 *
 * A page that says nothing about `color-scheme` stays light, as it is itself: adopting tokens must not turn somebody's page dark.
 * It follows the reader's system with `color-scheme: light dark` (CSS or meta) or `data-care-theme="system"`.
 */

/** Colours and lines: those that a theme or more contrast may change. */
const COLOURS = `
  --care-canvas: light-dark(oklch(.972 .004 235), oklch(.165 .012 240));
  --care-surface: light-dark(oklch(1 0 0), oklch(.208 .013 240));
  --care-surface-sunken: light-dark(oklch(.96 .006 235), oklch(.183 .012 240));
  --care-surface-raised: light-dark(oklch(1 0 0), oklch(.243 .014 240));
  --care-surface-overlay: light-dark(oklch(1 0 0), oklch(.268 .015 240));
  --care-surface-hover: light-dark(oklch(.953 .009 225), oklch(.262 .016 235));
  --care-surface-selected: light-dark(oklch(.952 .02 208), oklch(.3 .042 212));
  --care-scrim: light-dark(oklch(.25 .02 240 / .42), oklch(.08 .01 240 / .62));

  --care-text: light-dark(oklch(.25 .02 240), oklch(.94 .006 235));
  --care-text-muted: light-dark(oklch(.45 .022 240), oklch(.775 .014 235));
  --care-text-subtle: light-dark(oklch(.515 .02 240), oklch(.7 .015 235));
  --care-text-disabled: light-dark(oklch(.6 .012 240), oklch(.58 .012 240));

  --care-border: light-dark(oklch(.905 .008 235), oklch(.325 .014 238));
  --care-border-subtle: light-dark(oklch(.94 .006 235), oklch(.275 .013 238));
  --care-border-control: light-dark(oklch(.615 .02 238), oklch(.59 .018 238));
  --care-hatch: light-dark(oklch(.915 .008 235), oklch(.3 .013 238));

  --care-accent: light-dark(oklch(.46 .08 212), oklch(.8 .095 203));
  --care-accent-hover: light-dark(oklch(.405 .071 213), oklch(.85 .085 203));
  --care-accent-active: light-dark(oklch(.355 .063 214), oklch(.88 .075 203));
  --care-on-accent: light-dark(oklch(1 0 0), oklch(.2 .03 215));
  --care-accent-text: light-dark(oklch(.435 .076 212), oklch(.825 .09 203));
  --care-accent-soft: light-dark(oklch(.964 .016 208), oklch(.285 .038 212));
  --care-accent-border: light-dark(oklch(.61 .085 210), oklch(.56 .08 208));
  --care-focus: light-dark(oklch(.49 .21 277), oklch(.84 .082 285));

  --care-info-fill: light-dark(oklch(.485 .125 252), oklch(.76 .105 250));
  --care-info-on-fill: light-dark(oklch(1 0 0), oklch(.2 .04 252));
  --care-info-soft: light-dark(oklch(.963 .017 250), oklch(.272 .04 252));
  --care-info-text: light-dark(oklch(.425 .115 252), oklch(.83 .08 250));
  --care-info-border: light-dark(oklch(.62 .115 250), oklch(.58 .1 250));
  --care-success-fill: light-dark(oklch(.475 .105 153), oklch(.77 .13 153));
  --care-success-on-fill: light-dark(oklch(1 0 0), oklch(.2 .04 153));
  --care-success-soft: light-dark(oklch(.963 .026 155), oklch(.268 .038 155));
  --care-success-text: light-dark(oklch(.415 .094 153), oklch(.83 .11 153));
  --care-success-border: light-dark(oklch(.6 .11 153), oklch(.56 .1 153));
  --care-warning-fill: light-dark(oklch(.82 .145 80), oklch(.84 .135 84));
  --care-warning-on-fill: light-dark(oklch(.27 .05 70), oklch(.23 .045 70));
  --care-warning-soft: light-dark(oklch(.97 .032 88), oklch(.28 .04 78));
  --care-warning-text: light-dark(oklch(.435 .09 66), oklch(.86 .1 84));
  --care-warning-border: light-dark(oklch(.63 .125 70), oklch(.6 .11 76));
  --care-danger-fill: light-dark(oklch(.53 .19 27), oklch(.72 .15 25));
  --care-danger-on-fill: light-dark(oklch(1 0 0), oklch(.2 .05 25));
  --care-danger-soft: light-dark(oklch(.963 .018 22), oklch(.282 .058 24));
  --care-danger-text: light-dark(oklch(.475 .175 27), oklch(.82 .1 24));
  --care-danger-border: light-dark(oklch(.6 .18 27), oklch(.6 .15 25));
  --care-critical-fill: light-dark(oklch(.36 .14 14), oklch(.915 .044 10));
  --care-critical-on-fill: light-dark(oklch(1 0 0), oklch(.3 .121 14));
  --care-critical-soft: light-dark(oklch(.945 .028 8), oklch(.32 .09 12));
  --care-critical-text: light-dark(oklch(.385 .15 14), oklch(.885 .062 10));
  --care-critical-border: light-dark(oklch(.45 .17 14), oklch(.76 .13 12));

  --care-appt-1: light-dark(oklch(.446 .153 260), oklch(.74 .125 254));
  --care-appt-2: light-dark(oklch(.626 .103 207), oklch(.87 .1 205));
  --care-appt-3: light-dark(oklch(.41 .091 329), oklch(.6 .08 346));
  --care-appt-4: light-dark(oklch(.534 .11 80), oklch(.87 .125 87));
  --care-appt-5: light-dark(oklch(.611 .164 283), oklch(.605 .145 287));
  --care-appt-6: light-dark(oklch(.53 .09 161), oklch(.875 .08 143));
  --care-appt-7: light-dark(oklch(.41 .122 39), oklch(.725 .1 47));
  --care-appt-8: light-dark(oklch(.631 .093 125), oklch(.6 .12 109));
  --care-appt-9: light-dark(oklch(.532 .02 242), oklch(.74 .02 254));
  --care-appt-tint: 11%;

  --care-stroke: 1px;
  --care-stroke-strong: 2px;
  --care-edge: 3px;
  --care-focus-width: 2px;
  --care-focus-offset: 2px;
`;

/**
 * Tokens that are made of other tokens. A custom property is computed where it is declared, so a subtree that changes the
 * colours must declare these anew.
 */
const DERIVED = `
  --care-focus-gap: var(--care-surface);
  --care-flag-mild: var(--care-warning-text);
  --care-flag-severe: var(--care-danger-fill);
  --care-flag-extreme: var(--care-critical-fill);
`;

const SHAPE = `
  --care-font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --care-font-mono: ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace;
  --care-text-2xs: .6875rem;
  --care-text-xs: .75rem;
  --care-text-sm: .8125rem;
  --care-text-md: .875rem;
  --care-text-lg: 1rem;
  --care-text-xl: 1.125rem;
  --care-text-2xl: 1.375rem;
  --care-text-3xl: 1.75rem;
  --care-lh-xs: 1rem;
  --care-lh-md: 1.25rem;
  --care-lh-lg: 1.5rem;
  --care-lh-2xl: 1.75rem;
  --care-lh-3xl: 2.25rem;
  --care-weight: 400;
  --care-weight-medium: 500;
  --care-weight-strong: 600;

  --care-space-half: .125rem;
  --care-space-1: .25rem;
  --care-space-2: .5rem;
  --care-space-3: .75rem;
  --care-space-4: 1rem;
  --care-space-5: 1.25rem;
  --care-space-6: 1.5rem;
  --care-space-8: 2rem;
  --care-space-10: 2.5rem;
  --care-space-12: 3rem;

  --care-radius-xs: 2px;
  --care-radius-sm: 4px;
  --care-radius-md: 6px;
  --care-radius-lg: 10px;
  --care-radius-full: 999px;

  --care-shadow-1: 0 1px 2px light-dark(oklch(.25 .02 240 / .08), oklch(0 0 0 / .4));
  --care-shadow-2: 0 1px 2px light-dark(oklch(.25 .02 240 / .07), oklch(0 0 0 / .4)), 0 6px 20px -4px light-dark(oklch(.25 .02 240 / .16), oklch(0 0 0 / .6));
  --care-shadow-3: 0 2px 4px light-dark(oklch(.25 .02 240 / .08), oklch(0 0 0 / .4)), 0 18px 48px -8px light-dark(oklch(.25 .02 240 / .26), oklch(0 0 0 / .75));

  --care-dur-1: 90ms;
  --care-dur-2: 160ms;
  --care-dur-3: 240ms;
  --care-ease: cubic-bezier(.2, 0, 0, 1);
  --care-ease-exit: cubic-bezier(.4, 0, 1, 1);

  --care-icon-sm: 1rem;
  --care-icon-md: 1.25rem;
  --care-icon-lg: 1.5rem;
  --care-icon-stroke: 1.75;
`;

/** Heights of controls and rows. Density never hides data or changes the size of type. */
const COMFORTABLE = `
  --care-control-sm: 1.5rem;
  --care-control-md: 2rem;
  --care-control-lg: 2.5rem;
  --care-row: 2.5rem;
  --care-row-dense: 2rem;
  --care-cell-x: .75rem;
  --care-panel-pad: 1rem;
  --care-stack: 1rem;
  --care-slot: 1.125rem;
`;
const COMPACT = `
  --care-control-sm: 1.5rem;
  --care-control-md: 1.75rem;
  --care-control-lg: 2rem;
  --care-row: 1.75rem;
  --care-row-dense: 1.5rem;
  --care-cell-x: .5rem;
  --care-panel-pad: .75rem;
  --care-stack: .75rem;
  --care-slot: .875rem;
`;
/** A finger gets bigger targets whatever the density. */
const COARSE = `
  --care-control-sm: 2rem;
  --care-control-md: 2.5rem;
  --care-control-lg: 3rem;
  --care-row: 2.75rem;
  --care-row-dense: 2.5rem;
`;
const PATIENT = `
  --care-control-sm: 2rem;
  --care-control-md: 2.75rem;
  --care-control-lg: 3rem;
  --care-row: 2.75rem;
`;

/** More contrast: tints go, lines come. Text 7:1 or more, every line 4.5:1 or more. */
const MORE_CONTRAST = `
  --care-canvas: light-dark(oklch(1 0 0), oklch(0 0 0));
  --care-surface: light-dark(oklch(1 0 0), oklch(0 0 0));
  --care-surface-sunken: light-dark(oklch(.97 0 0), oklch(.16 0 0));
  --care-surface-raised: light-dark(oklch(1 0 0), oklch(.12 0 0));
  --care-surface-overlay: light-dark(oklch(1 0 0), oklch(.14 0 0));
  --care-surface-selected: light-dark(oklch(.94 .03 207), oklch(.27 .048 212));
  --care-text: light-dark(oklch(0 0 0), oklch(1 0 0));
  --care-text-muted: light-dark(oklch(.29 .02 240), oklch(.9 .01 235));
  --care-text-subtle: light-dark(oklch(.33 .02 240), oklch(.87 .01 235));
  --care-text-disabled: light-dark(oklch(.45 0 0), oklch(.72 0 0));
  --care-border: light-dark(oklch(.5 .015 238), oklch(.68 .015 238));
  --care-border-subtle: var(--care-border);
  --care-border-control: light-dark(oklch(.3 .02 238), oklch(.88 .015 238));
  --care-hatch: light-dark(oklch(.85 0 0), oklch(.36 0 0));
  --care-accent: light-dark(oklch(.35 .062 214), oklch(.9 .07 203));
  --care-accent-text: light-dark(oklch(.35 .062 214), oklch(.9 .07 203));
  --care-accent-border: var(--care-accent);
  --care-focus: light-dark(oklch(.4 .22 277), oklch(.9 .13 100));
  --care-info-text: light-dark(oklch(.34 .1 252), oklch(.9 .05 250));
  --care-info-border: var(--care-info-text);
  --care-info-fill: light-dark(oklch(.38 .11 252), oklch(.86 .07 250));
  --care-success-text: light-dark(oklch(.33 .076 153), oklch(.9 .09 153));
  --care-success-border: var(--care-success-text);
  --care-success-fill: light-dark(oklch(.37 .085 153), oklch(.86 .11 153));
  --care-warning-text: light-dark(oklch(.35 .074 66), oklch(.92 .09 90));
  --care-warning-border: var(--care-warning-text);
  --care-danger-text: light-dark(oklch(.38 .145 27), oklch(.89 .057 24));
  --care-danger-border: var(--care-danger-text);
  --care-danger-fill: light-dark(oklch(.42 .16 27), oklch(.85 .081 24));
  --care-critical-text: light-dark(oklch(.33 .13 14), oklch(.93 .036 10));
  --care-critical-border: var(--care-critical-text);
  --care-appt-tint: 0%;
  --care-edge: 5px;
  --care-focus-width: 3px;
  --care-stroke: 1.5px;
`;

/** The system's own palette. Shapes, icons and letters must already say it all; edges are drawn as borders. */
const FORCED = `
  --care-canvas: Canvas;
  --care-surface: Canvas;
  --care-surface-sunken: Canvas;
  --care-surface-raised: Canvas;
  --care-surface-overlay: Canvas;
  --care-surface-hover: Canvas;
  --care-surface-selected: Canvas;
  --care-text: CanvasText;
  --care-text-muted: CanvasText;
  --care-text-subtle: CanvasText;
  --care-text-disabled: GrayText;
  --care-border: CanvasText;
  --care-border-subtle: CanvasText;
  --care-border-control: ButtonText;
  --care-hatch: GrayText;
  --care-accent: Highlight;
  --care-accent-hover: Highlight;
  --care-accent-active: Highlight;
  --care-on-accent: HighlightText;
  --care-accent-text: LinkText;
  --care-accent-soft: Canvas;
  --care-accent-border: Highlight;
  --care-focus: Highlight;
  ${['info', 'success', 'warning', 'danger', 'critical']
    .map(
      (role) => `--care-${role}-fill: CanvasText; --care-${role}-on-fill: Canvas; --care-${role}-soft: Canvas;
  --care-${role}-text: CanvasText; --care-${role}-border: CanvasText;`,
    )
    .join('\n  ')}
  --care-shadow-1: none;
  --care-shadow-2: none;
  --care-shadow-3: none;
  --care-edge: 5px;
`;

/** The stylesheet as text, for a page that wants the tokens before any element is there (server rendering). */
export const tokensText = `@layer care.tokens {
  :root { ${COLOURS}${DERIVED}${SHAPE}${COMFORTABLE} }
  [data-care-theme="light"] { color-scheme: light; }
  [data-care-theme="dark"] { color-scheme: dark; }
  [data-care-theme="system"] { color-scheme: light dark; }
  [data-care-density="comfortable"] { ${COMFORTABLE} }
  [data-care-density="compact"] { ${COMPACT} }
  @media (pointer: coarse) { :root, [data-care-density] { ${COARSE} } }
  [data-care-audience="patient"] { ${PATIENT} }
  @media (prefers-reduced-motion: reduce) { :root { --care-dur-1: 0s; --care-dur-2: 0s; --care-dur-3: 0s; } }
  @media (prefers-contrast: more) { :root { ${MORE_CONTRAST}${DERIVED} } }
  [data-care-contrast="more"] { ${MORE_CONTRAST}${DERIVED} }
  @media (forced-colors: active) { :root, [data-care-contrast] { ${FORCED}${DERIVED} } }
}`;

/** Where a document keeps its sheet. By `Symbol.for`, so that several copies of the package adopt one between them. */
const SHEET = Symbol.for('carelet.tokens');

/**
 * Gives a document the tokens, or a shadow root what themes a part of it (`data-care-theme` on an element in there; the document's
 * sheet does not reach it). Once each; a page that has since replaced its adopted sheets gets them back. Nothing outside a browser.
 */
export function adoptTokens(root: Document | ShadowRoot): void {
  const sheet = sheetOf(root.ownerDocument ?? (root as Document));
  // In front, so that sheets that the page adopts come later.
  if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];
}

/** A sheet belongs to the document whose window made it: an element in an iframe needs that one's own. */
function sheetOf(document: Document & { [SHEET]?: CSSStyleSheet }): CSSStyleSheet | undefined {
  if (document[SHEET]) return document[SHEET];
  const view = document.defaultView;
  if (typeof view?.CSSStyleSheet?.prototype.replaceSync !== 'function') return undefined;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(tokensText);
  Object.defineProperty(document, SHEET, { value: sheet, configurable: true });
  return sheet;
}
