import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { go } from '../../scripts/engines/go-module.mjs';

const MODULE = fileURLToPath(new URL('../conformance', import.meta.url));
const FILES = {
  'istio.io/istio': 'manifests/charts/base/files/crd-all.gen.yaml',
  'sigs.k8s.io/gateway-api': 'config/crd/standard',
};

/** As much of those of Flagger and Argo Rollouts as this library writes. */
const OWN = fileURLToPath(new URL('../crds/release-controllers.yaml', import.meta.url));

/** Where Istio and the Gateway API have their CRDs, in the releases that the conformance test judges by, and those of release controllers. */
export function crdFiles() {
  const modules = Object.keys(FILES);
  if (foldersOf(modules).includes('')) go(MODULE, ['mod', 'download', ...modules]);
  return [...foldersOf(modules).map((folder, index) => join(folder, FILES[modules[index]])), OWN];
}

const foldersOf = (modules) =>
  go(MODULE, ['list', '-m', '-f', '{{.Dir}}', ...modules])
    .split('\n')
    .slice(0, modules.length);
