import type { Labels } from '../../../lib/cluster/objects/fields';
import { type Enrolling, proxyFor } from '../../../lib/cluster/workloads/enrolment';

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const INJECT = 'sidecar.istio.io/inject';
const MODE = 'istio.io/dataplane-mode';

const PLAIN: Labels = {};
const ENABLED = { [INJECTION]: 'enabled' };
const DISABLED = { [INJECTION]: 'disabled' };
const REVISED = { [REVISION]: 'stable' };
const AMBIENT = { [MODE]: 'ambient' };
const BOTH = { ...ENABLED, ...AMBIENT };

const proxyOf = (namespaceLabels: Labels, pod: Partial<Enrolling> = {}) =>
  proxyFor({ namespaceName: 'shop', namespaceLabels, labels: {}, annotations: {}, hostNetwork: false, ...pod }).name;

/** The same matrix as the conformance tests ask Istio's own code about. */
describe('a pod', () => {
  it.each([
    ['a plain namespace', PLAIN, 'none'],
    ['a namespace with sidecars', ENABLED, 'sidecar'],
    ['a namespace that forbids sidecars', DISABLED, 'none'],
    ['a namespace of a revision', REVISED, 'sidecar'],
    ['a namespace in ambient', AMBIENT, 'ztunnel'],
    ['a namespace of both planes', BOTH, 'sidecar'],
    ['a namespace that is switched on by another word', { [INJECTION]: 'true' }, 'none'],
    ['a namespace of a revision without a name', { [REVISION]: '' }, 'none'],
    ['a namespace of a revision that forbids sidecars', { ...DISABLED, ...REVISED }, 'none'],
  ])('without a word of its own joins as %s does', (_, labels, expected) => {
    expect(proxyOf(labels)).toBe(expected);
  });

  const namespaces = [PLAIN, ENABLED, DISABLED, REVISED, AMBIENT, BOTH];
  it.each<[string, Partial<Enrolling>, string[]]>([
    ['label that asks', { labels: { [INJECT]: 'true' } }, ['sidecar', 'sidecar', 'none', 'sidecar', 'sidecar', 'sidecar']],
    ['label that refuses', { labels: { [INJECT]: 'false' } }, ['none', 'none', 'none', 'none', 'ztunnel', 'ztunnel']],
    ['annotation that asks', { annotations: { [INJECT]: 'true' } }, ['none', 'sidecar', 'none', 'sidecar', 'ztunnel', 'sidecar']],
    ['annotation that refuses', { annotations: { [INJECT]: 'false' } }, ['none', 'none', 'none', 'none', 'ztunnel', 'ztunnel']],
    ['revision', { labels: { [REVISION]: 'canary' } }, ['sidecar', 'sidecar', 'none', 'sidecar', 'sidecar', 'sidecar']],
    ['word for ambient', { labels: { [MODE]: 'ambient' } }, ['ztunnel', 'sidecar', 'ztunnel', 'sidecar', 'ztunnel', 'sidecar']],
    ['word against ambient', { labels: { [MODE]: 'none' } }, ['none', 'sidecar', 'none', 'sidecar', 'none', 'sidecar']],
    ['word that nobody knows', { labels: { [MODE]: 'sidecar' } }, ['none', 'sidecar', 'none', 'sidecar', 'ztunnel', 'sidecar']],
    ['host network', { hostNetwork: true }, ['none', 'none', 'none', 'none', 'none', 'none']],
    ['sidecar in its template', { annotations: { 'sidecar.istio.io/status': '{}' } }, Array<string>(6).fill('sidecar')],
  ])('with a %s joins, in namespaces that are plain, with sidecars, without, of a revision, in ambient, of both', (_, pod, expected) => {
    expect(namespaces.map((labels) => proxyOf(labels, pod))).toEqual(expected);
  });

  it('has its label heard before the annotation of old, an empty one too', () => {
    const refusing = { [INJECT]: 'false' };
    expect(proxyOf(ENABLED, { labels: { [INJECT]: 'true' }, annotations: refusing })).toBe('sidecar');
    expect(proxyOf(ENABLED, { labels: { [INJECT]: '' }, annotations: refusing })).toBe('sidecar');
    expect(proxyOf(ENABLED, { labels: refusing, annotations: { [INJECT]: 'true' } })).toBe('none');
  });

  it('of the system has no sidecar, and of kube-system no ztunnel either', () => {
    expect(['kube-public', 'kube-system'].map((namespaceName) => proxyOf(BOTH, { namespaceName }))).toEqual(['ztunnel', 'none']);
  });
});
