import { html, type TemplateResult } from 'lit';
import type { CheckLevel, DayItem, MoveCheck, Provider } from '../../../models/scheduling/index.js';
import { icon, type IconName } from '../../ui/icon.js';
import type { Words } from '../words.js';

interface Subject {
  /** Whom it would go to; undefined for the column without a provider. */
  provider: Provider | undefined;
  item: DayItem;
}

/** One check in words. */
export function checkText(check: MoveCheck, words: Words, { provider, item }: Subject): string {
  const { localize } = words;
  const name = words.provider(provider);
  switch (check.code) {
    case 'overlaps':
      return localize.t('check-overlaps', check.others.map((other) => words.name(other)), words.minutes(check.minutes)); // prettier-ignore
    case 'patient-elsewhere':
      return localize.t(
        'check-patient-elsewhere',
        words.name(item),
        words.time(check.other.start),
        words.provider(check.other.providers[0]),
      );
    case 'room-taken':
      return localize.t('check-room-taken', check.room ?? localize.t('aRoom'), words.time(check.other.start), words.name(check.other));
    case 'closed':
      return localize.t('check-closed', check.reason ?? localize.t('closed'));
    case 'break':
      return localize.t('check-break', check.reason ?? localize.t('breakTime'));
    case 'clock-change':
      return localize.t(check.kind === 'twice' ? 'check-clock-twice' : 'check-clock-skipped');
    case 'free':
      return check.until === undefined ? localize.t('check-free-day', name) : localize.t('check-free', name, words.time(check.until));
    case 'outside-hours':
    case 'not-working':
    case 'hours-unknown':
      return localize.t(`check-${check.code}`, name);
    default:
      return localize.t(`check-${check.code}`);
  }
}

/** All checks in one line, for the live region. */
export function checksText(checks: readonly MoveCheck[], words: Words, subject: Subject): string {
  return checks.map((check) => `${checkText(check, words, subject)}.`).join(' ');
}

const ICONS: Readonly<Record<CheckLevel, readonly [IconName, string]>> = {
  stop: ['ban', 'danger'],
  warn: ['alert-triangle', 'warning'],
  'not-run': ['circle-dashed', ''],
  note: ['info-circle', 'info'],
  ok: ['check', 'success'],
};

/** The checks as lines, gravest first; one that was not run never looks as if it had passed. */
export function checkList(checks: readonly MoveCheck[], words: Words, subject: Subject): TemplateResult {
  return html`<ul class="checks">
    ${checks.map((check) => {
      const [name, role] = ICONS[check.level];
      return html`<li><span class="rt ${role}">${icon(name)}</span><span>${checkText(check, words, subject)}</span></li>`;
    })}
  </ul>`;
}
