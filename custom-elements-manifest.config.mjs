/** Keeps private and protected members out of the manifest, and so out of Storybook's docs. */
const publicOnly = () => ({
  name: 'public-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        declaration.members = declaration.members?.filter(
          (m) => m.privacy !== 'private' && m.privacy !== 'protected' && !m.name.startsWith('#'),
        );
      }
    }
  },
});

/**
 * Gives each documented event the type that `CareEventMap` declares for it, so that the manifest (and what is generated from it: wrappers,
 * typings, tables) knows the detail. JSDoc says what an event means, the map says what it carries: neither repeats the other.
 */
const eventTypes = () => {
  const types = new Map();
  return {
    name: 'event-types',
    analyzePhase({ ts, node }) {
      if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'CareEventMap') return;
      for (const { name, type } of node.members) if (type) types.set(name.text, type.getText());
    },
    packageLinkPhase({ customElementsManifest }) {
      const declarations = customElementsManifest.modules.flatMap((module) => module.declarations ?? []);
      for (const event of declarations.flatMap((declaration) => declaration.events ?? [])) {
        const text = types.get(event.name);
        if (text) event.type = { text };
      }
    },
  };
};

export default {
  globs: ['src/components/**/*.ts'],
  exclude: ['**/*.d.ts', 'src/components/locales/**'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [publicOnly(), eventTypes()],
};
