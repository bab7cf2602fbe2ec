import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json' with { type: 'json' };
import '../src/define.js';

setCustomElementsManifest(manifest);

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    controls: { expanded: true },
    layout: 'fullscreen',
    options: { storySort: { order: ['Welcome', 'Foundations', 'Widgets', '*'] } },
  },
  globalTypes: {
    theme: { toolbar: { title: 'Theme', icon: 'contrast', items: ['light', 'dark', 'system'], dynamicTitle: true } },
    density: { toolbar: { title: 'Density', icon: 'menu', items: ['comfortable', 'compact'], dynamicTitle: true } },
    lang: { toolbar: { title: 'Language', icon: 'globe', items: ['en', 'en-AU', 'en-US', 'es', 'es-MX', 'ar'], dynamicTitle: true } },
  },
  initialGlobals: { theme: 'system', density: 'comfortable', lang: 'en-AU' },
  decorators: [
    (story, { globals }) => {
      const root = document.documentElement;
      root.dataset['careTheme'] = String(globals['theme']);
      root.dataset['careDensity'] = String(globals['density']);
      root.lang = String(globals['lang']);
      return story();
    },
  ],
};
export default preview;
