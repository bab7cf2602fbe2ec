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

export default {
  globs: ['src/components/**/*.ts'],
  exclude: ['**/*.d.ts', 'src/components/locales/**'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [publicOnly()],
};
