/** Sentences for notes and letters. They name nobody and fit anybody. */
import type { Discipline } from '../crew.js';

export interface NoteWords {
  title: string;
  sections: readonly { title: string; sentences: readonly string[] }[];
}

export const NOTES: Readonly<Record<Discipline, NoteWords>> = {
  gp: {
    title: 'Consultation',
    sections: [
      {
        title: 'Subjective',
        sentences: [
          'Feels well, no new symptoms.',
          'Tired for three weeks, sleeps poorly.',
          'Cough for five days, no fever now.',
          'Home readings mostly below 140/90.',
          'Came for results and a new prescription.',
        ],
      },
      {
        title: 'Objective',
        sentences: [
          'Looks well. Chest clear.',
          'Blood pressure as recorded. No oedema.',
          'Throat red, no exudate.',
          'Weight steady since the last visit.',
        ],
      },
      {
        title: 'Assessment',
        sentences: ['Stable.', 'Viral illness, settling.', 'Blood pressure not yet at target.', 'Results discussed, nothing urgent.'],
      },
      {
        title: 'Plan',
        sentences: [
          'Same medicines. See again in three months.',
          'Bloods before the next visit.',
          'Rest and fluids; come back if worse.',
          'Referred, letter sent.',
        ],
      },
    ],
  },
  psychology: {
    title: 'Therapy session',
    sections: [
      {
        title: 'Data',
        sentences: [
          'Sleep improved to six hours on most nights.',
          'Two panic episodes since last session, both at work.',
          'Completed the activity diary on five of seven days.',
          'Spoke about the anniversary next month.',
        ],
      },
      {
        title: 'Assessment',
        sentences: [
          'Mood a little better, more active.',
          'Avoidance remains the main maintaining factor.',
          'Risk: no thoughts of self-harm reported today.',
          'Engaged, reflective.',
        ],
      },
      {
        title: 'Plan',
        sentences: [
          'Graded exposure, step three.',
          'Continue behavioural activation; review goals.',
          'Practise the breathing exercise daily.',
          'Next session in two weeks.',
        ],
      },
    ],
  },
  physiotherapy: {
    title: 'Physiotherapy',
    sections: [
      {
        title: 'Subjective',
        sentences: ['Pain 4 of 10, worse on stairs.', 'Sitting tolerance up to forty minutes.', 'Exercises done most days.'],
      },
      {
        title: 'Objective',
        sentences: ['Flexion 110°, extension full.', 'Single leg stance 18 s.', 'Straight leg raise 60° on both sides.'],
      },
      { title: 'Plan', sentences: ['Progress loading, same exercises.', 'Add step-ups, three sets of ten.', 'Review in one week.'] },
    ],
  },
};

export const LETTERS: readonly { title: string; text: string }[] = [
  {
    title: 'Shared care letter to GP',
    text: 'Thank you for your referral. Progress is steady; the current plan continues. I will write again after six sessions.',
  },
  { title: 'Report on progress', text: 'Attendance has been regular. Goals one and two are met; goal three is under way.' },
  { title: 'Discharge letter', text: 'The course of treatment is complete. Please refer again if symptoms return.' },
  { title: 'Imaging report', text: 'Plain films. No fracture. Mild degenerative change.' },
];
