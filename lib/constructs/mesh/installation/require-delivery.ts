import type { Construct } from 'constructs';
import { kindOf } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import type { IstioInstallation } from './istio-installation';

const ENGINES = ['ArgoCdInstallation', 'FluxInstallation'];

/** An installation of the same App, which nobody else delivers. */
export function requireDelivery(at: Construct, installation: IstioInstallation): void {
  if (installation.node.root !== at.node.root) {
    throw new MeshError({
      code: 'MESH958',
      at,
      what: 'Argo CD or Flux installs Istio for the App that they stand in: one App is one cluster',
      got: `${installation.node.path} of another App`,
      fix: 'declare it in a Chart of the App of its installation',
    });
  }
  const other = at.node.root.node.findAll().find((one) => one !== at && ENGINES.includes(kindOf(one) ?? ''));
  if (!other) return;
  throw new MeshError({
    code: 'MESH959',
    at,
    what: 'one engine installs Istio: two would each set back what the other has done',
    got: `${kindOf(other)} at ${other.node.path} as well`,
    fix: 'leave out one of them',
  });
}
