import type { provider as en } from '../en/provider.js';
import type { Translation } from '../messages.js';

export const provider: Translation<typeof en> = {
  demo: 'Demostración: no se guarda nada',
  badAddress: 'La dirección de los registros no se puede usar',
  badAddressDetail:
    'base-url es la dirección de un servidor FHIR, como https://example.org/fhir: http o https, sin usuario, contraseña ni consulta.',
  notLoaded: 'Una parte de esta página no se cargó',
  notLoadedDetail: 'Los registros no se pueden mostrar hasta que se cargue. Recargue la página.',
  signedOut: 'Ha cerrado la sesión',
  signedOutDetail: 'Los registros ya no se muestran aquí. Inicie sesión de nuevo para verlos.',
};
