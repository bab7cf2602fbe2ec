import type { search as en } from '../en/search.js';
import type { Translation } from '../messages.js';
import { common } from './common.js';
import { counted } from './words.js';

export const search: Translation<typeof en> = {
  ...common,
  label: 'Buscar paciente',
  placeholder: 'Nombre, fecha de nacimiento o número',
  hint: 'Escriba un nombre, una fecha de nacimiento, un número de historia clínica o de seguro, o un teléfono.',
  listLabel: 'Pacientes que coinciden',
  recent: 'Pacientes recientes',
  clearText: 'Borrar la búsqueda',

  count: (f, n) => counted(f, n, 'paciente', 'pacientes'),
  more: (f, n) =>
    f.plural(n, {
      one: 'Se muestra 1 paciente. Hay más.',
      other: `Se muestran los primeros resultados: ${counted(f, n, 'paciente', 'pacientes')}. Hay más.`,
    }),
  refine: 'Añada una fecha de nacimiento, un número o más letras del nombre.',
  searching: 'Buscando',
  stillSearching: 'Aún buscando',
  tooShort: 'Escriba al menos 2 caracteres.',

  none: 'No hay pacientes que coincidan',
  noneSoFar: 'Aún no hay pacientes que coincidan',
  noneHere: 'En esta lista no hay pacientes que coincidan',
  searchedFor: (f, parts) => `Se buscó ${f.list(parts)}.`,
  searchedName: (_, words) => `el nombre «${words}»`,
  searchedBirth: (_, dates) => `la fecha de nacimiento ${dates}`,
  searchedNumber: (_, number) => `el número ${number}`,
  wholeNumbers: 'Los servidores solo encuentran números completos.',
  or: (_, a, b) => `${a} o ${b}`,

  partial: 'La búsqueda no está completa. Puede haber más pacientes.',
  partFailed: (f, n) =>
    f.plural(n, { one: 'Una parte de la búsqueda falló.', other: `Fallaron ${counted(f, n, 'parte', 'partes')} de la búsqueda.` }),
  withheld: (f, n) =>
    f.plural(n, {
      one: 'Se excluyó 1 registro que no corresponde.',
      other: `Se excluyeron ${counted(f, n, 'registro', 'registros')} que no corresponden.`,
    }),
  failed: 'No se pudo buscar pacientes',
  failedDetail: 'No dé altas nuevas hasta que la búsqueda funcione.',
  forbidden: 'No tiene permiso para buscar pacientes aquí',
  unsupported: 'Este servidor no puede buscar pacientes',
  notConnected: 'No hay registros conectados',
  notConnectedDetail: 'No hay dónde buscar.',

  ask: (_, typed) => `${typed} se puede leer de varias maneras. ¿A qué día se refiere?`,
  bothShown: 'Hasta que elija, se buscan todos.',
  impossible: (_, typed) => `${typed} no puede ser una fecha de nacimiento. No se incluye en la búsqueda.`,

  sameNameAndBirth: (f, n) => `${counted(f, n, 'paciente', 'pacientes')} con este nombre y esta fecha de nacimiento`,
  sameName: (f, n) => `${counted(f, n, 'paciente', 'pacientes')} con este nombre`,
  similarName: 'Hay un nombre parecido en esta lista',
  deceased: 'Persona fallecida',
  died: (_, date) => `Fallecimiento: ${date}`,
  inactive: 'En desuso',
  merged: 'Fusionado con otro registro',
  noId: 'No se puede abrir: el registro no tiene identificador',
  alsoNamed: (_, name) => `También ${name}`,
  formerly: (_, name) => `Antes ${name}`,
  noName: 'Sin nombre registrado',
  noBirthDate: 'Sin fecha de nacimiento registrada',
  born: (_, date) => `Nacimiento: ${date}`,
  phone: 'Teléfono',
  identifier: 'Número',
  female: 'Femenino',
  male: 'Masculino',
  other: 'Otro',
  unknown: 'Sexo desconocido',

  listChanged: 'La lista acaba de cambiar. Vuelva a elegir.',
  chosen: (_, name) => `Elección: ${name}`,
  required: 'Elija paciente en la lista.',
  keyMove: 'para moverse',
  keyChoose: 'para elegir',
  keyClose: 'para cerrar',
};
