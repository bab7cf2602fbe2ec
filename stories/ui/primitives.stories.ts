import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { icon } from '../../src/components/ui/icon.js';
import { frame, type FrameOptions } from '../foundations/frame.js';

const meta: Meta = { title: 'Primitives/Controls', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } };
export default meta;

const page = (content: TemplateResult, options: FrameOptions = {}): TemplateResult =>
  frame(html`<main class="page">${content}</main>`, options);

const buttons = (): TemplateResult => html`
  <h1>Buttons</h1>
  <p class="lead">
    A verb that names the result. One primary in a view; a button that may not be used keeps its focus, so that its reason can be read.
  </p>
  <div class="stack spaced">
    <div class="line">
      <button class="btn btn-primary" type="button">${icon('calendar-event')}Book appointment</button>
      <button class="btn" type="button">Today</button>
      <button class="btn btn-quiet" type="button">Put back</button>
      <button class="btn btn-link" type="button">Use 2 Nov copy</button>
      <button class="btn btn-danger" type="button">Cancel the visit</button>
    </div>
    <div class="line">
      <button class="btn btn-sm" type="button">${icon('refresh', 'xs')}Try again</button>
      <button class="btn" type="button">Medium</button>
      <button class="btn btn-lg" type="button">Large</button>
      <button class="btn btn-icon" type="button" aria-label="Earlier day">${icon('chevron-left')}</button>
      <button class="btn btn-icon" type="button" aria-label="Later day">${icon('chevron-right')}</button>
    </div>
    <div class="line">
      <button class="btn" type="button" aria-pressed="true">Only mine</button>
      <button class="btn" type="button" aria-disabled="true" aria-describedby="why">Move</button>
      <span class="hint" id="why">This server does not let appointments be changed.</span>
    </div>
    <div class="line">
      <span class="seg"
        ><button type="button" aria-pressed="true">Day</button><button type="button" aria-pressed="false">Week</button
        ><button type="button" aria-pressed="false">List</button></span
      >
      <span class="line xs muted"><span class="kbd">Enter</span> drop <span class="kbd">Esc</span> put back</span>
    </div>
  </div>
`;

const facts = (): TemplateResult => html`
  <h1>Tags and notices</h1>
  <p class="lead">A fact in a frame. With a role it is a status, always an icon and words; solid only for what needs a person.</p>
  <div class="stack spaced">
    <div class="line">
      <span class="tag">Mild</span>
      <span class="tag unsure">${icon('help-circle', 'xs')}Not asked</span>
      <span class="tag info">${icon('history', 'xs')}As of 2 Nov, 14:10</span>
      <span class="tag success">${icon('check', 'xs')}Signed</span>
      <span class="tag warning">${icon('cloud-off', 'xs')}Incomplete</span>
      <span class="tag danger">${icon('cloud-off', 'xs')}Did not load</span>
      <span class="tag danger solid">${icon('alert-triangle', 'xs')}Overlap</span>
      <span class="tag critical solid">${icon('alert-circle', 'xs')}Critical</span>
    </div>
    <div class="line">
      <span class="st warning">${icon('point', 'xs')}1 not saved</span>
      <span class="st success">${icon('circle-check', 'xs')}Confirmed</span>
      <span class="st danger">${icon('user-x', 'xs')}Did not arrive</span>
      <span class="line"><span class="avatar" aria-hidden="true">MQ</span> Mariana Quispe Flores</span>
    </div>
    <div class="notice warning w-full">
      ${icon('alert-triangle')}
      <p class="notice-t">Noor asked for Ben</p>
      <p>Ring before you move her.</p>
    </div>
    <div class="notice danger w-full">
      ${icon('alert-circle')}
      <p class="notice-t">Records could not be read</p>
      <p>The server did not answer at 11:18. There may be more.</p>
      <button class="btn btn-sm" type="button">Try again</button>
    </div>
  </div>
`;

const fields = (): TemplateResult => html`
  <h1>Fields</h1>
  <p class="lead">Label above and always there; an error is a sentence beside the field, and an outline.</p>
  <div class="stack spaced">
    <label class="w-20"><span class="lbl">Reason for the visit</span><input class="in" value="Review of lithium" /></label>
    <label class="w-20"
      ><span class="lbl">Place of service</span>
      <span class="sel"
        ><select class="in">
          <option>Clinic</option>
          <option>Video</option></select
        >${icon('chevron-down')}</span
      >
    </label>
    <div class="w-20">
      <label class="lbl" for="dose">Dose</label>
      <span class="unit"><input class="in num" id="dose" value="250" /><span>mg</span></span>
    </div>
    <div class="w-20">
      <label class="lbl" for="birth">Birth date</label>
      <input class="in" id="birth" value="31/02/1984" aria-invalid="true" aria-describedby="birth-error" />
      <p class="err" id="birth-error">${icon('alert-circle', 'xs')}There is no 31 February. Check the day.</p>
    </div>
    <div class="pop show">
      <ul class="menu" role="menu" aria-label="Visit">
        <li role="none"><button class="menu-i" type="button" role="menuitem">${icon('check')}Arrived</button></li>
        <li role="none"><button class="menu-i" type="button" role="menuitem">${icon('user-x')}Did not arrive</button></li>
        <li role="none">
          <button class="menu-i" type="button" role="menuitem" aria-disabled="true">${icon('ban')}Cancel: not on this server</button>
        </li>
      </ul>
    </div>
  </div>
`;

export const Buttons: StoryObj = { render: () => page(buttons()) };
export const ButtonsDark: StoryObj = { render: () => page(buttons(), { theme: 'dark' }) };
export const TagsAndNotices: StoryObj = { render: () => page(facts()) };
export const TagsAndNoticesDark: StoryObj = { render: () => page(facts(), { theme: 'dark' }) };
export const TagsAndNoticesMoreContrast: StoryObj = { render: () => page(facts(), { contrast: 'more' }) };
export const Fields: StoryObj = { render: () => page(fields()) };
export const FieldsDark: StoryObj = { render: () => page(fields(), { theme: 'dark' }) };
