import { defineElement } from '../components/base/define.js';
import { CareProvider } from '../components/provider/index.js';

defineElement('care-provider', CareProvider);

declare global {
  interface HTMLElementTagNameMap {
    'care-provider': CareProvider;
  }
}
