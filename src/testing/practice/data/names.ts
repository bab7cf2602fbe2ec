/**
 * Names for people who do not exist, by where such names are common. Given names and family names are drawn apart, so any
 * likeness of a whole name to a living person's is chance.
 */
export interface NamePool {
  female: readonly string[];
  male: readonly string[];
  family: readonly string[];
  /** Language that people of this pool may prefer, with its English name; undefined for English. */
  language?: { code: string; name: string };
  /** The names are written in a script that runs from right to left. */
  rtl?: boolean;
}

const list = (text: string): readonly string[] => text.split(' ');

export const NAME_POOLS: readonly NamePool[] = [
  {
    female: list('Grace Joan Siobhan Eleanor Ruby Hazel Maeve Ivy Margaret Charlotte Olive Bridget'),
    male: list('Callum Jack Ewan Thomas Oscar Henry Liam Angus Patrick Noah Arthur George'),
    family: list('Whitford Gallagher Reid Macleod Castellan Ashworth Brennan Pemberton Kinsella Holloway Thornbury Maddox'),
  },
  {
    female: list('Aroha Mere Hinemoa Leilani Sina Mele'),
    male: list('Wiremu Tane Rangi Pita Sione Tevita'),
    family: list('Parata Ngata Tipene Faleolo Tuilagi Aperahama Mataafa'),
  },
  {
    female: list('Mei-Ling Xiu Jia Yan Hui Fen'),
    male: list('Wei Jun Hao Ming Bo Cheng'),
    family: list('Zhao Lin Chen Huang Zhou Tang Xu'),
    language: { code: 'zh', name: 'Chinese' },
  },
  {
    female: list('Hana Yuki Aiko Sakura'),
    male: list('Kenji Haruto Ren Takeshi'),
    family: list('Kobayashi Tanabe Nishimura Fujita Okada'),
    language: { code: 'ja', name: 'Japanese' },
  },
  {
    female: list('Linh Thuy Mai Ngoc Anh'),
    male: list('Minh Duc Quang Tuan Bao'),
    family: list('Nguyen Tran Pham Hoang Vo Dang'),
    language: { code: 'vi', name: 'Vietnamese' },
  },
  {
    female: list('Parveen Sunita Anjali Meera Kavya Deepa'),
    male: list('Arjun Ravi Imran Sanjay Vikram Harpreet'),
    family: list('Akhtar Gurung Iyer Kaur Chandrasekhar Bandara Siddiqui'),
    language: { code: 'pa', name: 'Panjabi' },
  },
  {
    female: list('Ngozi Amina Zainab Adaeze Wanjiru Thandiwe'),
    male: list('Kwame Malik Chidi Tendai Daniel Kofi'),
    family: list('Umeh Adeyemi Asante Okonkwo Mwangi Dlamini Bekele'),
  },
  {
    female: list('Mariana Ines Beatriz Rosa Lucia Camila'),
    male: list('Diego Luca Matteo Rafael Joaquin Andres'),
    family: ['Quispe Flores', 'Ferreira', 'Carvalho', 'Delgado', 'Fuentes', 'Romano', 'Bianchi', 'García Moreno'],
    language: { code: 'es', name: 'Spanish' },
  },
  {
    female: list('Anneke Freya Astrid Ingrid Saskia'),
    male: list('Oskar Lars Henrik Jens Pieter'),
    family: ['de Vries', 'Lindqvist', 'Sørensen', 'Achterberg', 'van den Berg', 'Halvorsen', 'Müller'],
  },
  {
    female: list('Eleni Sofia Katarzyna Ljiljana Zofia'),
    male: list('George Stavros Tomasz Piotr Nikola'),
    family: list('Papadopoulos Wójcik Kowalski Horvat Economou Jovanović'),
    language: { code: 'el', name: 'Greek' },
  },
  {
    female: list('Noor Fatima Yasmin Farida Shirin'),
    male: list('Farid Omar Hassan Reza Karim'),
    family: ['El-Masri', 'Rahimi', 'Haddad', 'Benali', 'Nazari', 'Al-Khatib'],
    language: { code: 'ar', name: 'Arabic' },
  },
];

/** Names in Arabic script. */
export const ARABIC_POOL: NamePool = {
  female: list('ليلى مريم هدى نور سلمى زينب'),
  male: list('سامر يوسف خالد عمر طارق حسين'),
  family: ['حسن', 'خوري', 'العلي', 'منصور', 'الزهراني', 'درويش'],
  language: { code: 'ar', name: 'Arabic' },
  rtl: true,
};

/** Names in Hebrew script. */
export const HEBREW_POOL: NamePool = {
  female: list('תמר נועה רחל שירה מיכל יעל'),
  male: list('דוד יונתן אורי משה איתן עומר'),
  family: list('כהן לוי מזרחי פרץ אברהם גולדברג'),
  language: { code: 'he', name: 'Hebrew' },
  rtl: true,
};

/** What people are called who don't go by their official name. */
export const SHORT_NAMES: readonly string[] = list('Kit Sam Jo Robin Lee Bo Max Nic');

/** Street names, used with numbers that no one has checked, in places that exist. */
export const STREETS: readonly string[] = [
  'Banksia Street',
  'Wattle Avenue',
  'Lighthouse Road',
  'Ferry Lane',
  'Orchard Terrace',
  'Quarry Street',
  'Magpie Crescent',
  'Jetty Road',
  'Silverleaf Drive',
  'Old Mill Road',
];

export interface Place {
  city: string;
  state: string;
  postalCode: string;
}
export const PLACES: Readonly<Record<'AU' | 'US', readonly Place[]>> = {
  AU: [
    { city: 'Marrickville', state: 'NSW', postalCode: '2204' },
    { city: 'Balmain', state: 'NSW', postalCode: '2041' },
    { city: 'Newtown', state: 'NSW', postalCode: '2042' },
    { city: 'Leichhardt', state: 'NSW', postalCode: '2040' },
    { city: 'Glebe', state: 'NSW', postalCode: '2037' },
    { city: 'Brunswick', state: 'VIC', postalCode: '3056' },
  ],
  US: [
    { city: 'Portland', state: 'ME', postalCode: '04101' },
    { city: 'Burlington', state: 'VT', postalCode: '05401' },
    { city: 'Providence', state: 'RI', postalCode: '02903' },
    { city: 'Albany', state: 'NY', postalCode: '12207' },
    { city: 'Hartford', state: 'CT', postalCode: '06103' },
  ],
};
