import type { IconName } from './icon.js';

/** The five roles of status, low to high. Each step adds weight, so that the order survives without colour (look.md, 2). */
export const SEVERITIES = ['info', 'success', 'warning', 'danger', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The shape that goes with each: never colour alone. */
export const SEVERITY_ICONS: Readonly<Record<Severity, IconName>> = {
  info: 'info-circle',
  success: 'circle-check',
  warning: 'alert-triangle',
  danger: 'alert-circle',
  critical: 'alert-octagon',
};
