// What a page must download for a function: JavaScript with its framework runtime, and required CSS.
// { group, name, deps, code } is bundled with esbuild (tree-shaken, minified, production);
// { group, name, deps, files } lists prebuilt files the peer ships. `lazy: true` splits dynamic imports off
// and counts only what the first load needs.
export default [
  {
    group: 'scheduler',
    name: 'EventCalendar 5.15: TimeGrid + ResourceTimeGrid + Interaction (Svelte runtime in it)',
    deps: 'event-calendar',
    code: `export { createCalendar, destroyCalendar, TimeGrid, ResourceTimeGrid, Interaction } from '@event-calendar/core'; import '@event-calendar/core/index.css';`,
  },
  {
    group: 'scheduler',
    name: 'FullCalendar 6.1.21: timegrid + interaction (no resources, MIT)',
    deps: 'fullcalendar6',
    code: `export { Calendar } from '@fullcalendar/core'; export { default as a } from '@fullcalendar/timegrid'; export { default as b } from '@fullcalendar/interaction';`,
  },
  {
    group: 'scheduler',
    name: 'FullCalendar 6.1.21: + resource-timegrid (premium)',
    deps: 'fullcalendar6',
    code: `export { Calendar } from '@fullcalendar/core'; export { default as a } from '@fullcalendar/timegrid'; export { default as b } from '@fullcalendar/interaction'; export { default as c } from '@fullcalendar/resource-timegrid';`,
  },
  {
    group: 'scheduler',
    name: 'FullCalendar 7.0.2: timegrid + interaction + classic theme (MIT; browser with native Temporal)',
    deps: 'fullcalendar7',
    code: `export { Calendar } from 'fullcalendar'; export { default as t } from 'fullcalendar/themes/classic'; export { default as a } from 'fullcalendar/timegrid'; export { default as b } from 'fullcalendar/interaction'; import 'fullcalendar/skeleton.css'; import 'fullcalendar/themes/classic/theme.css'; import 'fullcalendar/themes/classic/palette.css';`,
  },
  {
    group: 'scheduler',
    name: 'FullCalendar 7.0.2: + resource-timegrid (premium)',
    deps: 'fullcalendar7',
    code: `export { Calendar } from 'fullcalendar'; export { default as t } from 'fullcalendar/themes/classic'; export { default as a } from 'fullcalendar/timegrid'; export { default as b } from 'fullcalendar/interaction'; export { default as c } from 'fullcalendar-scheduler/resource-timegrid'; import 'fullcalendar/skeleton.css'; import 'fullcalendar/themes/classic/theme.css'; import 'fullcalendar/themes/classic/palette.css';`,
  },
  {
    group: 'scheduler',
    name: 'Schedule-X 4.9.1: day + week views, default theme, temporal polyfill (no resources, no drag)',
    deps: 'schedule-x',
    code: `import 'temporal-polyfill/global'; export { createCalendar, createViewDay, createViewWeek } from '@schedule-x/calendar'; import '@schedule-x/theme-default/dist/index.css';`,
  },

  {
    group: 'forms',
    name: 'LHC-Forms 40.1.3: zone + lhc-forms + FHIR R4 + styles (prebuilt)',
    deps: 'lforms',
    files: ['webcomponent/assets/lib/zone.min.js', 'webcomponent/lhc-forms.js', 'fhir/R4/lformsFHIR.min.js', 'webcomponent/styles.css'].map(
      (f) => 'lforms/dist/lforms/' + f,
    ),
  },
  {
    group: 'forms',
    name: 'Smart Forms renderer 1.4.0 + React 19 + MUI',
    deps: 'smart-forms',
    code: `export { createRoot } from 'react-dom/client'; export { QueryClient, QueryClientProvider } from '@tanstack/react-query'; export { buildForm, destroyForm, BaseRenderer, RendererThemeProvider } from '@aehrc/smart-forms-renderer';`,
  },
  {
    group: 'forms',
    name: 'Medplum React 5.2.13 QuestionnaireForm + React 19 + Mantine',
    deps: 'medplum',
    code: `export { createRoot } from 'react-dom/client'; export { MemoryRouter } from 'react-router'; export { MantineProvider } from '@mantine/core'; export { MedplumClient } from '@medplum/core'; export { MedplumProvider, QuestionnaireForm } from '@medplum/react'; import '@mantine/core/styles.css'; import '@medplum/react/styles.css';`,
  },
  {
    group: 'forms',
    name: 'fhirpath.js 4.10.1 + R4 model (engine only)',
    deps: 'lit',
    code: `export { default } from 'fhirpath'; export { default as r4 } from 'fhirpath/fhir-context/r4';`,
  },
  { group: 'forms', name: 'fhirpath.js 4.10.1 without a model', deps: 'lit', code: `export { default } from 'fhirpath';` },

  {
    group: 'chart',
    name: 'Medplum React 5.2.13 PatientSummary + React 19 + Mantine',
    deps: 'medplum',
    code: `export { createRoot } from 'react-dom/client'; export { MemoryRouter } from 'react-router'; export { MantineProvider } from '@mantine/core'; export { MedplumClient } from '@medplum/core'; export { MedplumProvider, PatientSummary } from '@medplum/react'; import '@mantine/core/styles.css'; import '@medplum/react/styles.css';`,
  },
  {
    group: 'chart',
    name: 'Medplum React 5.2.13, everything it exports',
    deps: 'medplum',
    code: `export { createRoot } from 'react-dom/client'; export { MantineProvider } from '@mantine/core'; export * from '@medplum/react'; import '@mantine/core/styles.css'; import '@medplum/react/styles.css';`,
  },
  {
    group: 'chart',
    name: 'fhir-react 2.1.1 + React 18',
    deps: 'fhir-react',
    code: `export { createRoot } from 'react-dom/client'; export { FhirResource, fhirVersions } from 'fhir-react'; import 'fhir-react/build/style.css'; import 'fhir-react/build/bootstrap-reboot.min.css';`,
  },

  {
    group: 'prescribing',
    name: '@photonhealth/elements 0.24.0 (all elements)',
    deps: 'sizes',
    code: `import '@photonhealth/elements';`,
    lazy: true,
  },

  { group: 'client', name: 'fhir-kit-client 2.0.3', deps: 'sizes', code: `export { Client } from 'fhir-kit-client';` },
  { group: 'client', name: 'fhirclient 2.6.3 (SMART JS client)', deps: 'sizes', code: `export { default } from 'fhirclient';` },
  {
    group: 'client',
    name: '@medplum/core 5.2.13, MedplumClient only',
    deps: 'medplum',
    code: `export { MedplumClient } from '@medplum/core';`,
  },
  { group: 'client', name: '@medplum/core 5.2.13, all', deps: 'medplum', code: `export * from '@medplum/core';` },

  {
    group: 'imaging',
    name: '@cornerstonejs/core 5.14.0 (first load)',
    deps: 'dicom',
    code: `export { RenderingEngine, Enums, init } from '@cornerstonejs/core';`,
    lazy: true,
  },
  {
    group: 'imaging',
    name: '@cornerstonejs core + tools + dicom-image-loader 5.14.0 (first load)',
    deps: 'dicom',
    code: `export { RenderingEngine, Enums, init } from '@cornerstonejs/core'; export { StackScrollTool, ZoomTool, PanTool, WindowLevelTool, LengthTool, ToolGroupManager, addTool, init as it } from '@cornerstonejs/tools'; export { init as il } from '@cornerstonejs/dicom-image-loader';`,
    lazy: true,
  },
  { group: 'imaging', name: 'cornerstone-core 2.6.1 (legacy)', deps: 'dicom', code: `export { default } from 'cornerstone-core';` },
  { group: 'imaging', name: 'dwv 0.36.4', deps: 'dicom', code: `export { App } from 'dwv';`, lazy: true },

  { group: 'trend', name: 'uPlot 1.6.32', deps: 'charts', code: `export { default } from 'uplot'; import 'uplot/dist/uPlot.min.css';` },
  {
    group: 'trend',
    name: 'Chart.js 4.6.1, line chart parts',
    deps: 'charts',
    code: `export { Chart, LineController, LineElement, PointElement, LinearScale, Tooltip, Legend } from 'chart.js';`,
  },
  {
    group: 'trend',
    name: 'ECharts 6.1.0, line chart parts',
    deps: 'charts',
    code: `export * as e from 'echarts/core'; export { LineChart } from 'echarts/charts'; export { GridComponent, TooltipComponent, MarkAreaComponent } from 'echarts/components'; export { CanvasRenderer } from 'echarts/renderers';`,
  },
  {
    group: 'trend',
    name: 'Observable Plot 0.6.17, two marks',
    deps: 'charts',
    code: `export { plot, lineY, rectY, crosshair } from '@observablehq/plot';`,
  },
  {
    group: 'trend',
    name: 'd3 scale + shape + axis + selection',
    deps: 'charts',
    code: `export { scaleLinear, scaleUtc } from 'd3-scale'; export { line } from 'd3-shape'; export { axisBottom, axisLeft } from 'd3-axis'; export { select } from 'd3-selection';`,
  },

  {
    group: 'building blocks',
    name: 'lit 3.3.3 (LitElement, html, css)',
    deps: 'lit',
    code: `export { LitElement, html, css } from 'lit';`,
  },
  {
    group: 'building blocks',
    name: 'lit 3.3.3 + repeat, ref, live + @lit/context 1.1.6',
    deps: 'lit',
    code: `export { LitElement, html, css } from 'lit'; export { repeat } from 'lit/directives/repeat.js'; export { live } from 'lit/directives/live.js'; export { ref } from 'lit/directives/ref.js'; export * from '@lit/context';`,
  },
  {
    group: 'building blocks',
    name: '@lit-labs/virtualizer 2.1.1 with lit',
    deps: 'virtual',
    code: `export { LitElement, html, css } from 'lit'; import '@lit-labs/virtualizer';`,
  },
  {
    group: 'building blocks',
    name: '@tanstack/lit-virtual 3.14.2 with lit',
    deps: 'virtual',
    code: `export { LitElement, html, css } from 'lit'; export { VirtualizerController } from '@tanstack/lit-virtual';`,
  },
  { group: 'building blocks', name: 'zod 4.1.12, z', deps: 'sizes', code: `export { z } from 'zod'; ` },
  {
    group: 'building blocks',
    name: 'zod 4.1.12, import * as z, object/string/number/array only',
    deps: 'sizes',
    code: `import * as z from 'zod'; export const a = z.object({ a: z.string(), b: z.number(), c: z.array(z.string()).optional() });`,
  },
  {
    group: 'building blocks',
    name: 'zod 4.1.12, zod/mini',
    deps: 'sizes',
    code: `export { object, string, number, array, optional } from 'zod/mini';`,
  },
  { group: 'building blocks', name: 'idb 8.0.3, openDB', deps: 'sizes', code: `export { openDB } from 'idb';` },
];
