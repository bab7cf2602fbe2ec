// deps: smart-forms
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { buildForm, destroyForm, BaseRenderer, RendererThemeProvider } from '@aehrc/smart-forms-renderer';
export default {
  name: 'Smart Forms renderer 1.4.0 (React 19)',
  ignoreMutations: '.MuiTouchRipple-root',
  async setup(container, questionnaire) {
    await buildForm({ questionnaire });
    const root = createRoot(container);
    root.render(
      <RendererThemeProvider>
        <QueryClientProvider client={new QueryClient()}>
          <BaseRenderer />
        </QueryClientProvider>
      </RendererThemeProvider>,
    );
    return { root, container };
  },
  input: ({ container }, id) => container.querySelector(`[data-linkid="${id}"] input, [data-linkid="${id}"] textarea`),
  yes: ({ container }, id) => container.querySelector(`[data-linkid="${id}"] input[type=radio]`)?.closest('label'),
  adder: ({ container }) => [...container.querySelectorAll('button')].find((b) => /add/i.test(b.textContent)),
  value: ({ container }, id) => container.querySelector(`[data-linkid="${id}"] input`)?.value,
  teardown({ root }) {
    root.unmount();
    destroyForm();
  },
};
