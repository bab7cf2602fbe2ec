import * as framework from '@storybook/web-components/entry-preview';
import { composeStories, composeStory, setProjectAnnotations } from 'storybook/preview-api';
import preview from '../../.storybook/preview.js';
import { accessible } from './fixture.js';

const project = setProjectAnnotations([framework, preview] as never);

interface Runnable {
  parameters?: { a11y?: { skip?: string } };
  run(context: object): Promise<void>;
}

/** Runs each story of one CSF file (loaders, beforeEach, render, play), then axe on what it drew. A skip gives its reason. */
export function runStories(csf: { default: { title: string } }): void {
  const compose = (story: never, meta: never, annotations: never, name: string) => composeStory(story, meta, annotations, undefined, name);
  const stories = composeStories(csf as never, project, compose as never) as Record<string, Runnable>;
  describe(`story: ${csf.default.title}`, () => {
    for (const [name, story] of Object.entries(stories)) {
      it(name, async () => {
        const canvasElement = document.createElement('div');
        document.body.append(canvasElement);
        try {
          await story.run({ canvasElement });
          if (!story.parameters?.a11y?.skip) await accessible(canvasElement);
        } finally {
          canvasElement.remove();
        }
      });
    }
  });
}
