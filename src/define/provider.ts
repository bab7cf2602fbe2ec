import { defineElement } from '../components/base/define.js';
import { CareProvider } from '../components/provider/provider.component.js';

defineElement('care-provider', CareProvider);

declare global {
  interface HTMLElementTagNameMap {
    'care-provider': CareProvider;
  }
}
