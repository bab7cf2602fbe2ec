import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { CareElement } from '../../src/components/base/care-element.js';
import { avatarStyles } from '../../src/components/ui/avatar.styles.js';
import { buttonStyles } from '../../src/components/ui/button.styles.js';
import { fieldStyles } from '../../src/components/ui/field.styles.js';
import { menuStyles } from '../../src/components/ui/menu.styles.js';
import { noticeStyles } from '../../src/components/ui/notice.styles.js';
import { panelStyles } from '../../src/components/ui/panel.styles.js';
import { segmentStyles } from '../../src/components/ui/segment.styles.js';
import { tableStyles } from '../../src/components/ui/table.styles.js';
import { tagStyles } from '../../src/components/ui/tag.styles.js';
import { foundationStyles } from './foundations.styles.js';

/** A shadow root with every shared sheet, as an element of carelet has it: the primitives are shown where they live. */
class StoryFrame extends CareElement {
  static override styles = [
    avatarStyles,
    buttonStyles,
    fieldStyles,
    menuStyles,
    noticeStyles,
    panelStyles,
    segmentStyles,
    tableStyles,
    tagStyles,
    foundationStyles,
  ];
  @property({ attribute: false }) content: TemplateResult = html``;

  override render(): TemplateResult {
    return this.content;
  }
}
if (!customElements.get('story-frame')) customElements.define('story-frame', StoryFrame);

export interface FrameOptions {
  theme?: 'light' | 'dark' | undefined;
  contrast?: 'more' | undefined;
  density?: 'comfortable' | 'compact' | undefined;
  audience?: 'patient' | undefined;
  lang?: string | undefined;
}

/** Part of a page, in a theme of its own. */
export function part(content: TemplateResult, options: FrameOptions): TemplateResult {
  return frame(html`<div class="half">${content}</div>`, options, 'part');
}

/** The content in a frame; a theme, contrast or density given here is that of the frame alone. */
export function frame(content: TemplateResult, { theme, contrast, density, audience, lang }: FrameOptions = {}, kind = ''): TemplateResult {
  const element = document.createElement('story-frame');
  element.className = kind;
  const set = (name: string, value: string | undefined) => value !== undefined && element.setAttribute(name, value);
  set('data-care-theme', theme);
  set('data-care-contrast', contrast);
  set('data-care-density', density);
  set('data-care-audience', audience);
  set('lang', lang);
  (element as StoryFrame).content = content;
  return html`${element}`;
}
