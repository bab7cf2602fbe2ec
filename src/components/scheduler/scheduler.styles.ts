import type { CSSResultGroup } from 'lit';
import { avatarStyles } from '../ui/avatar.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { dialogStyles } from '../ui/dialog.styles.js';
import { fieldStyles } from '../ui/field.styles.js';
import { menuStyles } from '../ui/menu.styles.js';
import { noticeStyles } from '../ui/notice.styles.js';
import { panelStyles } from '../ui/panel.styles.js';
import { segmentStyles } from '../ui/segment.styles.js';
import { tableStyles } from '../ui/table.styles.js';
import { tagStyles } from '../ui/tag.styles.js';
import { boxStyles } from './styles/box.styles.js';
import { floatStyles } from './styles/float.styles.js';
import { frameStyles } from './styles/frame.styles.js';
import { gridStyles } from './styles/grid.styles.js';
import { viewsStyles } from './styles/views.styles.js';

export const schedulerStyles: CSSResultGroup = [
  avatarStyles,
  buttonStyles,
  dialogStyles,
  fieldStyles,
  menuStyles,
  noticeStyles,
  panelStyles,
  segmentStyles,
  tableStyles,
  tagStyles,
  frameStyles,
  gridStyles,
  boxStyles,
  floatStyles,
  viewsStyles,
];
