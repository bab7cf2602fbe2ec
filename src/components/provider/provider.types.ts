import type { CareErrorKind } from '../../models/errors.js';

/** `starting` until the records can be asked for; `ready` when they answered; `error` when they cannot be had. */
export const PROVIDER_STATUSES = ['starting', 'ready', 'error'] as const;
export type ProviderStatus = (typeof PROVIDER_STATUSES)[number];

/** What answered. Nothing of a patient is in it. */
export interface ProviderReadyDetail {
  /** `embedded`, `fhir`, or what another backend calls itself. */
  kind: string;
  /** Software name and version, or the host. */
  name: string;
  fhirVersion: string;
}

export interface ProviderErrorDetail {
  kind: CareErrorKind;
  /** Plain words without patient data. */
  message: string;
}

declare module '../base/emit.js' {
  interface CareEventMap {
    'care-provider-ready': CustomEvent<ProviderReadyDetail>;
    'care-provider-error': CustomEvent<ProviderErrorDetail>;
  }
}
