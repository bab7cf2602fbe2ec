// Two rules of the house, for oxlint:
//  carelet/layers           import directions of ARCHITECTURE.md ("Which way imports run")
//  carelet/no-inline-style  no styleMap and no style= in templates: a strict CSP drops them on the first render
import { dirname, relative, resolve } from 'node:path';

const SHARED = ['components/base', 'components/ui', 'components/styles', 'components/locales'];
// Folders under src/, first match wins. may: where values may come from; types: where type-only imports may come from besides; npm: packages.
const LAYERS = [
  ['models', { may: ['models'], npm: ['zod'] }],
  ['client/backends/fhir', { may: ['models', 'client'], npm: ['fhir-kit-client'] }],
  ['client/store', { may: ['models', 'client'], npm: ['idb'] }],
  ['client', { may: ['models', 'client'], npm: [] }],
  ['components/styles', { may: ['components/styles'], npm: ['lit'] }],
  ['components/locales', { may: ['components/locales'], npm: [] }],
  ['components/ui', { may: SHARED, npm: ['lit', '@lit'] }],
  ['components/base', { may: [...SHARED, 'models/errors'], types: ['client', 'models'], npm: ['lit', '@lit'] }],
  ['components/provider', { may: [...SHARED, 'models', 'client', 'components/provider'], npm: ['lit', '@lit'] }],
  ['components', { may: [...SHARED, 'models', '.'], types: ['client'], npm: ['lit', '@lit'] }],
  ['testing', { may: ['testing', 'models', 'client', 'components', 'index', 'define'], npm: ['msw'] }],
  ['define', { may: ['define', 'components'], npm: [] }],
  ['frameworks', { may: ['frameworks'], types: ['components'], npm: ['react', 'vue', 'svelte'] }],
  ['react', { may: ['react', 'define', 'components'], types: ['frameworks'], npm: ['react', '@lit/react'] }],
  ['index', { may: ['models', 'client', 'components'], npm: [] }],
  ['cdn', { may: ['index', 'define'], npm: [] }],
  ['cli', { may: ['cli', 'models', 'client', 'testing'], npm: ['node:'] }],
];
const inside = (path, dirs) =>
  dirs.some(
    (dir) => path === dir || path.startsWith(`${dir}/`) || path.startsWith(`${dir}.`) || (dir.endsWith(':') && path.startsWith(dir)),
  );

const layers = {
  create(context) {
    const file = context.filename ?? context.getFilename();
    const src = /^(.*?[\\/]src)[\\/]/.exec(file)?.[1];
    const own = src && relative(src, file).replaceAll('\\', '/');
    const layer = own && LAYERS.find(([dir]) => inside(own, [dir]));
    if (!layer) return {};
    const [name, { may, types = [], npm }] = layer;
    const home = name === 'components' ? own.split('/').slice(0, 2).join('/') : name;
    const check = (node, source, typeOnly) => {
      if (typeof source !== 'string') return;
      const where = source.startsWith('.') ? relative(src, resolve(dirname(file), source)).replaceAll('\\', '/') : undefined;
      const ok = where
        ? inside(
            where,
            may.map((m) => (m === '.' ? home : m)),
          ) ||
          (typeOnly && inside(where, types))
        : inside(source, npm) || (own.startsWith('cli/') && source.startsWith('node:'));
      if (!ok)
        context.report({
          node,
          message: `${home} may not import ${typeOnly ? 'types from ' : ''}${where ?? source} (ARCHITECTURE.md, "Which way imports run")`,
        });
    };
    const onlyTypes = (n, kind, list) => n[kind] === 'type' || (n[list]?.length > 0 && n[list].every((s) => s[kind] === 'type'));
    return {
      ImportDeclaration: (n) => check(n, n.source.value, onlyTypes(n, 'importKind', 'specifiers')),
      ExportNamedDeclaration: (n) => n.source && check(n, n.source.value, onlyTypes(n, 'exportKind', 'specifiers')),
      ExportAllDeclaration: (n) => check(n, n.source.value, n.exportKind === 'type'),
      ImportExpression: (n) => check(n, n.source.value, false),
    };
  },
};

const noInlineStyle = {
  create(context) {
    const message = 'a strict CSP drops inline styles: use a class, or cssProperties() of components/base for custom properties';
    return {
      ImportDeclaration(node) {
        if (/style-map/.test(node.source.value)) context.report({ node, message });
      },
      TemplateElement(node) {
        const tag = node.parent?.parent;
        const isTemplate = tag?.type === 'TaggedTemplateExpression' && ['html', 'svg'].includes(tag.tag?.name);
        if (isTemplate && /<[^>]*\sstyle=|\sstyle=$/.test(node.value.raw)) context.report({ node, message });
      },
    };
  },
};

export default { meta: { name: 'carelet' }, rules: { layers, 'no-inline-style': noInlineStyle } };
