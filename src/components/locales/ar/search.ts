import type { search as en } from '../en/search.js';
import type { Formatter, Translation } from '../messages.js';
import { common } from './common.js';

const patients = (f: Formatter, n: number) =>
  f.plural(n, {
    zero: 'لا مرضى',
    one: 'مريض واحد',
    two: 'مريضان',
    few: `${f.number(n)} مرضى`,
    many: `${f.number(n)} مريضًا`,
    other: `${f.number(n)} مريض`,
  });

export const search: Translation<typeof en> = {
  ...common,
  label: 'البحث عن مريض',
  placeholder: 'الاسم أو تاريخ الميلاد أو رقم',
  hint: 'اكتب اسمًا أو تاريخ ميلاد أو رقم سجل أو رقم تأمين أو رقم هاتف.',
  listLabel: 'المرضى الذين عُثر عليهم',
  recent: 'مرضى سابقون',
  clearText: 'مسح البحث',

  count: patients,
  more: (f: Formatter, n: number) => `يظهر ${patients(f, n)}، ويوجد غيرهم.`,
  refine: 'أضف تاريخ الميلاد أو رقمًا أو مزيدًا من الاسم.',
  searching: 'جارٍ البحث',
  stillSearching: 'ما زال البحث جاريًا',
  tooShort: 'اكتب حرفين على الأقل.',

  none: 'لا يوجد مريض مطابق',
  noneSoFar: 'لم يُعثر على مريض حتى الآن',
  noneHere: 'لا مريض مطابق في هذه القائمة',
  searchedFor: (f, parts) => `شمل البحث ${f.list(parts)}.`,
  searchedName: (_, words) => `الاسم «${words}»`,
  searchedBirth: (_, dates) => `تاريخ الميلاد ${dates}`,
  searchedNumber: (_, number) => `الرقم ${number}`,
  wholeNumbers: 'تجد الخوادم الأرقام الكاملة فقط.',
  or: (_, a, b) => `${a} أو ${b}`,

  partial: 'البحث غير مكتمل. قد يوجد مرضى آخرون.',
  partFailed: (f, n) =>
    f.plural(n, {
      one: 'تعذّر جزء من البحث.',
      two: 'تعذّر جزآن من البحث.',
      few: `تعذّرت ${f.number(n)} أجزاء من البحث.`,
      other: `تعذّر ${f.number(n)} جزءًا من البحث.`,
    }),
  withheld: (f, n) =>
    f.plural(n, {
      one: 'استُبعد سجل واحد غير مطابق.',
      two: 'استُبعد سجلان غير مطابقين.',
      few: `استُبعدت ${f.number(n)} سجلات غير مطابقة.`,
      other: `استُبعد ${f.number(n)} سجلًا غير مطابق.`,
    }),
  failed: 'تعذّر البحث عن المرضى',
  failedDetail: 'لا تضف مريضًا جديدًا قبل أن يعمل البحث.',
  forbidden: 'لا يُسمح لك بالبحث عن المرضى هنا',
  unsupported: 'لا يستطيع هذا الخادم البحث عن المرضى',
  notConnected: 'لا توجد سجلات متصلة',
  notConnectedDetail: 'لا يوجد ما يُبحث فيه.',

  ask: (_, typed) => `يمكن قراءة ${typed} بأكثر من طريقة. أي يوم تقصد؟`,
  bothShown: 'يشمل البحث جميعها إلى أن تختار.',
  impossible: (_, typed) => `لا يمكن أن يكون ${typed} تاريخ ميلاد. لم يُدرج في البحث.`,

  sameNameAndBirth: (f, n) => `${patients(f, n)} بهذا الاسم وتاريخ الميلاد`,
  sameName: (f, n) => `${patients(f, n)} بهذا الاسم`,
  similarName: 'في هذه القائمة اسم مشابه',
  deceased: 'متوفى',
  died: (_, date) => `تاريخ الوفاة ${date}`,
  inactive: 'غير مستخدم',
  merged: 'مدموج في سجل آخر',
  noId: 'لا يمكن فتحه: السجل بلا معرّف',
  alsoNamed: (_, name) => `أيضًا ${name}`,
  formerly: (_, name) => `سابقًا ${name}`,
  noName: 'لا اسم مسجَّل',
  noBirthDate: 'لا تاريخ ميلاد مسجَّل',
  born: (_, date) => `الميلاد ${date}`,
  phone: 'هاتف',
  identifier: 'رقم',
  female: 'أنثى',
  male: 'ذكر',
  other: 'آخر',
  unknown: 'الجنس غير معروف',

  listChanged: 'تغيّرت القائمة للتو. اختر مرة أخرى.',
  chosen: (_, name) => `اختير: ${name}`,
  required: 'اختر مريضًا من القائمة.',
  keyMove: 'للتنقل',
  keyChoose: 'للاختيار',
  keyClose: 'للإغلاق',
};
