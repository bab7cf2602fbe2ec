/** Plain words for what went wrong or is missing. They hold nothing that a server said: that may quote a record. */
import type { CareError } from '../../../models/errors.js';
import type { ChartGap } from '../../../client/charting.js';
import type { SectionState } from '../chart.state.js';
import type { Words } from '../words.js';

export function failureDetail(error: CareError | undefined, words: Words): string {
  switch (error?.kind) {
    case 'offline':
    case 'auth':
    case 'not-found':
    case 'gone':
    case 'rate-limited':
    case 'server':
      return words.t(`error.${error.kind}`);
    default:
      return words.t('error.other');
  }
}

/** Why a list is not whole, apart from types that failed. */
export function withheldSentences(state: Pick<SectionState, 'withheld' | 'cut' | 'reduced'>, words: Words): string[] {
  const { withheld, cut, reduced } = state;
  return [
    ...(withheld.other > 0 ? [words.t('partial.other', withheld.other)] : []),
    ...(withheld.undecided > 0 ? [words.t('partial.undecided', withheld.undecided)] : []),
    ...(cut ? [words.t('partial.budget')] : []),
    ...(reduced ? [words.t('partial.reduced')] : []),
  ];
}

function suffix(type: string): 'MedicationRequest' | 'MedicationStatement' | 'other' {
  return type === 'MedicationRequest' || type === 'MedicationStatement' ? type : 'other';
}

/** Types of a section that did not load, or that the user may not see. */
export function gapSentences(gaps: readonly ChartGap[], words: Words): string[] {
  return gaps.flatMap(({ type, error }) => {
    if (error.kind === 'unsupported') return [];
    const denied = error.kind === 'forbidden' || error.kind === 'break-glass';
    return [denied ? words.t(`gap.forbidden.${suffix(type)}`) : words.t(`gap.${suffix(type)}`)];
  });
}

/** Types that the server does not keep: said, but nothing is missing for it. */
export function offeredSentences(gaps: readonly ChartGap[], words: Words): string[] {
  return gaps.flatMap(({ type, error }) => (error.kind === 'unsupported' ? [words.t(`gap.unsupported.${suffix(type)}`)] : []));
}
