import type { CareIssue } from '../models/errors.js';
import type { Resource } from '../models/fhir/index.js';
import type { SearchPage } from './backend.js';
import { load } from './load.js';

/** Holds records that came against the schemas of their types, and keeps what is wrong with each. Refuses nothing. */
export class Validation {
  readonly #issues = new WeakMap<Resource, readonly CareIssue[]>();

  issuesOf(resource: Resource): readonly CareIssue[] {
    return this.#issues.get(resource) ?? [];
  }

  /** @returns how many are broken. */
  async check(resources: readonly Resource[]): Promise<number> {
    const { parseResource } = await load(() => import('../models/fhir/parse.js'));
    let broken = 0;
    for (const resource of resources) {
      const { ok, issues } = await parseResource(resource);
      this.#issues.set(resource, issues);
      if (!ok) broken++;
    }
    return broken;
  }

  /** The page, with a warning where records of it are broken. */
  async checkPage<P extends SearchPage>(page: P): Promise<P> {
    const broken = await this.check([...page.items, ...page.included]);
    if (broken === 0) return page;
    const message = 'Records that do not follow the FHIR schema came back; they are shown as they are.';
    return { ...page, warnings: [...page.warnings, { code: 'invalid-resource', count: broken, message }] };
  }
}
