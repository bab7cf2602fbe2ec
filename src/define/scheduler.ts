import { defineElement } from '../components/base/define.js';
import { CareScheduler } from '../components/scheduler/index.js';

defineElement('care-scheduler', CareScheduler);

declare global {
  interface HTMLElementTagNameMap {
    'care-scheduler': CareScheduler;
  }
}
