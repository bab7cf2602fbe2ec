import { defineElement } from '../components/base/define.js';
import { CareScheduler } from '../components/scheduler/scheduler.component.js';

defineElement('care-scheduler', CareScheduler);

declare global {
  interface HTMLElementTagNameMap {
    'care-scheduler': CareScheduler;
  }
}
