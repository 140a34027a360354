import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { go } from '../../scripts/engines/go-module.mjs';

const folderAt = (path) => fileURLToPath(new URL(path, import.meta.url));
const monitoring = (plural) => `example/prometheus-operator-crd/monitoring.coreos.com_${plural}.yaml`;

/** Modules whose go.mod says which release of each project is meant, and where that project has its CRDs. */
const MODULES = {
  [folderAt('../conformance')]: {
    'istio.io/istio': ['manifests/charts/base/files/crd-all.gen.yaml'],
    'sigs.k8s.io/gateway-api': ['config/crd/standard'],
  },
  [folderAt('operator')]: {
    'github.com/prometheus-operator/prometheus-operator': ['podmonitors', 'servicemonitors', 'prometheusrules'].map(monitoring),
  },
};

/** Those of Argo CD and Flux, whose modules nothing here is built of. */
const DOWNLOADED = {
  'github.com/argoproj/argo-cd/v3@v3.4.0': ['application', 'applicationset'].map((name) => `manifests/crds/${name}-crd.yaml`),
  'github.com/fluxcd/helm-controller@v1.4.0': ['config/crd/bases'],
  'github.com/fluxcd/kustomize-controller@v1.7.3': ['config/crd/bases'],
  'github.com/fluxcd/source-controller@v1.7.0': ['config/crd/bases'],
};

/** As much of those of Flagger and Argo Rollouts as this library writes. */
const OWN = folderAt('../crds/release-controllers.yaml');

/** Where Istio and the Gateway API have their CRDs, in the releases that the conformance test judges by, those of the Prometheus Operator, of Argo CD and Flux, and those of release controllers. */
export function crdFiles() {
  return [...Object.entries(MODULES).flatMap(([module, files]) => filesOf(module, files)), ...downloadedFiles(), OWN];
}

function downloadedFiles() {
  return Object.entries(DOWNLOADED).flatMap(([module, files]) => {
    const { Dir } = JSON.parse(go(tmpdir(), ['mod', 'download', '-json', module]));
    return files.map((file) => join(Dir, file));
  });
}

function filesOf(module, files) {
  const projects = Object.keys(files);
  if (foldersOf(module, projects).includes('')) go(module, ['mod', 'download', ...projects]);
  return foldersOf(module, projects).flatMap((folder, index) => files[projects[index]].map((file) => join(folder, file)));
}

const foldersOf = (module, projects) =>
  go(module, ['list', '-m', '-f', '{{.Dir}}', ...projects])
    .split('\n')
    .slice(0, projects.length);
