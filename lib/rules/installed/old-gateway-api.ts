import { textOf } from '../../cluster/objects/fields';
import { annotationsOfObject, groupOf } from '../../cluster/objects/manifest-object';
import { rule } from '../rule';

const BUNDLE = 'gateway.networking.k8s.io/bundle-version';

/** The first bundle of the Gateway API whose kind Istio 1.31 reads: major and minor version. */
const FIRST: Readonly<Record<string, readonly [number, number]>> = {
  'grpcroutes.gateway.networking.k8s.io': [1, 1],
  'backendtlspolicies.gateway.networking.k8s.io': [1, 4],
  'tlsroutes.gateway.networking.k8s.io': [1, 5],
  'tcproutes.gateway.networking.k8s.io': [1, 6],
};

export const oldGatewayApi = rule({
  code: 'MESH162',
  level: 'warning',
  title: 'CustomResourceDefinition of the Gateway API that is too old for Istio',

  check(model, report) {
    for (const object of model.objects.filter((one) => !one.made && groupOf(one) === 'apiextensions.k8s.io')) {
      const [first, version] = [FIRST[object.name], textOf(annotationsOfObject(object)[BUNDLE])];
      const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version ?? '') ?? [];
      if (!first || major === undefined || isFrom(first, Number(major), Number(minor))) continue;
      report({
        on: object,
        field: ['metadata', 'annotations', BUNDLE],
        message: `Istio 1.31 reads ${object.name} from bundle ${first.join('.')} of the Gateway API on: objects of this kind do nothing`,
        got: `${BUNDLE}: ${version}`,
        fix: 'install a newer bundle; 1.6 has all that Istio 1.31 reads',
      });
    }
  },
});

function isFrom([firstMajor, firstMinor]: readonly [number, number], major: number, minor: number): boolean {
  return major > firstMajor || (major === firstMajor && minor >= firstMinor);
}
