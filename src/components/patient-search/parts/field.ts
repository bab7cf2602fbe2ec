import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../../ui/icon.js';
import type { Words } from './words.js';

export interface FieldContent {
  icon: IconName;
  text: string;
  /** Name for screen readers where no label stands above. */
  name: string | undefined;
  placeholder: string;
  open: boolean;
  activeId: string | undefined;
  /** Ids of what explains the state it is in. */
  describedBy: string;
  disabled: boolean;
  required: boolean;
  invalid: boolean;
  clearable: boolean;
  words: Words;
  events: {
    input: () => void;
    keydown: (event: KeyboardEvent) => void;
    focus: () => void;
    click: () => void;
    clear: () => void;
    /** Keeps the focus in the text while the button is pressed. */
    hold: (event: Event) => void;
  };
}

/** The text field: a combobox whose list has the id `list` (ARIA 1.2). */
export function field({ words, events, ...content }: FieldContent): TemplateResult {
  return html`<div class="field">
    ${icon(content.icon)}
    <input
      class="in"
      part="input"
      id="input"
      role="combobox"
      type="text"
      enterkeyhint="search"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-controls="list"
      aria-expanded=${content.open ? 'true' : 'false'}
      aria-activedescendant=${content.activeId ?? nothing}
      aria-label=${content.name ?? nothing}
      aria-description=${words.t('hint')}
      aria-describedby=${content.describedBy || nothing}
      aria-required=${content.required ? 'true' : nothing}
      aria-invalid=${content.invalid ? 'true' : nothing}
      placeholder=${content.placeholder}
      .value=${content.text}
      ?disabled=${content.disabled}
      @input=${events.input}
      @keydown=${events.keydown}
      @focus=${events.focus}
      @click=${events.click}
    />
    ${
      content.clearable
        ? html`<button
            class="btn btn-quiet btn-icon btn-sm clear"
            type="button"
            aria-label=${words.t('clearText')}
            @mousedown=${events.hold}
            @click=${events.clear}
          >
            ${icon('x')}
          </button>`
        : nothing
    }
  </div>`;
}
