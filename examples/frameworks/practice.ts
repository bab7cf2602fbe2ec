/**
 * An invented practice in a store of this page, so that the examples have somebody to find.
 * In a product this file is not there: give `<care-provider>` the `base-url` of your FHIR server, or a `client` of yours.
 */
import { createEmbeddedBackend } from 'carelet/client/embedded';
import { createPractice } from 'carelet/testing';

export const zone = 'Australia/Sydney';
const practice = createPractice({ seed: 'frameworks', patients: 20, now: new Date('2026-11-24T00:20:00Z'), zone });
export const backend = createEmbeddedBackend({ data: practice.toBundle() });
