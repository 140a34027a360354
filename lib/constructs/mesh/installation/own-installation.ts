import { kindOf } from '../../../support/marker';
import type { Kind } from '../../../support/options/kind';
import type { IstioInstallation } from './istio-installation';

export const OWN_INSTALLATION: Kind<IstioInstallation> = {
  wanted: 'an IstioInstallation',
  example: 'what new IstioInstallation gives',
  isOne: (value) => kindOf(value) === 'IstioInstallation',
};
