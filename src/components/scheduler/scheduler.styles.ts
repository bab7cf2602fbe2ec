import type { CSSResultGroup } from 'lit';
import { avatarStyles } from '../ui/avatar.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { noticeStyles } from '../ui/notice.styles.js';
import { panelStyles } from '../ui/panel.styles.js';
import { segmentStyles } from '../ui/segment.styles.js';
import { tagStyles } from '../ui/tag.styles.js';
import { boxStyles } from './styles/box.styles.js';
import { frameStyles } from './styles/frame.styles.js';
import { gridStyles } from './styles/grid.styles.js';

export const schedulerStyles: CSSResultGroup = [
  avatarStyles,
  buttonStyles,
  noticeStyles,
  panelStyles,
  segmentStyles,
  tagStyles,
  frameStyles,
  gridStyles,
  boxStyles,
];
