// What frameworks need to know of the elements, from custom-elements.json:
//   src/frameworks/elements.ts           properties, attributes and events of each element, as types
//   src/frameworks/{jsx,vue,svelte}.ts   typings for the tags themselves in React's JSX, Vue's and Svelte's templates
//   src/react/*.ts                       one React component for each element
//   docs/frameworks.md                   the tables of elements between its two marks
// Types are taken from the classes and from CareEventMap by name (`CareScheduler['date']`), so they cannot say anything else than those.
// All but the last are made anew each time and not committed. The table is, so it is written only with `--docs` and looked at with `--check`.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';

const DOCS = 'docs/frameworks.md';
const HEAD = '// Made by scripts/generate-frameworks.mjs from custom-elements.json. Do not edit.\n';
const pascal = (kebab) => kebab.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
const doc = (text, margin = '') => (text ? `${margin}/** ${text.replaceAll('*/', '* /').replace(/\s*\n\s*/g, ' ')} */\n` : '');
const byTag = (a, b) => (a.tag < b.tag ? -1 : 1);

/** The manifest's view of an element, narrowed to what somebody outside may set and hear. */
function elementOf(module, declaration) {
  const attributes = new Map((declaration.attributes ?? []).map((attribute) => [attribute.fieldName, attribute]));
  const settable = (m) => m.kind === 'field' && !m.static && !m.readonly && (m.privacy ?? 'public') === 'public';
  return {
    name: declaration.name,
    tag: declaration.tagName,
    summary: declaration.summary,
    folder: basename(dirname(module.path)),
    properties: (declaration.members ?? [])
      .filter(settable)
      .map(({ name, type, description }) => ({ name, type: type?.text ?? '', description, attribute: attributes.get(name)?.name })),
    events: (declaration.events ?? []).map(({ name, type, description }) => ({ name, type: type?.text ?? 'Event', description })),
    slots: (declaration.slots ?? []).map(({ name, description }) => ({ name, description })),
  };
}

function elementsIn(manifest) {
  const elements = manifest.modules.flatMap((module) =>
    (module.declarations ?? []).filter((d) => d.customElement && d.tagName).map((declaration) => elementOf(module, declaration)),
  );
  if (elements.length === 0) throw new Error('custom-elements.json knows no element: nothing to generate');
  return elements.sort(byTag);
}

/** Shared by every framework. Values may be undefined, since templates pass what they do not have yet. */
function elementTypes(elements) {
  const typesOf = ({ name, properties, events }) => `
/** What can be set on {@link ${name}}, as properties. */
export interface ${name}Properties {
${properties.map((p) => `${doc(p.description, '  ')}  ${p.name}?: ${name}['${p.name}'] | undefined;`).join('\n')}
}

/** Attributes of {@link ${name}} that are spelled otherwise than their property. A boolean one is left to its property: templates write \`="false"\`, which HTML reads as true. */
export interface ${name}Attributes {${properties
    .filter((p) => p.attribute && p.attribute !== p.name && p.type !== 'boolean')
    .map(
      (p) =>
        `\n${doc(p.description, '  ')}  '${p.attribute}'?: ${name}['${p.name}']${p.type === 'number' ? ' | `${number}`' : ''} | undefined;`,
    )
    .join('')}
}

/** What {@link ${name}} tells. */
export interface ${name}Events {
${events.map((e) => `${doc(e.description, '  ')}  '${e.name}': CareEventMap['${e.name}'];`).join('\n')}
}
`;
  const imports = elements.map(({ name, folder }) => `import type { ${name} } from '../components/${folder}/index.js';\n`);
  return `${HEAD}import type { CareEventMap } from '../components/base/index.js';\n${imports.join('')}${elements.map(typesOf).join('')}`;
}

const typeImports = (elements, kinds) =>
  elements.map(({ name, folder }) => `import type { ${name} } from '../components/${folder}/index.js';\n`).join('') +
  `import type {\n${elements.flatMap(({ name }) => kinds.map((kind) => `  ${name}${kind},\n`)).join('')}} from './elements.js';\n`;

/** For those who write the tags themselves in React 19 or later. */
const jsxTypes = (elements) => `${HEAD}import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${typeImports(elements, ['Attributes', 'Events', 'Properties'])}
/** React 19 listens to \`care-date-change\` under \`oncare-date-change\`. */
type Listeners<Events> = { [Name in keyof Events & string as \`on\${Name}\`]?: ((event: Events[Name]) => void) | undefined };
type Tag<Element extends HTMLElement, Settable, Events> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Settable> &
  Settable &
  Listeners<Events> & { class?: string | undefined };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${elements.map(({ name, tag, summary }) => `${doc(summary, '      ')}      '${tag}': Tag<${name}, ${name}Properties & ${name}Attributes, ${name}Events>;`).join('\n')}
    }
  }
}
`;

/** Vue's way of telling its templates about custom elements: https://vuejs.org/guide/extras/web-components (TypeScript). */
const vueTypes = (elements) => `${HEAD}import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
${typeImports(elements, ['Events', 'Properties'])}
type Emits<Events> = EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
type Tag<Element extends HTMLElement, Properties, Events> = new () => Element & {
  $props: Omit<HTMLAttributes, keyof Properties> & Properties & PublicProps;
  $emit: Emits<Events>;
};

declare module 'vue' {
  interface GlobalComponents {
${elements.map(({ name, tag, summary }) => `${doc(summary, '    ')}    '${tag}': Tag<${name}, ${name}Properties, ${name}Events>;`).join('\n')}
  }
}
`;

/** Svelte is not here to be augmented, only at whoever imports this: hence the two lines that are not checked. */
const svelteTypes = (elements) => `${HEAD}// @ts-ignore: svelte is the consumer's
import type { HTMLAttributes } from 'svelte/elements';
${typeImports(elements, ['Attributes', 'Events', 'Properties'])}
/** Svelte 5 listens by \`oncare-date-change={…}\`, Svelte 4 by \`on:care-date-change={…}\`. */
type Listeners<Events> = { [Name in keyof Events & string as \`on\${'' | ':'}\${Name}\`]?: ((event: Events[Name]) => void) | undefined };
type Tag<Element extends HTMLElement, Settable, Events> = Omit<HTMLAttributes<Element>, keyof Settable> & Settable & Listeners<Events>;

// @ts-ignore: svelte is the consumer's
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${elements.map(({ name, tag, summary }) => `${doc(summary, '    ')}    '${tag}': Tag<${name}, ${name}Properties & ${name}Attributes, ${name}Events>;`).join('\n')}
  }
}
`;

/** Importing the wrapper registers its element; a bundler that drops an unused wrapper drops that too. */
const reactComponent = ({ name, tag, folder, summary, events }) => `${HEAD}import { createComponent, type EventName } from '@lit/react';
import React, { type ForwardRefExoticComponent, type HTMLAttributes, type RefAttributes } from 'react';
import { ${name} as ${name}Element } from '../components/${folder}/index.js';
import '../define/${folder}.js';
import type { ${name}Events, ${name}Properties } from '../frameworks/elements.js';

export type { ${name}Element };

export interface ${name}Props
  extends ${name}Properties, Omit<HTMLAttributes<${name}Element>, keyof ${name}Properties> {
${events.map((e) => `${doc(e.description, '  ')}  on${pascal(e.name)}?: ((event: ${name}Events['${e.name}']) => void) | undefined;`).join('\n')}
}

/** \`<${tag}>\`: ${summary} A \`ref\` is the element itself. */
export const ${name}: ForwardRefExoticComponent<${name}Props & RefAttributes<${name}Element>> = /* @__PURE__ */ createComponent({
  react: React,
  tagName: '${tag}',
  elementClass: ${name}Element,
  displayName: '${name}',
  events: {
${events.map((e) => `    on${pascal(e.name)}: '${e.name}' as EventName<${name}Events['${e.name}']>,`).join('\n')}
  },
}) as ForwardRefExoticComponent<${name}Props & RefAttributes<${name}Element>>;
`;

const reactIndex = (elements) => `${HEAD}/** The elements as React components. Importing one registers its element. */
${elements.map(({ name, tag }) => `export { ${name}, type ${name}Element, type ${name}Props } from './${tag}.js';`).join('\n')}
export type { CareEventDetail, CareEventMap, CareEventName } from '../components/base/index.js';
`;

const cell = (text) => (text ?? '').replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
const table = (head, rows) =>
  rows.length
    ? `\n| ${head.join(' | ')} |\n|${head.map(() => ' --- |').join('')}\n${rows.map((row) => `| ${row.join(' | ')} |\n`).join('')}`
    : '';

function docsOf(elements) {
  const code = (text) => `\`${cell(text)}\``;
  return elements
    .map(
      ({ name, tag, summary, properties, events, slots }) =>
        `### \`<${tag}>\` · \`${name}\`\n\n${summary}\n` +
        table(
          ['Property', 'Attribute', 'Type', ''],
          properties.map((p) => [code(p.name), p.attribute ? code(p.attribute) : 'none', code(p.type), cell(p.description)]),
        ) +
        table(
          ['Event', 'React', 'Carries', ''],
          events.map((e) => [code(e.name), code(`on${pascal(e.name)}`), code(e.type), cell(e.description)]),
        ) +
        table(
          ['Slot', ''],
          slots.map((s) => [s.name ? code(s.name) : '(default)', cell(s.description)]),
        ),
    )
    .join('\n');
}

/** docs/frameworks.md with fresh tables. */
async function docsWith(text, tables) {
  const [start, end] = ['<!-- elements: generated -->', '<!-- /elements -->'];
  if (!text.includes(start) || !text.includes(end)) throw new Error(`${DOCS} lacks its marks ${start} and ${end}`);
  const made = `${text.slice(0, text.indexOf(start) + start.length)}\n\n${tables}\n${text.slice(text.indexOf(end))}`;
  return format(made, { ...(await resolveConfig(DOCS)), parser: 'markdown' });
}

export function filesFor(elements) {
  return new Map([
    ['src/frameworks/elements.ts', elementTypes(elements)],
    ['src/frameworks/jsx.ts', jsxTypes(elements)],
    ['src/frameworks/vue.ts', vueTypes(elements)],
    ['src/frameworks/svelte.ts', svelteTypes(elements)],
    ...elements.map((element) => [`src/react/${element.tag}.ts`, reactComponent(element)]),
    ['src/react/index.ts', reactIndex(elements)],
  ]);
}

/** What is left of an element that is gone goes too; a file that stays the same is not touched, so that nobody meets it half-written. */
function writeSources(elements) {
  const files = filesFor(elements);
  for (const folder of ['src/react', 'src/frameworks']) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (!files.has(`${folder}/${name}`)) rmSync(`${folder}/${name}`, { recursive: true });
  }
  for (const [path, text] of files) if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

async function writeDocs(elements) {
  writeFileSync(DOCS, await docsWith(readFileSync(DOCS, 'utf8'), docsOf(elements)));
}

async function checkDocs(elements) {
  const docs = readFileSync(DOCS, 'utf8');
  if ((await docsWith(docs, docsOf(elements))) === docs) return;
  console.error(`${DOCS} does not say what the elements are now: npm run generate:docs`);
  process.exitCode = 1;
}

if (process.argv[1]?.endsWith('generate-frameworks.mjs')) {
  const elements = elementsIn(JSON.parse(readFileSync('custom-elements.json', 'utf8')));
  if (process.argv.includes('--docs')) await writeDocs(elements);
  else if (process.argv.includes('--check')) await checkDocs(elements);
  else writeSources(elements);
}
