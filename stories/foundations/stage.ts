import { css, html, type TemplateResult } from 'lit';

const sheet = css`
  .story-stage {
    box-sizing: border-box;
    min-block-size: 40rem;
    padding: clamp(16px, 4vw, 40px);
    background: var(--care-canvas);
    color: var(--care-text);
    font-family: var(--care-font);
  }
  .story-stage care-patient-search {
    max-inline-size: 26rem;
  }
  .story-stage.narrow {
    inline-size: 320px;
    padding: 16px;
  }
  .story-stage .add {
    min-block-size: 2rem;
    padding: 0 12px;
    border: 1px solid var(--care-border);
    border-radius: var(--care-radius-md);
    background: var(--care-surface);
    color: var(--care-text);
    font: 500 var(--care-text-md) / 1 var(--care-font);
  }
`.styleSheet!;

/** A calm page with room below for what opens. */
export function stage(content: TemplateResult, kind: '' | 'narrow' = ''): TemplateResult {
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  return html`<main class="story-stage ${kind}">${content}</main>`;
}
