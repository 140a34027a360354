import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtModule } from '../../scripts/engines/go-module.mjs';

/** The folder with the programs of a cluster that has no machines, and kubectl. */
export const clusterEngines = () =>
  builtModule({
    name: 'cluster',
    folder: join(dirname(fileURLToPath(import.meta.url)), 'engines'),
    packages: {
      etcd: 'go.etcd.io/etcd/server/v3',
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
      kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    },
    minutes: 15,
  });
