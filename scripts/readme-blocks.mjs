// The code of README.md's section "Embed it", by framework: what is shown there is compiled, or it rots.
import { readFileSync } from 'node:fs';

const LANGUAGES = { html: 'html', tsx: 'react', vue: 'vue', svelte: 'svelte', ts: 'angular' };

/** @returns {Record<string, string>} the block of each framework; throws where a framework has none, or more than one. */
export function readmeBlocks(readme = readFileSync('README.md', 'utf8')) {
  const section = /^## Embed it\n([\s\S]*?)(?=^## )/m.exec(readme)?.[1] ?? '';
  const found = [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => [LANGUAGES[language], code]);
  const names = found.map(([name]) => name).sort();
  if (names.join() !== Object.values(LANGUAGES).sort().join()) throw new Error(`README.md's "Embed it" shows ${names.join(', ')}`);
  return Object.fromEntries(found);
}

/** The module script inside a block of HTML. */
export const inlineScript = (html) => [...html.matchAll(/<script type="module">([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n');
