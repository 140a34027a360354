import { parseAllDocuments } from 'yaml';
import { Verdicts } from '../../../lib/asking/verdicts';
import type { Labels } from '../../../lib/cluster/objects/fields';
import { compare } from '../raw/differences';
import { diceOf } from '../raw/questions';
import { gateway, meshed, PLANES, service, workload } from './cast';
import { type IstioFile, istioFiles, POLICIES, SECURITY_TASKS } from './module';
import { filledIn } from './templates';
import { questionsInWordsOf } from './words';

const REQUESTS = 60;

const named = (namespaceName: string, ...names: readonly string[]) =>
  names.map((name) => ({ name, service: `authorizer.${namespaceName}.svc.cluster.local`, port: 7070 }));
const SETTINGS = { authorizers: [...named('foo', 'default', 'another'), ...named('echo1', 'asks', 'asks-too')], severalAuthorizers: true };

const foo = (plane: Labels): object[] => [
  ...['foo', 'ns-1'].flatMap((name) => meshed(name, plane)),
  workload('foo', 'httpbin', { app: 'httpbin', version: 'v1' }),
  service('foo', 'httpbin'),
  ...['a', 'authorizer'].map((name) => workload('foo', name)),
  service('foo', 'authorizer'),
  workload('ns-1', 'default'),
];

const echo = (plane: Labels): object[] => [
  ...['echo1', 'echo2'].flatMap((name) => meshed(name, plane)),
  ...['a', 'authorizer'].map((name) => workload('echo1', name)),
  service('echo1', 'authorizer'),
  ...['vistio', 'vlegacy'].map((version) => workload('echo1', `b-${version}`, { app: 'b', version })),
  service('echo1', 'b'),
  workload('echo2', 'c'),
  service('echo2', 'c'),
  ...['istio-ingressgateway', 'istio-egressgateway'].flatMap((name) => gateway(name)),
];

/** Objects without a namespace are applied in one. */
function objectsOf({ text }: IstioFile, namespaceName: string): object[] {
  const objects = parseAllDocuments(text).flatMap((document) => (document.toJS() as { readonly metadata?: object } | null) ?? []);
  return objects.map((one) => ({ ...one, metadata: { namespace: namespaceName, ...one.metadata } }));
}

const MESHES = [
  ...istioFiles(POLICIES, /-in\.yaml$/).map((file) => ({ file, namespaceName: 'foo', people: foo })),
  ...istioFiles(SECURITY_TASKS, /\.tmpl$/).map((file) => ({ file: filledIn(file), namespaceName: 'echo1', people: echo })),
];
const CASES = MESHES.flatMap((mesh) =>
  Object.entries(PLANES).map(([plane, labels]) => [`${mesh.file.name}, ${plane}`, { ...mesh, labels }] as const),
);

/** What it says it cannot tell, of which files and how often at most: the README beside this file has why. */
const UNTOLD = [
  {
    why: /sets TLS, which is not read here$/,
    of: /^testdata\/(authz\/(mtls|plaintext)|reachability\/(global-dr|migration|workload-dr))\.yaml\.tmpl, (ambient|a waypoint)$/,
    most: 10,
  },
  {
    why: / asks for what is not known here$/,
    of: /^(tcp\/deny-both-http-tcp-in\.yaml|testdata\/authz\/conditions\.yaml\.tmpl), sidecars$/,
    most: 5,
  },
];

/** All but what is known, and all where that is more than is known. */
function unknownIn(name: string, untold: readonly string[]): readonly string[] {
  const known = UNTOLD.find(({ of }) => of.test(name));
  return known && untold.length <= known.most ? untold.filter((one) => !known.why.test(one)) : untold;
}

describe("Istio's own policies", () => {
  it('are many', () => {
    expect(MESHES.length).toBeGreaterThan(75);
  });

  it.each(CASES)('mean to the evaluator what they mean to istiod: %s', async (name, { file, namespaceName, people, labels }) => {
    expect(() => Verdicts.ofFiles({ ...file, namespaceName })).not.toThrow();
    const mesh = [...people(labels), ...objectsOf(file, namespaceName)];
    const { differences, untold, asked } = await compare(mesh, (cluster) => questionsInWordsOf(cluster, diceOf(name), REQUESTS), SETTINGS);
    expect(differences).toEqual([]);
    expect(asked).toBeGreaterThan(20);
    expect(unknownIn(name, untold)).toEqual([]);
  });
});
