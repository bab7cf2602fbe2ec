/**
 * What most days do without, in one piece of its own (a piece for each would share so many modules that they cost more than they
 * save): the card of a move, the open appointment, the dialogs, the question for the zone, the list and the month.
 */
import type { CSSResult, ReactiveControllerHost } from 'lit';
import { dialogStyles } from '../ui/dialog.styles.js';
import { fieldStyles } from '../ui/field.styles.js';
import { menuStyles } from '../ui/menu.styles.js';
import { tableStyles } from '../ui/table.styles.js';
import { ConflictDialogController, type ConflictDialogOptions } from './conflict-dialog.controller.js';
import { MoveDialogController, type MoveDialogOptions } from './move-dialog.controller.js';
import { detailsStyles } from './styles/details.styles.js';
import { dialogFieldStyles } from './styles/dialogs.styles.js';
import { floatStyles } from './styles/float.styles.js';
import { viewsStyles } from './styles/views.styles.js';

export { agenda } from './parts/agenda.js';
export { askZone } from './parts/ask-zone.js';
export { details } from './parts/details.js';
export { layer, tray } from './parts/layer.js';
export { month } from './parts/month.js';

export const styles: readonly CSSResult[] = [
  dialogStyles,
  fieldStyles,
  menuStyles,
  tableStyles,
  floatStyles,
  detailsStyles,
  dialogFieldStyles,
  viewsStyles,
];

export interface Dialogs {
  move: MoveDialogController;
  conflict: ConflictDialogController;
}

export function createDialogs(
  host: ReactiveControllerHost & HTMLElement,
  move: MoveDialogOptions,
  conflict: ConflictDialogOptions,
): Dialogs {
  return { move: new MoveDialogController(host, move), conflict: new ConflictDialogController(host, conflict) };
}
