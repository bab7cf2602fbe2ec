import type { provider as en } from '../en/provider.js';
import type { Translation } from '../messages.js';

export const provider: Translation<typeof en> = {
  demo: 'عرض تجريبي: لا يُحفظ شيء',
  badAddress: 'لا يمكن استخدام عنوان السجلات',
  badAddressDetail:
    'base-url هو عنوان خادم FHIR، مثل \u2066https://example.org/fhir\u2069: بروتوكول http أو https، من دون اسم مستخدم أو كلمة مرور أو استعلام.',
  notLoaded: 'لم يُحمَّل جزء من هذه الصفحة',
  notLoadedDetail: 'لا يمكن عرض السجلات قبل تحميله. أعد تحميل الصفحة.',
  signedOut: 'لقد سجّلت خروجك',
  signedOutDetail: 'لم تعد السجلات تُعرض هنا. سجّل دخولك من جديد لرؤيتها.',
};
