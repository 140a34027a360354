import { parseAllDocuments } from 'yaml';
import { REFUSED, TAKEN } from '../../rules/schemas/samples';
import { manifest } from '../../rules/schemas/samples/sample';
import { ANALYZERS, CONVERSIONS, istioFiles, POLICIES, VALIDATION } from './module';
import { disagreements, refusedBy, type Sample } from './refusals';

const GROUPS = /^(networking|security|telemetry|extensions)\.istio\.io\//;
const SEVERAL = 50;

/** What they expect to be said against an object stands beside its fields. */
interface WithExpectation extends Sample {
  readonly _err?: string;
}

const objectsIn = (text: string): Sample[] =>
  parseAllDocuments(text)
    .map((document) => (document.errors.length > 0 ? null : (document.toJS() as WithExpectation | null)))
    .flatMap((one) => (one?.apiVersion && GROUPS.test(one.apiVersion) ? [{ ...one, _err: undefined }] : []));

const inParts = (samples: readonly Sample[]): Sample[][] =>
  Array.from({ length: Math.ceil(samples.length / SEVERAL) }, (_, part) => samples.slice(part * SEVERAL, (part + 1) * SEVERAL));

async function expectAgreement(samples: readonly Sample[]): Promise<void> {
  for (const part of inParts(samples)) expect(await disagreements(part)).toEqual([]);
}

const samplesOf = (list: readonly (readonly [kind: string, spec: string, ...unknown[]])[]): Sample[] =>
  list.flatMap(([kind, spec]) => objectsIn(manifest(kind, spec)));

describe('whether an object is refused', () => {
  it('is told of those that Istio tests its own validation with', async () => {
    const objects = istioFiles(VALIDATION, /\.yaml$/).flatMap(({ text }) => objectsIn(text));
    expect(objects.length).toBeGreaterThan(100);
    await expectAgreement(objects);
  });

  it.each([ANALYZERS, CONVERSIONS, POLICIES])('is told of the objects in %s', async (folder) => {
    const files = istioFiles(folder, /\.yaml$/).filter(({ text }) => !text.includes('{{'));
    await expectAgreement(files.flatMap(({ text }) => objectsIn(text)));
  });

  it('is told of every shape that has a sample here', async () => {
    const [taken, refused] = [samplesOf(TAKEN), samplesOf(REFUSED)];
    await expectAgreement([...taken, ...refused]);
    expect((await refusedBy(taken)).filter(Boolean)).toEqual([]);
    expect((await refusedBy(refused)).filter((one) => !one)).toEqual([]);
  });
});
