import { listOf } from '../../cluster/objects/fields';
import { nameOf } from '../../cluster/objects/manifest-object';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { INJECTION } from '../../istio/labels';
import { clusterOf } from '../cluster-of';
import { hasSidecars, planeOf } from '../planes';
import { rule } from '../rule';

const PROXY = 'istio-proxy';
const PLACEHOLDER = 'auto';

export const unfilledImage = rule({
  code: 'MESH152',
  level: 'error',
  title: 'pods that wait for an image which nobody fills in',

  check(model, report) {
    for (const { object, spec, proxy } of workloadsOf(clusterOf(model))) {
      const index = listOf(spec.containers).findIndex(({ name, image }) => name === PROXY && image === PLACEHOLDER);
      if (index < 0 || hasSidecars(planeOf(proxy)) || proxy.isDoor) continue;
      report({
        on: object,
        field: object.kind === 'Pod' ? ['spec', 'containers', index, 'image'] : ['spec', 'template', 'spec', 'containers', index, 'image'],
        message: `${nameOf(object)} has a container ${PROXY} with the image ${PLACEHOLDER}, and no injector is asked about its pods: Kubernetes looks for an image of that name`,
        got: `image: ${PLACEHOLDER}`,
        fix: `label its Namespace ${INJECTION}: enabled, or its pods sidecar.istio.io/inject: "true"`,
      });
    }
  },
});
