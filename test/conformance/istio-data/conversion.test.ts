import { Verdicts } from '../../../lib/asking/verdicts';
import { compare } from '../raw/differences';
import { diceOf } from '../raw/questions';
import { PLANES } from './cast';
import { meshAround } from './conversion-mesh';
import { CONVERSIONS, istioFiles } from './module';
import { questionsInWordsOfRoutes } from './route-words';

const REQUESTS = 200;

/** Files whose Gateways the judge has no model for, or the evaluator: the README beside this file has why. */
const UNJUDGED = ['east-west-ambient.yaml', 'eastwest-remote.yaml', 'mismatch.yaml'];

/** What is known to differ or to be untold, of which files and how often at most: the README has why. */
const KNOWN = [
  { why: /^layer, evaluator: mtls; istiod: routing$/, of: /^(frontend-tls-invalid|invalid)\.yaml/, most: 15 },
  { why: / has endpoints that somebody writes$/, of: /^backend-tls-policy\.yaml/, most: 15 },
  { why: / has two owners: GRPCRoute .* and HTTPRoute /, of: /^http-grpc-same-host\.yaml/, most: 12 },
  { why: / routes bytes, which is not read here$/, of: /^serviceentry\.yaml, sidecars$/, most: 12 },
];

/** All but what is known, and all where that is more than is known. */
function unknownIn(name: string, said: readonly string[]): readonly string[] {
  return KNOWN.filter(({ of }) => of.test(name)).reduce((left, { why, most }) => {
    const others = left.filter((one) => !why.test(one));
    return left.length - others.length > most ? left : others;
  }, said);
}

const FILES = istioFiles(CONVERSIONS, /^[^.]+\.yaml$/);
const CASES = FILES.filter(({ name }) => !UNJUDGED.includes(name)).flatMap((file) =>
  Object.entries(PLANES).map(([plane, labels]) => [`${file.name}, ${plane}`, { file, labels }] as const),
);

describe("Gateway API objects of Istio's own conversion tests", () => {
  it('are many', () => {
    expect(FILES.length).toBeGreaterThan(45);
    expect(FILES.filter(({ name }) => UNJUDGED.includes(name))).toHaveLength(UNJUDGED.length);
  });

  it.each(CASES)('mean to the evaluator what they mean to istiod: %s', async (name, { file, labels }) => {
    expect(() => Verdicts.ofFiles(file)).not.toThrow();
    const { differences, untold, asked } = await compare(meshAround(file, labels), (cluster) =>
      questionsInWordsOfRoutes(cluster, diceOf(name), REQUESTS),
    );
    const unknown = unknownIn(name, [...differences.map(({ said }) => said), ...untold]);
    expect(differences.filter(({ said }) => unknown.includes(said))).toEqual([]);
    expect(untold.filter((one) => unknown.includes(one))).toEqual([]);
    expect(asked).toBeGreaterThan(1);
  });
});
