/**
 * The schema of each resource type, for checks that cannot wait: `PatientSchema.safeParse(value)`. Strict, as for validation, and about
 * one resource: the resources inside it are checked by `parseResource`. Import what you need by name, and the rest stays away.
 */
export * from '../generated/schemas.js';
