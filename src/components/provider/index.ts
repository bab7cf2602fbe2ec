export { CareProvider } from './provider.component.js';
export { PROVIDER_STATUSES, type ProviderErrorDetail, type ProviderReadyDetail, type ProviderStatus } from './provider.types.js';
