/** Theme, density and language of the page: preferences, no records, so they may be remembered. */

export interface Settings {
  theme: 'system' | 'light' | 'dark';
  contrast: 'system' | 'more';
  density: 'comfortable' | 'compact';
  lang: 'en-AU' | 'en-US' | 'ar';
}

const KEY = 'carelet-clinic-settings';
const FIRST: Settings = { theme: 'system', contrast: 'system', density: 'comfortable', lang: 'en-AU' };
export const CHOICES: { [K in keyof Settings]: readonly Settings[K][] } = {
  theme: ['system', 'light', 'dark'],
  contrast: ['system', 'more'],
  density: ['comfortable', 'compact'],
  lang: ['en-AU', 'en-US', 'ar'],
};

export function loadSettings(): Settings {
  const settings: Record<string, string> = { ...FIRST };
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    for (const key of Object.keys(FIRST) as (keyof Settings)[]) {
      const value = kept[key];
      if (typeof value === 'string' && (CHOICES[key] as readonly string[]).includes(value)) settings[key] = value;
    }
  } catch {
    // Storage is closed to this page, or holds something else: the first settings do.
  }
  return settings as unknown as Settings;
}

export function applySettings(settings: Settings): void {
  const root = document.documentElement;
  const set = (name: string, value: string | undefined) =>
    value === undefined ? root.removeAttribute(name) : root.setAttribute(name, value);
  set('data-care-theme', settings.theme);
  set('data-care-contrast', settings.contrast === 'more' ? 'more' : undefined);
  set('data-care-density', settings.density === 'compact' ? 'compact' : undefined);
  root.lang = settings.lang;
  root.dir = settings.lang === 'ar' ? 'rtl' : 'ltr';
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Not remembered, then.
  }
}
