import { isAmbient } from '../planes';
import { rule } from '../rule';

export const remoteAmbient = rule({
  code: 'MESH604',
  level: 'error',
  title: 'ambient mode in a cluster without an istiod of its own',

  check({ controlPlane, namespaces }, report) {
    if (controlPlane?.role.isRemote !== true) return;
    const { role, hasZtunnel, path, site } = controlPlane;
    const why = `takes the istiod of ${role.primary}: Istio has ambient mode for clusters with an istiod of their own alone`;
    const fix = 'leave controlPlane of the IstioInstallation out, so that the cluster is a primary as well, or have sidecars in it';
    const joined = namespaces.filter((one) => one.enrolled && (isAmbient(one) || one.migration !== undefined));
    for (const { name, ...on } of joined) report({ on, message: `the cluster of namespace ${name} ${why}`, got: 'ambient mode', fix });
    if (hasZtunnel) report({ on: { path, site }, message: `the cluster ${why}`, got: 'InstallationProfile.AMBIENT', fix });
  },
});
