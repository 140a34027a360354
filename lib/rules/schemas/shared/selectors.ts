import { fieldsOf, isSaid, listOf, textOf } from '../../../cluster/objects/fields';
import { hasStar } from '../values/labels';
import type { Demand } from '../demands/demand';

const REFERENCES = ['spec.targetRef', 'spec.targetRefs[]'];
const TARGETS = [
  '/Service',
  'core/Service',
  'networking.istio.io/ServiceEntry',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
];

/** What is asked of the labels that pick pods, in this field. */
export function labelDemands(at: string): Demand[] {
  return [
    {
      at,
      refuses: hasStar,
      what: 'has a star in its selector, where labels are compared letter by letter',
      fix: 'write the labels of the pods; without selector it is for the whole namespace',
    },
    { at, refuses: (labels) => '' in fieldsOf(labels), what: 'has a label without a name', fix: 'write the name of the label' },
  ];
}

/** What is asked of objects that pick pods by labels, or name what they are for. */
export const SELECTOR_DEMANDS: readonly Demand[] = [
  ...labelDemands('spec.selector.matchLabels'),
  {
    at: 'spec',
    refuses: (spec) => {
      const { selector, targetRef, targetRefs } = fieldsOf(spec);
      return [isSaid(selector), isSaid(targetRef), listOf(targetRefs).length > 0].filter(Boolean).length > 1;
    },
    what: 'has two of selector, targetRef and targetRefs',
    fix: 'keep targetRefs for a Service or a gateway, selector for pods; what is for both is two objects',
  },
  {
    at: REFERENCES.map((at) => `${at}.namespace`),
    refuses: (namespaceName) => typeof namespaceName === 'string' && namespaceName !== '',
    what: 'names a namespace, and a reference stays in its own',
    fix: 'remove it, and put the object into the namespace of what it is for',
  },
  {
    at: REFERENCES,
    refuses: (reference) => !TARGETS.includes(`${textOf(fieldsOf(reference).group) ?? ''}/${textOf(fieldsOf(reference).kind) ?? ''}`),
    what: 'is for no Service, ServiceEntry, Gateway or GatewayClass',
    fix: 'write kind and group of one: Service has group "", ServiceEntry networking.istio.io, the others gateway.networking.k8s.io',
  },
];
